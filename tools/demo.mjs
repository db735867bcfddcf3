import { parseArguments } from './arguments.mjs';
import { readDevFile, until } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { chooseSlot } from './slot.mjs';
import { bringUp, takeDown } from './stack.mjs';
import { booked, coloured, holdings, line, plain, shortId, stepLine, summary } from './timeline.mjs';

const PATIENCE_SECONDS = 90;
const ENDED = ['completed', 'failed', 'parked', 'cancelled'];
const CALLERS = [['Ada', 'Lovelace'], ['Grace', 'Hopper'], ['Alan', 'Turing'], ['Katherine', 'Johnson'], ['Edsger', 'Dijkstra']];

const settings = readSettings();
let started = [];
let json = false;
const tell = (text) => (json ? process.stderr : process.stdout).write(`${text}\n`);

process.on('SIGINT', () => finish(130));
process.on('SIGTERM', () => finish(143));

try {
  ({ json = false } = parseArguments(process.argv.slice(2), { flags: ['json'] }));
  started = await bringUp(settings, (text) => tell(`      ${text}`));
  const result = await demonstrate();
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  await finish(booked(result) ? 0 : 1);
} catch (error) {
  console.error(`\n${error.message}`);
  await finish(1);
}

async function finish(status) {
  if (started.length > 0) {
    tell('\nStopping what this demo started …');
    await takeDown(settings, started, (text) => tell(`      ${text}`));
  }
  process.exit(status);
}

async function demonstrate() {
  const dev = readDevFile(settings);
  if (!dev) throw new Error(`${settings.devFile} is missing: the platform writes it in the dev environment only.`);
  const paint = !json && process.stdout.isTTY ? coloured : plain;
  const before = await get(`${settings.sandboxUrl}/_sandbox/state`);
  const call = newCall(dev, before);
  tell(`\n${call.firstName} ${call.lastName} (${call.from}) calls ${dev.clients?.[0]?.name ?? 'the client'} and asks for ${call.slot}\n`);

  const startedAt = Date.now();
  const placed = await post(`${settings.sandboxUrl}/_sandbox/calls`, call);
  tell(line({ at: Date.now() - startedAt, mark: '✓', who: 'Retell', what: 'call ended, webhooks', detail: shortId(placed.callId) }, paint));

  const api = `${settings.platformUrl}/api/v1`;
  const event = await waitFor(`the event of call ${placed.callId}`, async () => {
    const { items } = await get(`${api}/events?type=voice.call.analyzed`, dev.token);
    return items.find((item) => item.subject === placed.callId);
  });
  tell(line({ at: Date.parse(event.receivedAt) - startedAt, mark: '✓', who: 'Patchbay', what: 'verified and stored', detail: `${event.type} · ${shortId(event.id)}` }, paint));

  const run = await followRun(api, dev.token, event, startedAt, paint);
  const result = summary(run, { correlationId: event.correlationid, eventId: event.id, milliseconds: endOf(run) - startedAt });
  const mark = booked(result) ? '✓' : '✗';
  tell(line({ at: result.milliseconds, mark, who: 'Patchbay', what: booked(result) ? 'booked' : `run ${run.status}`, detail: `run ${shortId(run.id)} · correlation ${event.correlationid}` }, paint));
  if (run.cause) tell(`\n${run.cause.sentence}\n${run.cause.nextAction ?? ''}`);
  tell(`\nWhat the providers now hold\n  ${holdings(await get(`${settings.sandboxUrl}/_sandbox/state`), result).join('\n  ')}`);
  return result;
}

/** Prints each step once, as soon as it has an end. */
async function followRun(api, token, event, startedAt, paint) {
  const printed = new Set();
  return waitFor(`the run of event ${event.id}`, async () => {
    const { items } = await get(`${api}/runs?correlationId=${encodeURIComponent(event.correlationid)}`, token);
    // Three webhooks of one call may share a correlation id; ours is the run of this event.
    const mine = items.find((item) => item.eventId === event.id);
    if (!mine) return undefined;
    const run = await get(`${api}/runs/${mine.id}`, token);
    for (const step of run.steps ?? []) {
      const key = step.pointer ?? step.name;
      if (printed.has(key) || ['running', 'waiting', 'pending'].includes(step.status) || (step.call && !step.attempts?.length)) continue;
      printed.add(key);
      if (step.call || step.status !== 'completed') tell(stepLine(step, startedAt, paint));
    }
    return ENDED.includes(run.status) ? run : undefined;
  });
}

function newCall(dev, state) {
  const turn = Math.floor(Date.now() / 1000);
  const [firstName, lastName] = CALLERS[turn % CALLERS.length];
  const events = Object.values(state.google?.events ?? {});
  return {
    from: `+1415555${String(turn % 10000).padStart(4, '0')}`,
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${turn}@example.com`.toLowerCase(),
    wantsAppointment: true,
    slot: chooseSlot({
      now: new Date(),
      zone: dev.clients?.[0]?.zone ?? 'UTC',
      taken: events.filter((event) => event.status !== 'cancelled').map((event) => event.start?.dateTime).filter(Boolean),
      turn,
    }),
    durationSeconds: 60 + (turn % 120),
    agentId: dev.clients?.[0]?.agentId,
  };
}

function endOf(run) {
  return run.endedAt ? Date.parse(run.endedAt) : Date.now();
}

async function waitFor(what, look) {
  const found = await until(look, PATIENCE_SECONDS, 150);
  if (!found) throw new Error(`Waited ${PATIENCE_SECONDS} s for ${what}; ${settings.logs} says what happened.`);
  return found;
}

function get(url, token) {
  return request(url, { headers: token ? { authorization: `Bearer ${token}` } : {} });
}

function post(url, body) {
  return request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function request(url, options) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(30000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${options.method ?? 'GET'} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}
