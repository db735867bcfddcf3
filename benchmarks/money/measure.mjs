// Measures a month: it is placed at the sandbox, collected, corrected, collected again, and reconciled with and without
// planted differences.
import { setTimeout as pause } from 'node:timers/promises';
import { CONNECTION } from './money-stack.mjs';

const MONTH = '2026-10';
const SINCE = '2026-10-01T00:00:00Z';
const SETTLING_DAYS = 20;
const PLANTS = 11;
/** Every invoice has some of these lines, which belong to no call. */
const WITHOUT_CALL = new Set(['numbers', 'concurrency', 'credits', 'tax', 'fees']);

export async function measureMoney(stack, plan, log) {
  await stack.startSandbox();
  await stack.startPlatform();
  const month = { seed: plan.seed, month: MONTH };
  const placed = await timed(async () => {
    const response = await stack.sandbox('POST', 'months', { ...month, calls: plan.calls, clients: plan.clients });
    return response.json();
  });
  log(`${plan.calls} calls placed in ${placed.seconds.toFixed(1)} s`);
  await mapAgents(stack, placed.result.agents);
  const breaker = plan.crash ? startBreaking(stack, plan.everySeconds, log) : undefined;
  try {
    return await measureMonth(stack, plan, log, { month, placed, breaker });
  } finally {
    await breaker?.stop().catch(() => {});
  }
}

async function measureMonth(stack, plan, log, { month, placed, breaker }) {
  const first = await timed(() => collect(stack));
  log(`collected in ${first.seconds.toFixed(1)} s: ${(first.result.read / first.seconds).toFixed(0)} calls/s`);
  for (let day = 1; day <= SETTLING_DAYS; day += plan.crash ? 5 : 1) {
    await stack.sandbox('POST', 'months/settle', {
      ...month,
      day: plan.crash ? Math.min(SETTLING_DAYS, day + 4) : day,
    });
    const { corrected, fresh, vanished } = await collect(stack);
    log(`day ${day}: ${fresh} late, ${corrected} corrected, ${vanished} vanished`);
  }
  const kills = await breaker?.stop();
  const clean = await reconcile(stack, log);
  const planted = await (await stack.sandbox('POST', 'invoice/plant', { ...month, count: PLANTS })).json();
  const dirty = await reconcile(stack, log);
  const digests = stack.digests();
  const rerun = plan.crash ? await collectAnew(stack) : undefined;
  const examples = [
    ...checkClean(clean),
    ...(await checkPlanted(stack, dirty.view, planted.items)),
    ...stack.gaps().map(([client, seq, numbers]) => `stream ${client}: ${numbers} numbers up to ${seq}`),
    ...(await stack.persist('POST', 'usage/days/verify')).items.map(({ clientId }) => `sums of ${clientId} differ`),
    ...differingDigests(digests, rerun),
  ];
  return {
    placedSeconds: placed.seconds,
    collectSeconds: first.seconds,
    collected: first.result.read,
    callsPerSecond: first.result.read / first.seconds,
    kills: kills ?? 0,
    reconcileSeconds: clean.reconcileSeconds,
    uploadSeconds: clean.uploadSeconds,
    difference: clean.view.difference.amount,
    calls: clean.view.calls,
    lines: clean.view.lines,
    planted: planted.items.length,
    digests,
    accounted: { unaccounted: examples.length, examples },
  };
}

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

/** Gives half of the clients' agents a client each; the demo's own agents have theirs. */
async function mapAgents(stack, agents) {
  const zones = ['America/Santiago', 'America/Havana', 'Australia/Lord_Howe', 'America/Chicago', 'Europe/Berlin'];
  for (const [index, agent] of agents.entries()) {
    if (!agent.startsWith('agent_month')) continue;
    const client = await stack.api('POST', 'clients', { name: agent, timeZone: zones[index % zones.length] });
    await stack.api('PUT', 'ingress/routes', {
      connectionId: CONNECTION,
      kind: 'agent',
      externalId: agent,
      clientId: client.id,
    });
  }
}

/** Starts a collection and waits for its end, whichever process continues it. */
async function collect(stack) {
  await stack.persist('POST', `usage/collect/retell?since=${SINCE}`);
  for (;;) {
    const { items } = await stack.persist('GET', 'usage/collections?provider=retell');
    const pass = items.find((one) => one.pass === 'requested' && one.connectionId === CONNECTION);
    if (pass.state === 'done') return pass;
    await pause(200);
  }
}

async function reconcile(stack, log) {
  const invoice = await (await stack.sandbox('GET', `invoice?month=${MONTH}&format=csv`)).text();
  const upload = await timed(() =>
    stack.api('POST', `usage/provider-invoices?connectionId=${CONNECTION}&month=${MONTH}`, invoice, 'text/csv'),
  );
  const again = await timed(() => stack.api('POST', `usage/provider-invoices/${upload.result.id}/reconcile`));
  const { lines, calls, difference, byClass } = again.result;
  const classes = byClass.map((one) => `${one.class} ${one.count}`).join(', ');
  log(`${lines} lines of ${calls} calls reconciled in ${again.seconds.toFixed(1)} s: ${difference.amount}; ${classes}`);
  return { view: again.result, uploadSeconds: upload.seconds, reconcileSeconds: again.seconds };
}

function checkClean({ view }) {
  return view.byClass
    .filter((one) => !WITHOUT_CALL.has(one.class))
    .map((one) => `without plants: ${one.count} differences of class ${one.class}, ${one.amount.amount}`);
}

async function checkPlanted(stack, view, planted) {
  const wrong = [];
  const found = [];
  let after = '';
  do {
    const page = await stack.api('GET', `usage/provider-invoices/${view.id}/differences?limit=200&after=${after}`);
    found.push(...page.items.filter((one) => !WITHOUT_CALL.has(one.class)));
    after = page.next ?? '';
  } while (after !== '');
  const byCall = new Map(found.map((one) => [one.callId, one.class]));
  for (const { callId, kind } of planted) {
    if (byCall.get(callId) !== kind) wrong.push(`${kind} of ${callId} was found as ${byCall.get(callId)}`);
  }
  if (found.length !== planted.length) wrong.push(`${found.length} differences for ${planted.length} planted ones`);
  return wrong;
}

/** Kills the platform and PostgreSQL in turn until it is stopped. */
function startBreaking(stack, everySeconds, log) {
  let running = true;
  let kills = 0;
  const done = (async () => {
    while (running) {
      await pause(everySeconds * 1000);
      if (!running) break;
      if (kills % 2 === 0) {
        await stack.kill();
        await stack.startPlatform();
      } else {
        await stack.crashDatabase();
      }
      kills += 1;
      log(`kill ${kills}`);
    }
    return kills;
  })();
  // stop() reports a failure later.
  done.catch(() => {});
  return {
    stop() {
      running = false;
      return done;
    },
  };
}

/** Collects the same month once more, without any kill, into an empty database, and returns the expected digests. */
async function collectAnew(stack) {
  stack.query(`
    TRUNCATE patchbay.usage_record, patchbay.usage_snapshot, patchbay.usage_stream, patchbay.usage_day,
      patchbay.usage_rollup, patchbay.usage_rejection;`);
  await collect(stack);
  return stack.digests();
}

function differingDigests(digests, expected) {
  if (!expected) return [];
  return Object.keys({ ...digests, ...expected })
    .filter((client) => digests[client] !== expected[client])
    .map((client) => `usage of ${client || 'no client'}: ${digests[client]} instead of ${expected[client]}`);
}
