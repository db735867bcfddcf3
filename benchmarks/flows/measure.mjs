// A closed loop of runs: so many are under way at any time, and each webhook is sent when a run before it has ended.
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { readAnswers } from '../ingest/verifier.mjs';
import { median } from '../ingest/throughput.mjs';
import { sent, verify } from './verify.mjs';

const FLOW = 'benchmarks/flows/contact-and-text.yaml';

export async function measure(stage, { inFlight, rounds, seconds, warmUp, longestWarmUp }, say) {
  await stage.startSandbox();
  await stage.start();
  await stage.employ(FLOW);
  let count = 0;
  const load = (options) => round(stage, { prefix: `f${count += 1}x`, ...options });
  const accounted = [];
  const note = (one) => {
    accounted.push(one.accounted);
    if (one.accounted.unaccounted > 0) throw new Error(`unaccounted: ${one.accounted.unaccounted}\n${one.accounted.examples.join('\n')}`);
    return one;
  };
  await warm(async (part) => note(await load({ connections: Math.max(...inFlight), seconds: part, 'lead-in': 0 })), warmUp, longestWarmUp, say);
  const measured = [];
  for (let number = 1; number <= rounds; number += 1) {
    for (const connections of inFlight) {
      measured.push({ round: number, inFlight: connections, ...note(await load({ connections, seconds })) });
      say(`round ${number}, ${connections} in flight: ${line(measured.at(-1))}`);
    }
  }
  return {
    summary: inFlight.map((one) => summarise(measured.filter((each) => each.inFlight === one))), rounds: measured,
    accounted: accounted.reduce((sum, one) => Object.fromEntries(Object.entries(one).filter(([, value]) => typeof value === 'number').map(([name, value]) => [name, (sum[name] ?? 0) + value])), {}),
  };
}

/** At least so long, and until the compiler has done its work: until a run no longer costs the JVM less than before. */
async function warm(load, atLeast, atMost, say) {
  const part = Math.min(10, atLeast);
  let cheapest = Infinity;
  let steady = 0;
  for (let spent = part; spent <= atMost; spent += part) {
    const one = await load(part);
    say(`warming up: ${line(one)}`);
    steady = one.jvm < cheapest * 0.95 ? 0 : steady + 1;
    cheapest = Math.min(cheapest, one.jvm);
    if (steady >= 3 && spent >= atLeast) return;
  }
  say(`after ${atMost} s of warm-up runs still get cheaper`);
}

const line = (one) => `${one.perSecond.toFixed(0)} runs/s, p50 ${one.p50.toFixed(0)} ms, p99 ${one.p99.toFixed(0)} ms; a run: JVM ${one.jvm.toFixed(2)} ms, PostgreSQL ${one.postgres.toFixed(2)} ms, `
  + `${one.transactions.toFixed(1)} transactions, ${(one.wal / 1024).toFixed(1)} KiB of log; others ${(one.others * 100).toFixed(0)} %, load average ${one.loadAverage.toFixed(1)}`;

async function round(stage, options) {
  await stage.emptyBooks();
  const before = stage.written();
  let follower;
  let questions;
  let opened;
  let closed;
  const { url, user } = stage.dev.database;
  const run = await stage.load({ ...options, flow: stage.flow, tenant: stage.dev.tenantId, url, user }, (mark) => {
    if (mark.startsWith('follower')) follower = Number(mark.split(' ')[1]);
    else if (mark.startsWith('questions')) questions = Number(mark.split(' ')[1]);
    else if (mark === 'open') opened = stage.processors(follower);
    else closed = stage.processors(follower);
  });
  // What ends a run may still be writing; sessions tell their counts within a second.
  await pause(1_500);
  const after = stage.written();
  const runs = stage.runs(options.prefix);
  const due = sent(run.answers);
  const accounted = verify(readAnswers(run.answers), runs, await stage.sandbox('GET', '/state'));
  const within = runs.filter((one) => one.ended >= opened.at && one.ended < closed.at);
  const waits = (from, to) => percentiles(runs.filter((one) => due.get(one.id) >= opened.at && due.get(one.id) < closed.at)
    .map((one) => to(one) - from(one)));
  const endToEnd = waits((one) => due.get(one.id), (one) => one.ended);
  const cost = (name) => (closed[name] - opened[name]) / 1_000 / within.length;
  const each = (name) => (after[name] - before[name]) / runs.length;
  return {
    perSecond: within.length / ((closed.at - opened.at) / 1000), runs: runs.length, ...endToEnd,
    jvm: cost('jvm'), postgres: cost('postgres'), both: cost('jvm') + cost('postgres'),
    transactions: (after.transactions - before.transactions - questions) / runs.length, wal: each('wal'), bytes: each('bytes'),
    accepting: waits((one) => due.get(one.id), (one) => one.received).p50, starting: waits((one) => one.received, (one) => one.started).p50,
    running: waits((one) => one.started, (one) => one.ended).p50,
    others: others(opened, closed), loadAverage: os.loadavg()[0], accounted,
  };
}

function percentiles(values) {
  const sorted = values.sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) };
}

/** The share of all processor time that went to programs which are no part of this. */
function others(from, to) {
  const ours = ['jvm', 'postgres', 'own'].reduce((sum, name) => sum + to[name] - from[name], 0);
  return Math.max(0, (to.machine.busy - from.machine.busy - ours) / (to.machine.all - from.machine.all));
}

const FIGURES = ['perSecond', 'p50', 'p95', 'p99', 'jvm', 'postgres', 'both', 'transactions', 'wal', 'bytes', 'accepting', 'starting', 'running', 'others', 'loadAverage'];

/** Each figure as its median, with the least and the most of the rounds. */
function summarise(rounds) {
  const of = (name) => {
    const values = rounds.map((one) => one[name]);
    return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
  };
  return { inFlight: rounds[0].inFlight, ...Object.fromEntries(FIGURES.map((name) => [name, of(name)])) };
}
