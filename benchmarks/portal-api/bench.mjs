// ./dev bench portal-api: measures every list, count and figure of the portal over a year of 1,000,000 calls of 200
// clients, and a rebuild that changes nothing.
import { parseOptions, readNumber, readResultName } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { MoneyStack } from '../money/money-stack.mjs';
import { measurePortalApi } from './measure.mjs';
import { BUDGET_MS, formatPortalApi } from './report.mjs';

await runBenchmark(MoneyStack, async (create) => {
  const values = parseOptions(process.argv.slice(2), { options: ['clients', 'calls', 'requests', 'label'] });
  const number = (name, quick, full, max) => readNumber(values, name, { quick, full, max, integer: true });
  const plan = {
    clients: number('clients', 20, 200, 1_000),
    calls: number('calls', 20_000, 1_000_000, 5_000_000),
    requests: number('requests', 40, 200, 10_000),
  };
  const name = readResultName(values, 'portal-api');
  const stack = await create();
  const figures = await measurePortalApi(stack, plan, log);
  writeResult(name, { ...describeOrigin(stack), plan, ...figures }, formatPortalApi);
  const slow = figures.requests.filter(({ p95 }) => p95 >= BUDGET_MS).map(({ title }) => title);
  const failures = [...figures.differences, ...slow.map((title) => `too slow: ${title}`)];
  if (failures.length > 0) throw new Error(failures.join('\n'));
});
