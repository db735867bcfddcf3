// Places one call in the sandbox and follows it through the platform's API, printing each step as it ends.
import { readDevFile, waitUntil } from './processes.mjs';
import { chooseSlot } from './slot.mjs';
import { describeProviders, formatLine, formatStep, isBooked, shortenId, summarise } from './timeline.mjs';

const MAX_WAIT_SECONDS = 90;
const END_STATES = ['completed', 'failed', 'parked', 'cancelled'];
const OPEN_STATES = ['running', 'waiting', 'pending'];
const CALLERS = [
  ['Ada', 'Lovelace'],
  ['Grace', 'Hopper'],
  ['Alan', 'Turing'],
  ['Katherine', 'Johnson'],
  ['Edsger', 'Dijkstra'],
];

export class DemoCall {
  #settings;
  #print;
  #paint;
  #dev;
  #startedAt;
  #callId;

  /** @param paint colours a text: (text, ANSI code) => text */
  constructor(settings, print, paint) {
    this.#settings = settings;
    this.#print = print;
    this.#paint = paint;
  }

  /** Returns the summary of the run (timeline.mjs). */
  async run() {
    this.#dev = readDevFile(this.#settings);
    if (!this.#dev) {
      throw new Error(`${this.#settings.devFile} is missing: the platform writes it in the dev environment only.`);
    }
    const event = await this.#placeCall();
    const run = await this.#followRun(event);
    const endedAt = run.endedAt ? Date.parse(run.endedAt) : Date.now();
    const facts = { correlationId: event.correlationid, eventId: event.id, milliseconds: endedAt - this.#startedAt };
    const summary = summarise(run, facts);
    await this.#printResult(run, summary);
    return summary;
  }

  /** Returns the event of the call once the platform has stored it. */
  async #placeCall() {
    const client = this.#dev.clients?.[0];
    const call = inventCall(client, await getJson(this.#sandbox('/state')));
    const name = `${call.firstName} ${call.lastName}`;
    this.#print(`\n${name} (${call.from}) calls ${client?.name ?? 'the client'} and asks for ${call.slot}\n`);
    this.#startedAt = Date.now();
    const { callId } = await postJson(this.#sandbox('/calls'), call);
    this.#callId = callId;
    this.#printLine(Date.now(), '✓', 'Retell', 'call ended, webhooks', shortenId(callId));
    const event = await this.#waitFor(`the event of call ${callId}`, async () => {
      const { items } = await this.#get('/events?type=voice.call.analyzed');
      return items.find((item) => item.subject === callId);
    });
    const detail = `${event.type} · ${shortenId(event.id)}`;
    this.#printLine(Date.parse(event.receivedAt), '✓', 'Patchbay', 'verified and stored', detail);
    return event;
  }

  /** Returns the run once it has ended. Prints each step once. */
  async #followRun(event) {
    const printed = new Set();
    return this.#waitFor(`the run of event ${event.id}`, async () => {
      const { items } = await this.#get(`/runs?correlationId=${encodeURIComponent(event.correlationid)}`);
      // The three webhooks of one call may share a correlation id; this event has one run.
      const listed = items.find((item) => item.eventId === event.id);
      if (!listed) return undefined;
      const run = await this.#get(`/runs/${listed.id}`);
      for (const step of run.steps ?? []) this.#printStepOnce(step, printed);
      return END_STATES.includes(run.status) ? run : undefined;
    });
  }

  #printStepOnce(step, printed) {
    const key = step.pointer ?? step.name;
    // A call ends before its attempts are recorded, so the line waits for them.
    const open = OPEN_STATES.includes(step.status) || (step.call && !step.attempts?.length);
    if (open || printed.has(key)) return;
    printed.add(key);
    if (step.call || step.status !== 'completed') this.#print(formatStep(step, this.#startedAt, this.#paint));
  }

  async #printResult(run, summary) {
    const booked = isBooked(summary);
    const detail = `run ${shortenId(run.id)} · correlation ${summary.correlationId}`;
    const endedAt = this.#startedAt + summary.milliseconds;
    this.#printLine(endedAt, booked ? '✓' : '✗', 'Patchbay', booked ? 'booked' : `run ${run.status}`, detail);
    if (run.cause) this.#print(`\n${run.cause.sentence}\n${run.cause.nextAction ?? ''}`);
    await this.#printAudit(summary.correlationId);
    const lines = describeProviders(await getJson(this.#sandbox('/state')), summary);
    this.#print(`\nWhat the providers now hold\n  ${lines.join('\n  ')}`);
    this.#print(`\nThe call’s page: ${this.#settings.platformUrl}/calls/${this.#callId}`);
  }

  /** Prints the audit trail, which names the event, the flow with its version, and the outcome of the run. */
  async #printAudit(correlationId) {
    const { items } = await this.#get(`/audit?correlationId=${encodeURIComponent(correlationId)}`);
    const entries = items.filter((entry) => entry.action.startsWith('run.') && entry.actor.startsWith('evt_'));
    const lines = entries.map(
      (entry) => `${entry.at}  ${entry.action}  ${entry.resource}  by ${shortenId(entry.actor)}`,
    );
    this.#print(`\nWhat the audit trail says of ${correlationId}\n  ${lines.join('\n  ') || 'nothing yet'}`);
  }

  #printLine(time, mark, actor, action, detail) {
    this.#print(formatLine({ at: time - this.#startedAt, mark, actor, action, detail }, this.#paint));
  }

  #sandbox = (place) => `${this.#settings.sandboxUrl}/_sandbox${place}`;
  #get = (place) => getJson(`${this.#settings.platformUrl}/api/v1${place}`, this.#dev.token);

  async #waitFor(subject, poll) {
    const found = await waitUntil(poll, MAX_WAIT_SECONDS, 150);
    if (!found) throw new Error(`Waited ${MAX_WAIT_SECONDS} s for ${subject}; see ${this.#settings.logs}.`);
    return found;
  }
}

/** Makes a caller and a free slot that differ from one demo to the next. */
function inventCall(client, state) {
  const seconds = Math.floor(Date.now() / 1000);
  const [firstName, lastName] = CALLERS[seconds % CALLERS.length];
  const booked = Object.values(state.google?.events ?? {}).filter((event) => event.status !== 'cancelled');
  return {
    from: `+1415555${String(seconds % 10000).padStart(4, '0')}`,
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${seconds}@example.com`.toLowerCase(),
    wantsAppointment: true,
    slot: chooseSlot({
      now: new Date(),
      zone: client?.zone ?? 'UTC',
      taken: booked.map((event) => event.start?.dateTime).filter(Boolean),
      first: seconds,
    }),
    durationSeconds: 60 + (seconds % 120),
    agentId: client?.agentId,
  };
}

function getJson(url, token) {
  return requestJson(url, { headers: token ? { authorization: `Bearer ${token}` } : {} });
}

function postJson(url, body) {
  const headers = { 'content-type': 'application/json' };
  return requestJson(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function requestJson(url, options) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${options.method ?? 'GET'} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
  }
  return JSON.parse(text);
}
