// ./dev bench ingest: webhooks a second beside what PostgreSQL alone commits; --crash and --abuse are proofs, --quick a trial.
import { parseOptions, readNumber, readNumbers } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { LoadStack } from '../harness/load-stack.mjs';
import { measureAbuse } from './abuse.mjs';
import { measureCrashes } from './crash.mjs';
import { formatAbuse, formatCrashes, formatThroughput } from './report.mjs';
import { measureThroughput } from './throughput.mjs';

await runBenchmark(LoadStack, async (create) => {
  const { name, measure, format, plan } = readMode(process.argv.slice(2));
  const stack = await create();
  const figures = await measure(stack, plan, log);
  writeResult(name, { ...describeOrigin(stack), plan, ...figures }, format);
  log(`unaccounted: ${figures.accounted.unaccounted}`);
  if (figures.accounted.unaccounted > 0) throw new Error(figures.accounted.examples.join('\n'));
});

function readMode(args) {
  const options = ['seconds', 'rounds', 'connections', 'rate', 'kills', 'seed'];
  const values = parseOptions(args, { flags: ['crash', 'abuse'], options });
  if (values.crash) {
    return { name: 'ingest-crash', measure: measureCrashes, format: formatCrashes, plan: readCrashPlan(values) };
  }
  if (values.abuse) {
    return { name: 'ingest-abuse', measure: measureAbuse, format: formatAbuse, plan: readAbusePlan(values) };
  }
  return { name: 'ingest', measure: measureThroughput, format: formatThroughput, plan: readThroughputPlan(values) };
}

function number(values, name, quick, full) {
  return readNumber(values, name, { quick, full, max: 100_000 });
}

function readCrashPlan(values) {
  return {
    kills: number(values, 'kills', 2, 8),
    seed: number(values, 'seed', 1, 1),
    connections: number(values, 'connections', 32, 32),
    between: [2, 6],
    warm: 500,
  };
}

function readAbusePlan(values) {
  return {
    seconds: number(values, 'seconds', 6, 30),
    genuinePerSecond: number(values, 'rate', 50, 50),
    forgedPerSecond: 10_000,
    warmUp: number(values, 'seconds', 8, 20),
  };
}

function readThroughputPlan(values) {
  return {
    connections: readNumbers(values, 'connections', { standard: '32,64', max: 1024 }),
    rounds: number(values, 'rounds', 1, 5),
    seconds: number(values, 'seconds', 4, 15),
    warmUp: values.quick ? 5 : 20,
    longestWarmUp: values.quick ? 10 : 150,
    rate: number(values, 'rate', 0.7, 0.7),
  };
}
