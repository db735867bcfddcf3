// Load, one fault after the other, and then the verification.
import { waitUntil } from '../../tools/processes.mjs';
import { Callers } from './callers.mjs';
import { LEASE_SECONDS } from './crash-stack.mjs';
import { drawSchedule } from './schedule.mjs';
import { countOpenWork, readStored } from './stored-calls.mjs';
import { verifyCalls } from './verify.mjs';

/** How long open work may stand still before it counts as stuck. */
const MAX_STANDSTILL_SECONDS = 120;
const MAX_WAIT_SECONDS = 3600;

export async function measureCrashes(stack, { rounds, seed, webhooks, perSecond, faults }, log) {
  const schedule = drawSchedule({ seed, rounds, leaseSeconds: LEASE_SECONDS, faults });
  await stack.startAll();
  const { clients, connections } = stack.dev;
  const callers = new Callers({
    clients,
    secret: connections.retell.secret,
    listTargets: stack.listTargets,
    perSecond,
  });
  const load = callers.sendAll(webhooks);
  load.catch(() => {}); // handled where the rounds wait for it
  await warmUpClients(stack, callers, clients.length);
  const startedAt = Date.now();
  const injected = [];
  for (const round of schedule) {
    const description = await runRound(stack, round, callers, { rounds, webhooks });
    injected.push({ ...round, description });
    log(describeRound(injected.at(-1), rounds, callers.sent));
  }
  await load;
  const loadSeconds = (Date.now() - startedAt) / 1000;
  await stack.clearFaults();
  const { idleAfter, stuck } = await waitUntilIdle(stack, log);
  const accounted = verifyCalls({
    clients,
    answers: callers.answers,
    stored: readStored(stack),
    providers: await stack.readProviders(),
  });
  return { rounds: injected, seed, loadSeconds, idleAfter, stuck, statuses: callers.statuses, accounted };
}

/** Sends the round's share of the webhooks, with the fault somewhere in between. Returns a description of the fault. */
async function runRound(stack, round, callers, { rounds, webhooks }) {
  await stack.setPlatformCount(round.platforms);
  await stack.armProviderFaults(round.providerFaults);
  const first = Math.round(((round.number - 1) / rounds) * webhooks);
  const quota = Math.round((round.number / rounds) * webhooks);
  await callers.release(quota, first + Math.floor((quota - first) * round.at));
  const description = await stack.inject(round);
  await callers.release(quota);
  return description;
}

function describeRound({ number, platforms, description, providerFaults }, rounds, sent) {
  const head = `round ${number} of ${rounds}, ${platforms === 2 ? 'two platforms' : 'one platform'}: ${description}`;
  return `${head}; ${providerFaults.length} provider faults armed; ${sent} webhooks sent`;
}

/**
 * Completes one call of each client before the first fault, so that their access tokens exist. A HighLevel refresh token
 * works once: if the process dies with the answer to it, the connection has to be connected again, and every run of that
 * client would be parked.
 */
export async function warmUpClients(stack, callers, count) {
  await callers.release(count);
  const query = `SELECT 1 FROM patchbay.run WHERE tenant_id = '${stack.dev.tenantId}' AND status = 'completed';`;
  const completed = await waitUntil(() => stack.query(query).length >= count, 180, 1_000);
  if (!completed) throw new Error('The first calls did not complete.');
}

/** Waits until no work is open, or until open work has stood still for too long. */
export async function waitUntilIdle(stack, log) {
  const startedAt = Date.now();
  let open = {};
  let changedAt = startedAt;
  const total = () => open.runs + open.effects + open.events;
  const poll = () => {
    const now = countOpenWork(stack);
    if (JSON.stringify(now) !== JSON.stringify(open)) changedAt = Date.now();
    open = now;
    return total() === 0 || Date.now() - changedAt > MAX_STANDSTILL_SECONDS * 1000;
  };
  await waitUntil(poll, MAX_WAIT_SECONDS, 2_000);
  const idleAfter = (Date.now() - startedAt) / 1000;
  const stuck = total();
  log(
    stuck === 0 ? `no work is open ${idleAfter.toFixed(0)} s after the last webhook` : `stuck: ${JSON.stringify(open)}`,
  );
  return { idleAfter, stuck };
}
