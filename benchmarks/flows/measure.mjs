// A closed loop of runs: a fixed number is in flight, and the next webhook is sent when a run has ended.
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { shareOfOthers } from '../harness/processor-time.mjs';
import { median, percentiles, sumMembers } from '../harness/statistics.mjs';
import { readAnswers } from '../ingest/verify.mjs';
import { readDueTimes, verifyRuns } from './verify.mjs';

const FLOW = 'benchmarks/flows/contact-and-text.yaml';

const SUMMARISED = [
  ...['perSecond', 'p50', 'p95', 'p99', 'jvm', 'postgres', 'both', 'transactions', 'wal', 'bytes'],
  ...['accepting', 'starting', 'running', 'others', 'loadAverage'],
];

export async function measureRuns(stack, { inFlight, rounds, seconds, warmUp, longestWarmUp }, log) {
  await stack.startSandbox();
  await stack.start();
  await stack.activateFlow(FLOW);
  const verifications = [];
  const measure = async (options) => {
    const round = await measureRound(stack, { prefix: `f${verifications.length + 1}x`, ...options });
    const { unaccounted, examples } = round.accounted;
    verifications.push(round.accounted);
    if (unaccounted > 0) throw new Error(`unaccounted: ${unaccounted}\n${examples.join('\n')}`);
    return round;
  };
  const mostInFlight = Math.max(...inFlight);
  const load = (part) => measure({ connections: mostInFlight, seconds: part, 'lead-in': 0 });
  await warm(load, { min: warmUp, max: longestWarmUp }, log);
  const measured = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const connections of inFlight) {
      measured.push({ round, inFlight: connections, ...(await measure({ connections, seconds })) });
      log(`round ${round}, ${connections} in flight: ${describeRound(measured.at(-1))}`);
    }
  }
  const summary = inFlight.map((one) => summarise(measured.filter((round) => round.inFlight === one)));
  return { summary, rounds: measured, accounted: sumMembers(verifications) };
}

/** Warms up for the minimum at least, and until the compiler has done its work: until a run stops getting cheaper. */
async function warm(load, { min, max }, log) {
  const seconds = Math.min(10, min);
  let cheapest = Infinity;
  let steady = 0;
  for (let spent = seconds; spent <= max; spent += seconds) {
    const round = await load(seconds);
    log(`warming up: ${describeRound(round)}`);
    steady = round.jvm < cheapest * 0.95 ? 0 : steady + 1;
    cheapest = Math.min(cheapest, round.jvm);
    if (steady >= 3 && spent >= min) return;
  }
  log(`after ${max} s of warm-up runs still get cheaper`);
}

function describeRound({ perSecond, p50, p99, jvm, postgres, transactions, wal, others, loadAverage }) {
  return (
    `${perSecond.toFixed(0)} runs/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; ` +
    `a run: JVM ${jvm.toFixed(2)} ms, PostgreSQL ${postgres.toFixed(2)} ms, ` +
    `${transactions.toFixed(1)} transactions, ${(wal / 1024).toFixed(1)} KiB of log; ` +
    `others ${(others * 100).toFixed(0)} %, load average ${loadAverage.toFixed(1)}`
  );
}

async function measureRound(stack, options) {
  await stack.resetProviders();
  const before = stack.readWrites();
  const { opened, closed, answers, watcherTransactions } = await runLoad(stack, options);
  // The end of a run may still be written; sessions report their counts within a second.
  await pause(1_500);
  const after = stack.readWrites();
  const runs = stack.readRuns(options.prefix);
  const due = readDueTimes(answers);
  const accounted = verifyRuns(readAnswers(answers), runs, await stack.readProviders());
  const isWithin = (time) => time >= opened.at && time < closed.at;
  const ended = runs.filter((run) => isWithin(run.ended));
  const dueWithin = runs.filter((run) => isWithin(due.get(run.id)));
  const waits = (from, to) => percentiles(dueWithin.map((run) => to(run) - from(run)));
  const cost = (name) => (closed[name] - opened[name]) / 1_000 / ended.length;
  const writes = (name) => (after[name] - before[name]) / runs.length;
  const dueTime = (run) => due.get(run.id);
  return {
    perSecond: ended.length / ((closed.at - opened.at) / 1000),
    runs: runs.length,
    ...waits(dueTime, (run) => run.ended),
    jvm: cost('jvm'),
    postgres: cost('postgres'),
    both: cost('jvm') + cost('postgres'),
    transactions: writes('transactions') - watcherTransactions / runs.length,
    wal: writes('wal'),
    bytes: writes('bytes'),
    accepting: waits(dueTime, (run) => run.received).p50,
    starting: waits(
      (run) => run.received,
      (run) => run.started,
    ).p50,
    running: waits(
      (run) => run.started,
      (run) => run.ended,
    ).p50,
    others: shareOfOthers(opened, closed),
    loadAverage: os.loadavg()[0],
    accounted,
  };
}

/** Runs the load generator, which watches runs through a database session of its own and reports that session's pid. */
async function runLoad(stack, options) {
  const { url, user } = stack.dev.database;
  let watcher;
  const result = {};
  const target = { flow: stack.flow, tenant: stack.dev.tenantId, url, user };
  const { answers } = await stack.runLoad({ ...options, ...target }, (mark) => {
    const [name, value] = mark.split(' ');
    if (name === 'follower') watcher = Number(value);
    else if (name === 'questions') result.watcherTransactions = Number(value);
    else result[name === 'open' ? 'opened' : 'closed'] = stack.readProcessorTime(watcher);
  });
  return { ...result, answers };
}

/** Each figure as its median, with the minimum and maximum of the rounds. */
function summarise(rounds) {
  const figures = SUMMARISED.map((name) => {
    const values = rounds.map((round) => round[name]);
    return [name, { median: median(values), least: Math.min(...values), most: Math.max(...values) }];
  });
  return { inFlight: rounds[0].inFlight, ...Object.fromEntries(figures) };
}
