// Load while the platform is killed and started again; afterwards everything that was answered 2xx is there, once.
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../tools/processes.mjs';
import { account } from './verifier.mjs';

/** The same seed kills at the same moments (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param plan.between seconds of load between a start and the next kill, at least and at most
 * @param plan.warm how many webhooks have to be accepted before that time begins
 */
export async function crash(stage, { kills, seed, connections, between: [least, most], warm }, say) {
  const random = chance(seed);
  const roles = { PATCHBAY_ROLES: 'ingress,api' };
  await stage.start(roles);
  const seconds = 3600; // it is stopped when all kills are done
  let failure;
  const load = stage.load({ prefix: 'c0x', connections, 'lead-in': 0, seconds, retries: 2, duplicates: 3 });
  load.catch((died) => { failure = died; });
  const restartSeconds = [];
  const underLoad = async () => {
    await until(async () => failure || (await accepted(stage)) >= warm, 60);
    await pause((least + random() * (most - least)) * 1000);
    if (failure) throw failure;
  };
  for (let kill = 1; kill <= kills; kill += 1) {
    await underLoad();
    const at = Date.now();
    await stage.kill();
    await stage.start(roles);
    restartSeconds.push((Date.now() - at) / 1000);
    say(`kill ${kill} of ${kills}: ready again after ${restartSeconds.at(-1).toFixed(1)} s`);
  }
  await underLoad();
  stage.stopLoad('c0x');
  const { statuses, answers } = await load;
  // What was cut off may still be committing.
  await until(() => stage.sql("SELECT 1 FROM pg_stat_activity WHERE usename = 'patchbay_app' AND state = 'active';").length === 0, 30, 500);
  return { kills, seed, connections, restartSeconds, statuses, accounted: account(stage, 'c0x', answers) };
}

/** Since this platform started. */
async function accepted(stage) {
  const text = await (await fetch(`${stage.settings.platformUrl}/actuator/prometheus`)).text();
  return Number(/^ingress_requests_total\{[^}]*outcome="accepted"[^}]*\} ([0-9.eE+]+)$/m.exec(text)?.[1] ?? 0);
}
