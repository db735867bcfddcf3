// ./dev bench money: a month of calls, corrected for 20 days, collected and reconciled to 0.00; --crash kills platform and PostgreSQL.
import { parseOptions, readNumber } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { MoneyStack } from './money-stack.mjs';
import { measureMoney } from './measure.mjs';
import { formatMoney } from './report.mjs';

await runBenchmark(MoneyStack, async (create) => {
  const values = parseOptions(process.argv.slice(2), {
    flags: ['crash'],
    options: ['calls', 'seed', 'clients', 'every'],
  });
  const number = (name, quick, full, max) => readNumber(values, name, { quick, full, max, integer: true });
  const plan = {
    calls: number('calls', 2_000, 100_000, 1_000_000),
    seed: number('seed', 1, 1, 2 ** 31),
    clients: number('clients', 6, 24, 200),
    crash: values.crash === true,
    everySeconds: number('every', 5, 5, 600),
  };
  const stack = await create();
  const figures = await measureMoney(stack, plan, log);
  writeResult(plan.crash ? 'money-crash' : 'money', { ...describeOrigin(stack), plan, ...figures }, formatMoney);
  if (figures.accounted.unaccounted > 0) throw new Error(figures.accounted.examples.join('\n'));
});
