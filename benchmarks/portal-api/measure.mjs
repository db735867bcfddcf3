// Seeds, rebuilds, and measures the requests that the portal's lists, tabs, badges and charts make.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from '../harness/statistics.mjs';
import { seedCalls, seedClients } from './seed.mjs';

const WARM_UP = 10;

export async function measurePortalApi(stack, plan, log) {
  await stack.startSandbox();
  await stack.startPlatform();
  const seededSeconds = await timed(() => seed(stack, plan, log));
  const rebuiltSeconds = await timed(() => rebuild(stack));
  log(`${plan.calls} calls: seeded in ${seededSeconds} s, rebuilt in ${rebuiltSeconds} s`);
  stack.query('ANALYZE patchbay.call; ANALYZE patchbay.call_day;');
  const differences = await findDifferences(stack, plan);
  const requests = [];
  for (const [title, request] of Object.entries(await listRequests(stack))) {
    requests.push({ title, ...(await measure(stack, request, plan.requests)) });
    log(`${title}: p95 ${requests.at(-1).p95.toFixed(1)} ms`);
  }
  return { seededSeconds, rebuiltSeconds, sizes: readSizes(stack), differences, requests };
}

async function timed(work) {
  const started = performance.now();
  await work();
  return Math.max(1, Math.round((performance.now() - started) / 1000));
}

function seed(stack, plan, log) {
  stack.query(seedClients(stack.dev.tenantId, plan.clients));
  let batches = 0;
  for (const script of seedCalls(stack.dev.tenantId, plan)) {
    stack.query(script);
    batches += 1;
    log(`batch ${batches} stored`);
  }
  stack.query('ANALYZE patchbay.event; ANALYZE patchbay.event_dispatch; ANALYZE patchbay.run; ANALYZE patchbay.step;');
}

/**
 * Rebuilds the read model. A query blocks this process, so the platform may have closed an idle connection; requests
 * are repeated.
 */
async function rebuild(stack) {
  await stack.persist('POST', 'calls/rebuild');
  for (;;) {
    const { state } = await stack.persist('GET', 'calls/rebuild');
    if (state === 'done') return;
    if (state === 'failed') throw new Error('The rebuild failed; see the log of the platform.');
    await pause(500);
  }
}

/** Returns the names of rows that a second rebuild changes, and differences between read model and facts. */
async function findDifferences(stack, plan) {
  const [kept] = readDigest(stack);
  await rebuild(stack);
  const [rebuilt] = readDigest(stack);
  const [[calls, booked, summed]] = stack.query(`
    SELECT (SELECT count(*) FROM patchbay.call WHERE call_id LIKE 'call_bench_%'),
      (SELECT count(*) FROM patchbay.call WHERE outcome = 'booked' AND call_id LIKE 'call_bench_%'),
      (SELECT sum(calls) FROM patchbay.call_day WHERE client_id LIKE 'cli_bench_%');`);
  const [[steps]] = stack.query(
    `SELECT count(*) FROM patchbay.step WHERE call = 'calendar.book' AND run_id LIKE 'run_0000%';`,
  );
  const checks = [
    [kept.join() === rebuilt.join(), 'a second rebuild changed rows'],
    [Number(calls) === plan.calls, `${calls} of ${plan.calls} calls are in the read model`],
    [Number(summed) === plan.calls, `the days add up to ${summed} calls`],
    [booked === steps, `${booked} calls are booked, ${steps} bookings were made`],
  ];
  return checks.filter(([holds]) => !holds).map(([, difference]) => difference);
}

function readDigest(stack) {
  return stack.query(`
    SELECT (SELECT sum(hashtextextended(c::text, 0)::numeric) FROM patchbay.call c),
      (SELECT sum(hashtextextended(d::text, 0)::numeric) FROM patchbay.call_day d WHERE calls <> 0);`);
}

function readSizes(stack) {
  const [[call, days]] = stack.query(`
    SELECT pg_size_pretty(pg_total_relation_size('patchbay.call')), pg_size_pretty(pg_total_relation_size('patchbay.call_day'));`);
  return { call, days };
}

