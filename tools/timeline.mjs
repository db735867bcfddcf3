const PROVIDERS = { crm: 'HighLevel', calendar: 'Google Calendar', messaging: 'Twilio', workflow: 'n8n' };
const MARKS = { completed: '✓', failed: '✗', parked: '‖', cancelled: '–', running: '…', waiting: '…', skipped: '·' };
const COLOURS = { '✓': 32, '✗': 31, '‖': 33 };
const WIDTHS = [9, 16, 24];

export const plain = (text) => text;
export const coloured = (text, code) => `\u001b[${code}m${text}\u001b[0m`;

/** Ids are long and people are not: the first eight characters find it again. */
export const shortId = (id) => (id && id.length > 10 ? `${id.slice(0, 8)}…` : (id ?? '–'));

export function providerOf(call) {
  return PROVIDERS[String(call ?? '').split('.')[0]] ?? 'Patchbay';
}

export function relative(milliseconds) {
  return `+${(Math.max(0, milliseconds) / 1000).toFixed(2)} s`;
}

/** One line of the timeline: when since the call ended, how it went, who, what, and the detail. */
export function line({ at, mark, who, what, detail = '' }, paint = plain) {
  const cells = [relative(at), who, what].map((cell, i) => cell[i === 0 ? 'padStart' : 'padEnd'](WIDTHS[i]));
  return `${paint(cells[0], 2)}  ${paint(mark, COLOURS[mark] ?? 2)} ${cells[1]} ${cells[2]} ${paint(detail, 2)}`.trimEnd();
}

/** A finished step: a step has several attempts when something went wrong on the way, and that is worth saying. */
export function stepLine(step, startedAt, paint = plain) {
  const attempts = step.attempts ?? [];
  const last = attempts.at(-1);
  const end = last ? Date.parse(last.startedAt) + (last.milliseconds ?? 0) : startedAt;
  const notes = [
    last && `${attempts.reduce((sum, attempt) => sum + (attempt.milliseconds ?? 0), 0)} ms`,
    attempts.length > 1 && `${attempts.length} attempts`,
    step.effect?.lookedUp && 'looked up after a lost answer',
    outcome(step),
  ];
  return line(
    {
      at: end - startedAt,
      mark: MARKS[step.status] ?? '…',
      who: providerOf(step.call),
      what: step.call ?? step.name,
      detail: notes.filter(Boolean).join(' · '),
    },
    paint,
  );
}

function outcome(step) {
  const { output } = step;
  const id = identity(output);
  if (id) return shortId(id);
  return typeof output === 'string' ? output : '';
}

/** The id a step's output carries, under the names our ports use. */
export function identity(output) {
  if (!output || typeof output !== 'object') return undefined;
  for (const name of ['contactId', 'appointmentId', 'eventId', 'messageSid', 'messageId', 'id', 'sid']) {
    if (typeof output[name] === 'string') return output[name];
  }
  return Object.values(output).map((value) => (Array.isArray(value) ? undefined : identity(value))).find(Boolean);
}

/** The id of what the first step that called `call` made, or null. */
export function made(run, call) {
  const step = (run.steps ?? []).find((candidate) => candidate.call === call && candidate.status === 'completed');
  return identity(step?.output) ?? null;
}

export function summary(run, { correlationId, eventId, milliseconds }) {
  return {
    correlationId,
    eventId,
    runId: run.id,
    status: run.status,
    steps: (run.steps ?? []).map(({ pointer, name, call, status, effect, attempts }) => ({
      pointer, name, call, status, effect, attempts: attempts?.length ?? 0,
    })),
    contactId: made(run, 'crm.upsertContact'),
    appointmentId: made(run, 'calendar.book'),
    messageSid: made(run, 'messaging.sendSms'),
    milliseconds,
  };
}

/** Booked means: it ran to the end and there is a contact, an appointment and a message to show for it. */
export function booked(result) {
  return result.status === 'completed' && Boolean(result.contactId && result.appointmentId && result.messageSid);
}

const list = (value) => (Array.isArray(value) ? value : Object.values(value ?? {}));

/** What the providers now hold of this run, from the sandbox's books: one line each. */
export function holdings(state, result) {
  const contact = list(state.highlevel?.contacts).find((c) => c.id === result.contactId);
  const event = list(state.google?.events).find((e) => e.id === result.appointmentId);
  const message = list(state.twilio?.messages).find((m) => m.sid === result.messageSid);
  const name = contact && ([contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.name);
  return [
    `HighLevel        ${contact ? `contact ${name}, ${contact.email ?? contact.phone} (${contact.id})` : 'no contact of this call'}`,
    `Google Calendar  ${event ? `"${event.summary}" at ${event.start?.dateTime} (${shortId(event.id)})` : 'no appointment of this call'}`,
    `Twilio           ${message ? `SMS to ${message.to}: "${message.body}" (${message.status})` : 'no message of this call'}`,
  ];
}
