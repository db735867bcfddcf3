// Peak throughput beside pgbench's, in turn; then latency at a fixed rate.
import { setTimeout as pause } from 'node:timers/promises';
import { readFamilyTime, readMachineTime, readProcessTime, shareOfOthers } from '../harness/processor-time.mjs';
import { median, sumMembers } from '../harness/statistics.mjs';
import { emptyTables, findPgbench, prepareTables, runPgbench, writeScript } from './pgbench.mjs';
import { verifyLoad } from './stored-rows.mjs';

const DUPLICATES_PERCENT = 5;
const STEADY_MEMBERS = ['p50', 'p99', 'p999', 'max', 'others'];
const BATCH_COUNT = /^ingress_batch_count(?:\{[^}]*\})? ([0-9.eE+-]+)$/m;
const BATCH_SUM = /^ingress_batch_sum(?:\{[^}]*\})? ([0-9.eE+-]+)$/m;

export async function measureThroughput(stack, plan, log) {
  const pgbench = findPgbench();
  const measurement = new Throughput(stack, plan, log, pgbench);
  const rounds = await measurement.measurePeaks();
  const summary = plan.connections.map((connections) =>
    summarise(
      connections,
      rounds.filter((one) => one.connections === connections),
    ),
  );
  const openLoop = await measurement.measureLatency(Math.max(...summary.map((one) => one.platformPerSecond)));
  const allRoles = await measurement.measureAllRoles();
  const accounted = sumMembers(measurement.verifications);
  return { pgbenchVersion: pgbench.version, summary, openLoop, allRoles, accounted, rounds };
}

class Throughput {
  verifications = [];
  #count = 0;

  constructor(stack, plan, log, pgbench) {
    Object.assign(this, { stack, plan, log, pgbench });
  }

  /** Platform and pgbench in turn, so that both run under the same other load. */
  async measurePeaks() {
    const { stack, plan } = this;
    await stack.start({ PATCHBAY_ROLES: 'ingress,api' });
    prepareTables(stack);
    const first = await stack.runLoad({ prefix: 'b0x', connections: 4, 'lead-in': 0, seconds: 60, most: 50 });
    const script = writeScript(stack);
    this.#verify('b0x', first.answers);
    await this.#warmUp();
    const peaks = [];
    for (let round = 1; round <= plan.rounds; round += 1) {
      for (const connections of plan.connections) {
        const load = { connections, seconds: plan.seconds };
        const pgbench = await runPgbench(stack, this.pgbench, script, load);
        emptyTables(stack);
        const platform = await this.#load(load);
        peaks.push({ round, connections, pgbench, platform });
        this.log(`round ${round}, ${connections} connections: ${describePeak(pgbench, platform)}`);
      }
    }
    return peaks;
  }

  /** Arrivals by the clock, latency from the intended time. */
  async measureLatency(peak) {
    const { rate, rounds, seconds } = this.plan;
    const perSecond = Math.round(rate > 1 ? rate : rate * peak);
    const steady = [];
    for (let round = 1; round <= rounds; round += 1) {
      const one = await this.#load({ connections: 256, seconds, rate: perSecond });
      steady.push(one);
      this.log(
        `round ${round}, ${perSecond}/s by the clock: p50 ${one.p50.toFixed(1)} ms, p99 ${one.p99.toFixed(1)} ms, p99.9 ${one.p999.toFixed(1)} ms, others ${(one.others * 100).toFixed(0)} %`,
      );
    }
    const medians = STEADY_MEMBERS.map((name) => [name, median(steady.map((one) => one[name]))]);
    return { perSecond, ofPeak: perSecond / peak, ...Object.fromEntries(medians) };
  }

