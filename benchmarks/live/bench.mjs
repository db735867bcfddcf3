// ./dev bench live: how long a caller hears it ring: the inbound-call webhook with a healthy, a limited, a slow and a broken CRM.
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArguments } from '../../tools/arguments.mjs';
import { machine, write } from '../ingest/report.mjs';
import { Stage } from '../ingest/stage.mjs';

const say = (text) => console.log(`      ${text}`);

/** HighLevel allows 100 requests in 10 s: the healthy phase stays below that, the others do not. */
const PHASES = [
  { name: 'healthy', perSecond: 8 },
  { name: 'more than HighLevel allows', perSecond: 50 },
  { name: 'every answer takes 2 s', perSecond: 50, fault: { fault: 'slow', delayMs: 2000 } },
  { name: 'every answer is a 500', perSecond: 50, fault: { fault: '500', delayMs: 0 } },
];

function question(stage, caller) {
  const { agentId, phone } = stage.dev.clients[0];
  const body = JSON.stringify({ event: 'call_inbound', call_inbound: { agent_id: agentId, from_number: caller, to_number: phone } });
  const now = Date.now();
  const digest = createHmac('sha256', stage.dev.connections.retell.secret).update(`${body}${now}`).digest('hex');
  return { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` } };
}

/** Asks at fixed times, whether or not the one before was answered; latency counts from the intended time. */
async function ask(stage, { perSecond, seconds }) {
  const begin = Date.now() + 100;
  const asked = Array.from({ length: perSecond * seconds }, async (_, index) => {
    const intended = begin + (index * 1000) / perSecond;
    await pause(Math.max(0, intended - Date.now()));
    const answer = await fetch(stage.dev.connections.retell.inboundUrl, question(stage, `+1415555${String(1000 + (index % 200))}`));
    const { call_inbound: said } = await answer.json();
    return { status: answer.status, milliseconds: Date.now() - intended, source: said?.metadata?.patchbay_answer ?? 'none' };
  });
  return Promise.all(asked);
}

function figures(answers) {
  const sorted = answers.map((one) => one.milliseconds).sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  const count = (pick) => answers.reduce((counts, one) => ({ ...counts, [pick(one)]: (counts[pick(one)] ?? 0) + 1 }), {});
  return { asked: answers.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1), statuses: count((one) => one.status), sources: count((one) => one.source) };
}

async function arm(stage, fault) {
  await fetch(`${stage.settings.sandboxUrl}/_sandbox/faults`, {
    method: 'POST', body: JSON.stringify({ provider: 'highlevel', operation: 'contacts.search', times: 1_000_000, ...fault }),
  });
}

let stage;
try {
  const given = parseArguments(process.argv.slice(2), { options: ['seconds'] });
  const seconds = Number(given.seconds ?? 20);
  if (!(seconds >= 1 && seconds <= 600)) throw new Error('--seconds wants a number from 1 to 600');
  stage = await Stage.prepare(say);
  await stage.startSandbox();
  await stage.start();
  say('warming up');
  await ask(stage, { perSecond: 50, seconds: Math.min(20, seconds) });
  const phases = {};
  for (const phase of PHASES) {
    // What HighLevel still counts of the phase before is over after its ten seconds.
    await pause(10_500);
    if (phase.fault) await arm(stage, phase.fault);
    phases[phase.name] = { perSecond: phase.perSecond, ...figures(await ask(stage, { ...phase, seconds })) };
    const { p50, p99, max, sources } = phases[phase.name];
    say(`${phase.name}: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, max ${max.toFixed(0)} ms; ${JSON.stringify(sources)}`);
  }
  write('live', { ...machine(stage), plan: { seconds }, phases });
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stage?.remove();
}
