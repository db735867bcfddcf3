// ./dev bench crash: kills, freezes and cuts off everything under load, and accounts for every call: nothing lost, nothing doubled.
import { parseOptions, readNumber, readResultName } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { measureCrashes } from './crash.mjs';
import { CrashStack, TIMINGS } from './crash-stack.mjs';
import { formatCrashes } from './report.mjs';

await runBenchmark(CrashStack, async (create) => {
  const { name, plan } = readPlan(process.argv.slice(2));
  const stack = await create();
  log(`seed ${plan.seed}: the same seed injects the same faults`);
  const figures = await measureCrashes(stack, plan, log);
  writeResult(name, { ...describeOrigin(stack), plan, timings: TIMINGS, ...figures }, formatCrashes);
  if (figures.stuck > 0) throw new Error(`stuck: ${figures.stuck}`);
  if (figures.accounted.unaccounted > 0) throw new Error(figures.accounted.examples.join('\n'));
});

function readPlan(args) {
  const values = parseOptions(args, { options: ['rounds', 'seed', 'webhooks', 'rate', 'label'] });
  const number = (name, quick, full) => readNumber(values, name, { quick, full, max: 100_000, integer: true });
  const plan = {
    rounds: number('rounds', 4, 30),
    seed: number('seed', 1, 1),
    webhooks: number('webhooks', 200, 10_000),
    perSecond: number('rate', 10, 20),
  };
  return { name: readResultName(values, 'crash'), plan };
}