  /** With workers in the same process. */
  async measureAllRoles() {
    const { stack, plan } = this;
    await stack.stopPlatform();
    await stack.start();
    const event = { event: 'call_ended' };
    await this.#warmUp(event);
    const rounds = [];
    for (let round = 1; round <= plan.rounds; round += 1) {
      rounds.push(await this.#load({ connections: 64, seconds: plan.seconds, ...event }));
    }
    const perSecond = median(rounds.map((one) => one.perSecond));
    this.log(`all roles, 64 connections: ${perSecond.toFixed(0)}/s`);
    return { connections: 64, perSecond, p99: median(rounds.map((one) => one.p99)) };
  }

  /**
   * Warms up for the minimum at least, and until the compiler has done its work: until a request stops getting cheaper
   * for the JVM. (The rate also stops rising when another program takes the processor.)
   */
  async #warmUp(event = {}) {
    const { warmUp: min, longestWarmUp: max } = this.plan;
    const seconds = 5;
    let cheapest = Infinity;
    let steady = 0;
    for (let spent = seconds; spent <= max; spent += seconds) {
      const load = { connections: 64, 'lead-in': 0, seconds, duplicates: DUPLICATES_PERCENT, ...event };
      const { perSecond, platformMicros } = await this.#load(load);
      steady = platformMicros < cheapest * 0.95 ? 0 : steady + 1;
      cheapest = Math.min(cheapest, platformMicros);
      if (steady >= 2 && spent >= min) {
        this.log(`warm after ${spent} s: ${perSecond.toFixed(0)}/s, JVM ${platformMicros.toFixed(0)} µs a request`);
        return;
      }
    }
    this.log(`after ${max} s of warm-up requests still get cheaper`);
  }

  async #load(options) {
    const prefix = `b${(this.#count += 1)}x`;
    const figures = await runMeteredLoad(this.stack, { prefix, ...options });
    const { unaccounted, examples } = this.#verify(prefix, figures.answers);
    if (unaccounted > 0) throw new Error(`unaccounted: ${unaccounted}\n${examples.join('\n')}`);
    return figures;
  }

  #verify(prefix, answers) {
    this.verifications.push(verifyLoad(this.stack, prefix, answers));
    return this.verifications.at(-1);
  }
}

function describePeak(pgbench, platform) {
  return (
    `pgbench ${pgbench.perSecond.toFixed(0)}/s (PostgreSQL ${pgbench.postgresMicros.toFixed(0)} µs), ` +
    `platform ${platform.perSecond.toFixed(0)}/s, ratio ${(platform.perSecond / pgbench.perSecond).toFixed(2)}, ` +
    `p99 ${platform.p99.toFixed(1)} ms, JVM ${platform.platformMicros.toFixed(0)} µs, ` +
    `PostgreSQL ${platform.postgresMicros.toFixed(0)} µs, batch ${platform.batch.toFixed(1)}, ` +
    `others ${(platform.others * 100).toFixed(0)} %`
  );
}

function summarise(connections, rounds) {
  const of = (pick) => median(rounds.map(pick));
  return {
    connections,
    platformPerSecond: of((one) => one.platform.perSecond),
    pgbenchPerSecond: of((one) => one.pgbench.perSecond),
    ratio: of((one) => one.platform.perSecond / one.pgbench.perSecond),
    p50: of((one) => one.platform.p50),
    p99: of((one) => one.platform.p99),
    p999: of((one) => one.platform.p999),
    platformMicros: of((one) => one.platform.platformMicros),
    postgresMicros: of((one) => one.platform.postgresMicros),
    pgbenchPostgresMicros: of((one) => one.pgbench.postgresMicros),
    batch: of((one) => one.platform.batch),
    others: of((one) => one.platform.others),
  };
}

/** Runs a load and adds its cost: processor time a request and the mean batch, between the two marks. */
async function runMeteredLoad(stack, options) {
  const sample = async () => ({
    jvm: readProcessTime(stack.platformPid()),
    postgres: readFamilyTime(stack.postgresPid()),
    machine: readMachineTime(),
    own: stack.readLoadTime(),
    batches: await stack.readMetric(BATCH_COUNT),
    webhooks: await stack.readMetric(BATCH_SUM),
  });
  let opened;
  let closed;
  const figures = await stack.runLoad(options, (mark) => {
    if (mark === 'open') opened = sample();
    else closed = sample();
  });
  const [from, to] = await Promise.all([opened, closed]);
  const stored = figures.perSecond * figures.seconds;
  await pause(500);
  return {
    ...figures,
    platformMicros: (to.jvm - from.jvm) / stored,
    postgresMicros: (to.postgres - from.postgres) / stored,
    others: shareOfOthers(from, to),
    batch: (to.webhooks - from.webhooks) / (to.batches - from.batches),
  };
}
