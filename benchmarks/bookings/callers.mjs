// Simulates callers who ask for a few times at random: half of them live, through the agent's function, half through
// the flow after the call.
import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../harness/statistics.mjs';
import { formatLocalTime } from '../../tools/slot.mjs';

/** The first day is a Monday. Clients are open from nine to five on weekdays. */
const FIRST_DAY = Date.UTC(2031, 0, 6);
const DAY_MS = 86_400_000;
const HALF_HOURS_A_DAY = 16;
/** An agent that is told “shall I check again?” asks again within this time. */
const PATIENCE_MS = 120_000;
const ASK_AGAIN_MS = 1000;
/** HighLevel accepts 100 requests in 10 s, so a hundred contacts take a while. */
const RUN_PATIENCE_MS = 300_000;

const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Lists half-hours from nine on, starting on Monday. */
export function listTimes(count, zone) {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(FIRST_DAY + Math.floor(index / HALF_HOURS_A_DAY) * DAY_MS);
    const halfHour = index % HALF_HOURS_A_DAY;
    return formatLocalTime(day, 9 + Math.floor(halfHour / 2), (halfHour % 2) * 30, zone);
  });
}

/** Makes callers, in turn live and by flow, each with a number and a time; the same seed gives the same callers. */
export function makeCallers({ count, times, seed }) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, number) => ({
    name: `Caller${number}`,
    phone: `+1312${7_000_000 + number}`,
    live: number % 2 === 0,
    time: times[Math.floor(random() * times.length)],
    delayMs: Math.floor(random() * 2000),
    callId: `call_bookings${seed}x${String(number).padStart(5, '0')}`,
  }));
}

/** Returns the correlation id that Patchbay gives a call of Retell. */
export function correlationOf(callId) {
  const digest = createHash('sha256').update(`retell/${callId}`).digest();
  return `cor_${[...digest.subarray(0, 26)].map((byte) => ID_ALPHABET[byte & 31]).join('')}`;
}

/** Asks for the caller's time, and returns the caller with the final answer. */
export async function callIn(caller, stack) {
  await pause(caller.delayMs);
  return caller.live ? askLive(caller, stack) : askByFlow(caller, stack);
}

async function askLive(caller, { dev }) {
  const { secret, functionsUrl } = dev.connections.retell;
  const { agentId, phone } = dev.clients[0];
  const call = { call_type: 'phone_call', call_id: caller.callId, agent_id: agentId, direction: 'inbound' };
  const body = JSON.stringify({
    name: 'calendar_book',
    call: { ...call, from_number: caller.phone, to_number: phone },
    args: { start: caller.time, title: caller.name },
  });
  const answers = [];
  for (const endAt = Date.now() + PATIENCE_MS; Date.now() < endAt; await pause(ASK_AGAIN_MS)) {
    const now = Date.now();
    const digest = createHmac('sha256', secret).update(`${body}${now}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` };
    const response = await fetch(`${functionsUrl}/calendar.book`, { method: 'POST', body, headers });
    const answer = response.ok ? await response.json() : { outcome: `status ${response.status}`, say: '' };
    answers.push({ outcome: answer.outcome, say: answer.say });
    if (answer.outcome !== 'pending') break;
  }
  return { ...caller, answers, told: answers.at(-1).outcome };
}

async function askByFlow(caller, { dev, settings }) {
  const { agentId, phone } = dev.clients[0];
  const call = { from: caller.phone, to: phone, agentId, firstName: caller.name, lastName: 'Bench', slot: caller.time };
  const placed = await fetch(`${settings.sandboxUrl}/_sandbox/calls`, {
    method: 'POST',
    body: JSON.stringify({ ...call, wantsAppointment: true, durationSeconds: 60 }),
  });
  const { callId } = await placed.json();
  const correlation = correlationOf(callId);
  const headers = { authorization: `Bearer ${dev.token}` };
  for (const endAt = Date.now() + RUN_PATIENCE_MS; Date.now() < endAt; await pause(ASK_AGAIN_MS)) {
    const response = await fetch(`${settings.platformUrl}/api/v1/runs?correlationId=${correlation}`, { headers });
    const run = response.ok ? (await response.json()).items[0] : undefined;
    if (run?.endedAt) return { ...caller, callId, run: run.id, told: run.status, cause: run.cause?.code ?? '' };
  }
  return { ...caller, callId, told: 'never ended' };
}
