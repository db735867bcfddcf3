// ./dev bench flows: runs a second and what one run costs, from its webhook over two calls outside to its end; --quick is a trial.
import { parseOptions, readNumber, readNumbers, readResultName } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { FlowStack } from './flow-stack.mjs';
import { measureRuns } from './measure.mjs';
import { measureN8n } from './n8n.mjs';
import { formatFlows } from './report.mjs';

await runBenchmark(FlowStack, async (create) => {
  const { name, plan, n8n } = readPlan(process.argv.slice(2));
  const stack = await create();
  const figures = await measureRuns(stack, plan, log);
  if (n8n) {
    // One after the other: both would use the same cores.
    await stack.stopPlatform();
    figures.n8n = await measureN8n(n8n, { connections: plan.inFlight[0], ...plan }, log);
  }
  writeResult(name, { ...describeOrigin(stack), plan, ...figures }, formatFlows);
});

function readPlan(args) {
  const values = parseOptions(args, { options: ['seconds', 'rounds', 'in-flight', 'label', 'n8n', 'n8n-postgres'] });
  if (values.n8n && !['127.0.0.1', 'localhost'].includes(new URL(values.n8n).hostname)) {
    throw new Error('--n8n takes the address of a webhook on this machine');
  }
  return {
    name: readResultName(values, 'flows'),
    n8n: values.n8n && { url: values.n8n, postgres: Number(values['n8n-postgres'] ?? 0) },
    plan: {
      inFlight: readNumbers(values, 'in-flight', { standard: '8,32', max: 256 }),
      rounds: readNumber(values, 'rounds', { quick: 1, full: 5, max: 3_600 }),
      seconds: readNumber(values, 'seconds', { quick: 5, full: 15, max: 3_600 }),
      warmUp: values.quick ? 5 : 20,
      longestWarmUp: values.quick ? 5 : 200,
    },
  };
}
