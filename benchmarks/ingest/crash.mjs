// Load while the platform is killed and started again; afterwards everything that was answered 2xx is stored, once.
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../../tools/processes.mjs';
import { seededRandom } from '../harness/statistics.mjs';
import { verifyLoad } from './stored-rows.mjs';

const ROLES = { PATCHBAY_ROLES: 'ingress,api' };
const ACCEPTED = /^ingress_requests_total\{[^}]*outcome="accepted"[^}]*\} ([0-9.eE+]+)$/m;
const ACTIVE_SESSIONS = "SELECT 1 FROM pg_stat_activity WHERE usename = 'patchbay_app' AND state = 'active';";

/**
 * @param plan.between seconds of load between a start and the next kill, minimum and maximum
 * @param plan.warm webhooks that have to be accepted before that time begins
 */
export async function measureCrashes(stack, { kills, seed, connections, between: [min, max], warm }, log) {
  const random = seededRandom(seed);
  await stack.start(ROLES);
  const seconds = 3600; // it is stopped after the last kill
  let failure;
  const load = stack.runLoad({ prefix: 'c0x', connections, 'lead-in': 0, seconds, retries: 2, duplicates: 3 });
  load.catch((error) => {
    failure = error;
  });
  const awaitLoad = async () => {
    await waitUntil(async () => failure || (await stack.readMetric(ACCEPTED)) >= warm, 60);
    await pause((min + random() * (max - min)) * 1000);
    if (failure) throw failure;
  };
  const restartSeconds = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    await awaitLoad();
    restartSeconds.push(await killAndStart(stack));
    log(`kill ${kill} of ${kills}: ready again after ${restartSeconds.at(-1).toFixed(1)} s`);
  }
  await awaitLoad();
  stack.stopLoad('c0x');
  const { statuses, answers } = await load;
  // A transaction whose client was cut off may still be committing.
  await waitUntil(() => stack.query(ACTIVE_SESSIONS).length === 0, 30, 500);
  return { kills, seed, connections, restartSeconds, statuses, accounted: verifyLoad(stack, 'c0x', answers) };
}

/** Returns the seconds until the platform was ready again. */
async function killAndStart(stack) {
  const startedAt = Date.now();
  await stack.kill();
  await stack.start(ROLES);
  return (Date.now() - startedAt) / 1000;
}
