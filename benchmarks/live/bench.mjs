// ./dev bench live: how long a caller hears it ring: the inbound-call webhook with a healthy, a limited, a slow and a broken CRM.
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LoadStack } from '../harness/load-stack.mjs';
import { parseOptions, readNumber } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { countBy, percentiles } from '../harness/statistics.mjs';
import { formatLive } from './report.mjs';

/** HighLevel allows 100 requests in 10 s: the healthy phase stays below that, the others do not. */
const PHASES = [
  { name: 'healthy', perSecond: 8 },
  { name: 'more than HighLevel allows', perSecond: 50 },
  { name: 'every answer takes 2 s', perSecond: 50, fault: { fault: 'slow', delayMs: 2000 } },
  { name: 'every answer is a 500', perSecond: 50, fault: { fault: '500', delayMs: 0 } },
];
/** After that HighLevel has forgotten the requests of the phase before. */
const LIMIT_WINDOW_MS = 10_500;

await runBenchmark(LoadStack, async (create) => {
  const values = parseOptions(process.argv.slice(2), { options: ['seconds'] });
  const seconds = readNumber(values, 'seconds', { quick: 5, full: 20, max: 600 });
  const stack = await create();
  await stack.startSandbox();
  await stack.start();
  log('warming up');
  await sendQuestions(stack, { perSecond: 50, seconds: Math.min(20, seconds) });
  const phases = {};
  for (const { name, perSecond, fault } of PHASES) {
    await pause(LIMIT_WINDOW_MS);
    if (fault) await armCrmFault(stack, fault);
    phases[name] = { perSecond, ...summarise(await sendQuestions(stack, { perSecond, seconds })) };
    const { p50, p99, max, sources } = phases[name];
    const latency = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, max ${max.toFixed(0)} ms`;
    log(`${name}: ${latency}; ${JSON.stringify(sources)}`);
  }
  writeResult('live', { ...describeOrigin(stack), plan: { seconds }, phases }, formatLive);
});

/** Sends at fixed times, whether or not the webhook before was answered. Latency counts from the intended time. */
function sendQuestions(stack, { perSecond, seconds }) {
  const startAt = Date.now() + 100;
  const send = async (_, index) => {
    const intended = startAt + (index * 1000) / perSecond;
    await pause(Math.max(0, intended - Date.now()));
    const question = composeQuestion(stack, `+1415555${String(1000 + (index % 200))}`);
    const response = await fetch(stack.dev.connections.retell.inboundUrl, question);
    const { call_inbound: inbound } = await response.json();
    return {
      status: response.status,
      milliseconds: Date.now() - intended,
      source: inbound?.metadata?.patchbay_answer ?? 'none',
    };
  };
  return Promise.all(Array.from({ length: perSecond * seconds }, send));
}

function composeQuestion(stack, caller) {
  const { agentId, phone } = stack.dev.clients[0];
  const inbound = { agent_id: agentId, from_number: caller, to_number: phone };
  const body = JSON.stringify({ event: 'call_inbound', call_inbound: inbound });
  const now = Date.now();
  const { secret } = stack.dev.connections.retell;
  const digest = createHmac('sha256', secret).update(`${body}${now}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` };
  return { method: 'POST', body, headers };
}

function summarise(answers) {
  const { p50, p99, max } = percentiles(answers.map((answer) => answer.milliseconds));
  return {
    asked: answers.length,
    p50,
    p99,
    max,
    statuses: countBy(answers, (answer) => answer.status),
    sources: countBy(answers, (answer) => answer.source),
  };
}

async function armCrmFault(stack, fault) {
  const target = { provider: 'highlevel', operation: 'contacts.search', times: 1_000_000 };
  const body = JSON.stringify({ ...target, ...fault });
  await fetch(`${stack.settings.sandboxUrl}/_sandbox/faults`, { method: 'POST', body });
}
