// ./dev bench bookings: many callers ask for the same few times at once, live and by flows, while the providers are
// slow and fail.
import { LoadStack } from '../harness/load-stack.mjs';
import { parseOptions, readNumber } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { countBy } from '../harness/statistics.mjs';
import { callIn, listTimes, makeCallers } from './callers.mjs';
import { formatBookings } from './report.mjs';
import { verifyBookings } from './verify.mjs';

const FAULTS = [
  { provider: 'google', operation: 'events.insert', fault: 'lost_response', times: 8 },
  { provider: 'google', operation: 'events.insert', fault: '500', times: 8 },
  { provider: 'google', operation: 'events.list', fault: '500', times: 12 },
  { provider: 'google', operation: 'events.insert', fault: 'slow', times: 1_000_000, delayMs: 400 },
  { provider: 'highlevel', operation: 'contacts.create', fault: '500', times: 5 },
  { provider: 'twilio', operation: 'messages.create', fault: 'lost_response', times: 3 },
];

await runBenchmark(LoadStack, async (create) => {
  const values = parseOptions(process.argv.slice(2), { options: ['callers', 'times', 'seed'] });
  const count = readNumber(values, 'callers', { quick: 40, full: 200, max: 2000, integer: true });
  const timeCount = readNumber(values, 'times', { quick: 8, full: 20, max: 200, integer: true });
  const seed = readNumber(values, 'seed', { quick: 1, full: 1, max: 1_000_000, integer: true });
  const stack = await create();
  await stack.startSandbox();
  await stack.start();
  for (const fault of FAULTS) await post(stack, 'faults', fault);
  const times = listTimes(timeCount, stack.dev.clients[0].zone ?? 'America/Chicago');
  const startedAt = Date.now();
  log(`${count} callers ask for ${timeCount} times`);
  const callers = await Promise.all(makeCallers({ count, times, seed }).map((caller) => callIn(caller, stack)));
  const seconds = (Date.now() - startedAt) / 1000;
  const state = await (await fetch(`${stack.settings.sandboxUrl}/_sandbox/state`)).json();
  const verified = verifyBookings({ callers, events: state.google.events, messages: state.twilio.messages });
  const tell = (live) =>
    countBy(
      callers.filter((caller) => caller.live === live),
      ({ told, cause }) => [told, cause].filter(Boolean).join(' '),
    );
  const plan = { callers: count, times: timeCount, seed, faults: FAULTS.map(describeFault) };
  const result = { ...describeOrigin(stack), plan, seconds, told: { live: tell(true), flow: tell(false) }, verified };
  writeResult('bookings', result, formatBookings);
  if (verified.findings.length > 0) process.exitCode = 1;
});

function describeFault({ provider, operation, fault, times, delayMs }) {
  const often = times > 1000 ? 'always' : `${times} times`;
  return `${provider} ${operation}: ${fault}${delayMs ? ` (${delayMs} ms)` : ''} ${often}`;
}

function post(stack, control, body) {
  return fetch(`${stack.settings.sandboxUrl}/_sandbox/${control}`, { method: 'POST', body: JSON.stringify(body) });
}
