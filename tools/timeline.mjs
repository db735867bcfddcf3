// Formats the demo's timeline: one line for each event and step, and what the providers hold afterwards.
const PROVIDERS = { crm: 'HighLevel', calendar: 'Google Calendar', messaging: 'Twilio', workflow: 'n8n' };
const MARKS = {
  completed: '✓',
  failed: '✗',
  parked: '‖',
  cancelled: '–',
  running: '…',
  waiting: '…',
  skipped: '·',
};
const COLOURS = { '✓': 32, '✗': 31, '‖': 33 };
const FAINT = 2;
const [TIME_WIDTH, ACTOR_WIDTH, ACTION_WIDTH] = [9, 16, 24];

/** The names under which the outputs of ports carry the id of what was created. */
const ID_MEMBERS = ['contactId', 'appointmentId', 'eventId', 'messageSid', 'messageId', 'id', 'sid'];

export const paintPlain = (text) => text;
export const paintColoured = (text, code) => `\u001b[${code}m${text}\u001b[0m`;

/** Shortens an id to its first eight characters, which still find it. */
export const shortenId = (id) => (id && id.length > 10 ? `${id.slice(0, 8)}…` : (id ?? '–'));

/**
 * Formats one line of the timeline.
 * @param at milliseconds since the call ended
 * @param paint colours a text: (text, ANSI code) => text
 */
export function formatLine({ at, mark, actor, action, detail = '' }, paint = paintPlain) {
  const time = `+${(Math.max(0, at) / 1000).toFixed(2)} s`.padStart(TIME_WIDTH);
  const head = `${paint(time, FAINT)}  ${paint(mark, COLOURS[mark] ?? FAINT)}`;
  return `${head} ${actor.padEnd(ACTOR_WIDTH)} ${action.padEnd(ACTION_WIDTH)} ${paint(detail, FAINT)}`.trimEnd();
}

/** Formats an ended step. Several attempts and a look-up are shown, because something went wrong on the way. */
export function formatStep(step, startedAt, paint = paintPlain) {
  const attempts = step.attempts ?? [];
  const details = [
    attempts.length > 0 && `${attempts.reduce((sum, attempt) => sum + (attempt.milliseconds ?? 0), 0)} ms`,
    attempts.length > 1 && `${attempts.length} attempts`,
    step.effect?.lookedUp && 'looked up after a lost answer',
    describeOutput(step.output),
  ];
  return formatLine(
    {
      at: endOf(attempts, startedAt) - startedAt,
      mark: MARKS[step.status] ?? '…',
      actor: PROVIDERS[step.call?.split('.')[0]] ?? 'Patchbay',
      action: step.call ?? step.name,
      detail: details.filter(Boolean).join(' · '),
    },
    paint,
  );
}

function endOf(attempts, startedAt) {
  const last = attempts.at(-1);
  return last ? Date.parse(last.startedAt) + (last.milliseconds ?? 0) : startedAt;
}

function describeOutput(output) {
  const id = findId(output);
  if (id) return shortenId(id);
  return typeof output === 'string' ? output : '';
}

/** Finds the id in a step's output, at any depth. */
export function findId(output) {
  if (!output || typeof output !== 'object') return undefined;
  const member = ID_MEMBERS.find((name) => typeof output[name] === 'string');
  if (member) return output[member];
  const members = Object.values(output).filter((value) => !Array.isArray(value));
  return members.map(findId).find(Boolean);
}

/** The id of what the first completed step with this call created, or null. */
export function findCreatedId(run, call) {
  const step = (run.steps ?? []).find((candidate) => candidate.call === call && candidate.status === 'completed');
  return findId(step?.output) ?? null;
}

/** The object that `./dev demo --json` prints. */
export function summarise(run, { correlationId, eventId, milliseconds }) {
  return {
    correlationId,
    eventId,
    runId: run.id,
    status: run.status,
    steps: (run.steps ?? []).map(({ pointer, name, call, status, effect, attempts }) => ({
      pointer,
      name,
      call,
      status,
      effect,
      attempts: attempts?.length ?? 0,
    })),
    contactId: findCreatedId(run, 'crm.upsertContact'),
    appointmentId: findCreatedId(run, 'calendar.book'),
    messageSid: findCreatedId(run, 'messaging.sendSms'),
    milliseconds,
  };
}

/** Whether the run completed and created a contact, an appointment and a message. */
export function isBooked(summary) {
  return summary.status === 'completed' && Boolean(summary.contactId && summary.appointmentId && summary.messageSid);
}

const listValues = (value) => (Array.isArray(value) ? value : Object.values(value ?? {}));

/** Describes in one line for each provider what it holds of this run, according to the sandbox's state. */
export function describeProviders(state, summary) {
  const contact = listValues(state.highlevel?.contacts).find((one) => one.id === summary.contactId);
  const event = listValues(state.google?.events).find((one) => one.id === summary.appointmentId);
  const message = listValues(state.twilio?.messages).find((one) => one.sid === summary.messageSid);
  return [
    `HighLevel        ${contact ? describeContact(contact) : 'no contact of this call'}`,
    `Google Calendar  ${event ? `"${event.summary}" at ${event.start?.dateTime} (${shortenId(event.id)})` : 'no appointment of this call'}`,
    `Twilio           ${message ? `SMS to ${message.to}: "${message.body}" (${message.status})` : 'no message of this call'}`,
  ];
}

function describeContact({ id, firstName, lastName, name, email, phone }) {
  const fullName = [firstName, lastName].filter(Boolean).join(' ') || name;
  return `contact ${fullName}, ${email ?? phone} (${id})`;
}