/** Lists the requests by the portal's use for them. */
async function listRequests(stack) {
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const client = 'cli_bench_0003';
  const [[number]] = stack.query(
    `SELECT number FROM patchbay.call WHERE number IS NOT NULL ORDER BY called_at DESC OFFSET 500 LIMIT 1;`,
  );
  const cursor = `${Date.now() - 200 * 86_400_000}-call_bench_1`;
  const { token: scoped } = await stack.persist(
    'POST',
    'iam/tokens',
    tokenRequest(['read:runs', 'read:events'], client),
  );
  const get = (path, token) => ({ method: 'GET', path, token });
  const week = `from=${day(7)}&to=${day(0)}`;
  return {
    'calls: newest 50': get('calls?limit=50'),
    'calls: last 7 days': get(`calls?limit=50&${week}`),
    'calls: one client, not booked, last 7 days': get(`calls?limit=50&client=${client}&outcome=not_booked&${week}`),
    'calls: one client, a whole year, rare outcome': get(`calls?limit=50&client=${client}&needsPerson=true`),
    'calls: outcome and reason, cursor 200 days back': get(
      `calls?limit=50&outcome=not_booked&reason=raised&after=${cursor}`,
    ),
    'calls: a rare reason': get('calls?limit=50&reason=bug'),
    'calls: a rare flow': get('calls?limit=50&flow=bench-rare'),
    'calls: action needed': get('calls?limit=50&needsPerson=true'),
    'calls: to call back': get('calls?limit=50&callBack=true'),
    'calls: cursor 200 days back': get(`calls?limit=50&after=${cursor}`),
    'calls: a number': get(`calls?limit=8&q=${encodeURIComponent(number)}`),
    'calls: the beginning of a number': get(`calls?limit=8&q=${encodeURIComponent(number.slice(0, 9))}`),
    'calls: a rare name': get('calls?limit=50&q=hopper%20123'),
    'calls: a common name': get('calls?limit=50&q=grace'),
    'calls: an id': get('calls?limit=50&q=call_bench_77'),
    'calls: newest, as a person of one client': get('calls?limit=50', scoped),
    'calls: not booked, as a person of one client': get(`calls?limit=50&outcome=not_booked&${week}`, scoped),
    'one call': get('calls/call_bench_77'),
    'counts: last 7 days': get(`calls/counts?${week}`),
    'counts: last 30 days': get(`calls/counts?from=${day(30)}&to=${day(0)}`),
    'counts: all': get('calls/counts'),
    'counts: one client': get(`calls/counts?client=${client}`),
    'counts: a name': get('calls/counts?q=grace'),
    'counts: last 7 days, as a person of one client': get(`calls/counts?${week}`, scoped),
    'figures: 14 days': get(`insights/outcomes?from=${day(13)}&to=${day(0)}&by=day`),
    'figures: clients, 30 days': get(`insights/outcomes?from=${day(29)}&to=${day(0)}&by=client`),
    'figures: reasons, 30 days': get(`insights/outcomes?from=${day(29)}&to=${day(0)}&by=reason`),
    'figures: 365 days': get(`insights/outcomes?from=${day(364)}&to=${day(0)}&by=day`),
    'figures: one client, 365 days': get(`insights/outcomes?client=${client}&from=${day(364)}&to=${day(0)}&by=day`),
    attention: get('attention'),
    'dead letters': get('dead-letters'),
    clients: get('clients?limit=100'),
    'token issue': { method: 'POST', path: 'iam/tokens', body: tokenRequest(['read:runs']) },
  };
}

const tokenRequest = (permissions, clientId) => ({ name: 'benchmark', permissions, clientId });

async function measure(stack, { method, path, token = stack.dev.token, body }, count) {
  const times = [];
  for (let request = 0; request < count + WARM_UP; request += 1) {
    const started = performance.now();
    const response = await fetch(`${stack.settings.platformUrl}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    if (request >= WARM_UP) times.push(performance.now() - started);
  }
  return percentiles(times);
}
