// Load, one blow after the other, and then the reckoning.
import { Callers } from './callers.mjs';
import { schedule } from './schedule.mjs';
import { LEASE_SECONDS } from './stage.mjs';
import { open, read, verify } from './verify.mjs';
import { until } from '../../tools/processes.mjs';

/** How long nothing may change while something is still open. */
const PATIENCE_SECONDS = 120;

export async function crash(stage, { rounds, seed, webhooks, perSecond, blows }, say) {
  const plan = schedule({ seed, rounds, lease: LEASE_SECONDS, blows });
  await stage.begin();
  const { clients, connections } = stage.dev;
  const callers = new Callers({ clients, secret: connections.retell.secret, targets: stage.targets, perSecond });
  const load = callers.run(webhooks);
  load.catch(() => {}); // heard where the rounds wait for it
  await prime(stage, callers, clients.length);
  const began = Date.now();
  const struck = [];
  for (const round of plan) {
    await stage.platforms(round.two);
    await stage.arm(round.faults);
    const quota = Math.round((round.number / rounds) * webhooks);
    const from = Math.round(((round.number - 1) / rounds) * webhooks);
    await callers.letGo(quota, from + Math.floor((quota - from) * round.at));
    const what = await stage.strike(round);
    struck.push({ ...round, what });
    say(`round ${round.number} of ${rounds}, ${round.two ? 'two platforms' : 'one platform'}: ${what}; ${round.faults.length} kinds of faults armed; ${callers.sent} webhooks sent`);
    await callers.letGo(quota, quota);
  }
  await load;
  const loadSeconds = (Date.now() - began) / 1000;
  await stage.heal();
  const { quietAfter, stuck } = await quiet(stage, say);
  const accounted = verify({ clients, told: callers.told, stored: read(stage), books: await stage.sandbox('GET', '/state') });
  return { rounds: struck, seed, loadSeconds, quietAfter, stuck, statuses: callers.statuses, accounted };
}

/**
 * One call of each client goes through in peace, so that their access tokens are there: a grant that is good once and
 * whose answer is lost with the process is lost for good, at the real HighLevel too, and every run of that client would be parked.
 */
export async function prime(stage, callers, clients) {
  await callers.letGo(clients, clients);
  const through = await until(() => stage.sql(`SELECT 1 FROM patchbay.run WHERE tenant_id = '${stage.dev.tenantId}' AND status = 'completed';`).length >= clients, 60, 1_000);
  if (!through) throw new Error('The first calls did not come through.');
}

/** Waits until nothing is open, or until nothing changes any more: then the reckoning names what is stuck. */
export async function quiet(stage, say) {
  const began = Date.now();
  let left = {};
  let since = began;
  await until(() => {
    const now = open(stage);
    if (JSON.stringify(now) !== JSON.stringify(left)) since = Date.now();
    left = now;
    return left.runs + left.effects + left.events === 0 || Date.now() - since > PATIENCE_SECONDS * 1000;
  }, 3600, 2_000);
  const quietAfter = (Date.now() - began) / 1000;
  const stuck = left.runs + left.effects + left.events;
  say(stuck === 0 ? `nothing is open any more, ${quietAfter.toFixed(0)} s after the last webhook` : `stuck: ${JSON.stringify(left)}`);
  return { quietAfter, stuck };
}
