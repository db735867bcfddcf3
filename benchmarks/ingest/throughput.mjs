// Peak throughput beside pgbench's, interleaved; then latency at a fixed rate.
import { setTimeout as pause } from 'node:timers/promises';
import { ofFamily, ofMachine, ofProcess } from './cpu.mjs';
import { emptyTables, findPgbench, prepareTables, runPgbench, writeScript } from './pgbench.mjs';
import { account } from './verifier.mjs';

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export async function measure(stage, { connections, rounds, seconds, warmUp, longestWarmUp, rate }, say) {
  const tool = findPgbench();
  const accounts = [];
  let count = 0;
  const load = async (options) => {
    const prefix = `b${count += 1}x`;
    const run = await metered(stage, { prefix, ...options });
    accounts.push(account(stage, prefix, run.answers));
    if (accounts.at(-1).unaccounted > 0) throw new Error(`unaccounted: ${accounts.at(-1).unaccounted}\n${accounts.at(-1).examples.join('\n')}`);
    return run;
  };

  await stage.start({ PATCHBAY_ROLES: 'ingress,api' });
  prepareTables(stage);
  const first = await stage.load({ prefix: 'b0x', connections: 4, 'lead-in': 0, seconds: 60, most: 50 });
  const script = writeScript(stage);
  accounts.push(account(stage, 'b0x', first.answers));
  await warm(load, warmUp, longestWarmUp, say);

  const peaks = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const clients of connections) {
      const pgbench = await runPgbench(stage, tool, script, { connections: clients, seconds });
      emptyTables(stage);
      const platform = await load({ connections: clients, seconds });
      peaks.push({ round, connections: clients, pgbench, platform });
      say(`round ${round}, ${clients} connections: pgbench ${pgbench.perSecond.toFixed(0)}/s (PostgreSQL ${pgbench.postgresMicros.toFixed(0)} µs), `
        + `platform ${platform.perSecond.toFixed(0)}/s, ratio ${(platform.perSecond / pgbench.perSecond).toFixed(2)}, p99 ${platform.p99.toFixed(1)} ms, `
        + `JVM ${platform.platformMicros.toFixed(0)} µs, PostgreSQL ${platform.postgresMicros.toFixed(0)} µs, batch ${platform.batch.toFixed(1)}, others ${(platform.others * 100).toFixed(0)} %`);
    }
  }
  const summary = connections.map((clients) => summarise(clients, peaks.filter((one) => one.connections === clients)));
  const peak = Math.max(...summary.map((one) => one.platformPerSecond));
  const perSecond = Math.round(rate > 1 ? rate : rate * peak);
  const steady = [];
  for (let round = 1; round <= rounds; round += 1) {
    steady.push(await load({ connections: 256, seconds, rate: perSecond }));
    say(`round ${round}, ${perSecond}/s by the clock: p50 ${steady.at(-1).p50.toFixed(1)} ms, p99 ${steady.at(-1).p99.toFixed(1)} ms, p99.9 ${steady.at(-1).p999.toFixed(1)} ms, others ${(steady.at(-1).others * 100).toFixed(0)} %`);
  }
  const openLoop = { perSecond, ofPeak: perSecond / peak, ...Object.fromEntries(['p50', 'p99', 'p999', 'max', 'others'].map((name) => [name, median(steady.map((one) => one[name]))])) };

  await stage.stopPlatform();
  await stage.start();
  const allRoles = [];
  await warm((options) => load({ ...options, event: 'call_ended' }), warmUp, longestWarmUp, say);
  for (let round = 1; round <= rounds; round += 1) allRoles.push(await load({ connections: 64, seconds, event: 'call_ended' }));
  say(`all roles, 64 connections: ${median(allRoles.map((one) => one.perSecond)).toFixed(0)}/s`);

  const accounted = accounts.reduce((sum, one) => Object.fromEntries(Object.entries(one).filter(([, value]) => typeof value === 'number').map(([name, value]) => [name, (sum[name] ?? 0) + value])), {});
  return {
    pgbenchVersion: tool.version, summary, openLoop,
    allRoles: { connections: 64, perSecond: median(allRoles.map((one) => one.perSecond)), p99: median(allRoles.map((one) => one.p99)) },
    accounted, rounds: peaks,
  };
}

/**
 * At least so long, and until the compiler has done its work: until a request no longer costs the JVM less than before.
 * (Not until the rate stops rising: that also happens when somebody else takes the processor.) One in twenty is a duplicate.
 */
async function warm(load, atLeast, atMost, say) {
  const part = 5;
  let cheapest = Infinity;
  let steady = 0;
  for (let spent = part; spent <= atMost; spent += part) {
    const { perSecond, platformMicros } = await load({ connections: 64, 'lead-in': 0, seconds: part, duplicates: 5 });
    steady = platformMicros < cheapest * 0.95 ? 0 : steady + 1;
    cheapest = Math.min(cheapest, platformMicros);
    if (steady >= 2 && spent >= atLeast) return say(`warm after ${spent} s: ${perSecond.toFixed(0)}/s, JVM ${platformMicros.toFixed(0)} µs a request`);
  }
  return say(`after ${atMost} s of warm-up requests still get cheaper`);
}

function summarise(connections, rounds) {
  const of = (pick) => median(rounds.map(pick));
  return {
    connections,
    platformPerSecond: of((one) => one.platform.perSecond),
    pgbenchPerSecond: of((one) => one.pgbench.perSecond),
    ratio: of((one) => one.platform.perSecond / one.pgbench.perSecond),
    p50: of((one) => one.platform.p50), p99: of((one) => one.platform.p99), p999: of((one) => one.platform.p999),
    platformMicros: of((one) => one.platform.platformMicros),
    postgresMicros: of((one) => one.platform.postgresMicros),
    pgbenchPostgresMicros: of((one) => one.pgbench.postgresMicros),
    batch: of((one) => one.platform.batch),
    others: of((one) => one.platform.others),
  };
}

/** A load with what it cost: processor time and batches between the two marks. */
export async function metered(stage, options) {
  const sample = async () => ({ jvm: ofProcess(stage.pid()), postgres: ofFamily(stage.postgres()), machine: ofMachine(), own: stage.loadMicros(), ...(await batches(stage)) });
  let opened;
  let closed;
  const run = await stage.load(options, (mark) => {
    if (mark === 'open') opened = sample();
    else closed = sample();
  });
  const [from, to] = await Promise.all([opened, closed]);
  const stored = run.perSecond * run.seconds;
  await pause(500);
  return {
    ...run,
    platformMicros: (to.jvm - from.jvm) / stored,
    postgresMicros: (to.postgres - from.postgres) / stored,
    others: others(from, to),
    batch: (to.arrivals - from.arrivals) / (to.count - from.count),
  };
}

/** The share of all processor time that went to programs which are no part of this: above 0.05 the figures are not worth much. */
function others(from, to) {
  const ours = ['jvm', 'postgres', 'own'].reduce((sum, name) => sum + to[name] - from[name], 0);
  const { busy, all } = { busy: to.machine.busy - from.machine.busy, all: to.machine.all - from.machine.all };
  return Math.max(0, (busy - ours) / all);
}

async function batches(stage) {
  const text = await (await fetch(`${stage.settings.platformUrl}/actuator/prometheus`)).text();
  const value = (name) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.eE+-]+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return { count: value('ingress_batch_count'), arrivals: value('ingress_batch_sum') };
}
