// ./dev bench neighbours: one agency attacks while another one works; compares its latency under each attack with its
// quiet one.
import { setTimeout as pause } from 'node:timers/promises';
import { LoadStack } from '../harness/load-stack.mjs';
import { parseOptions, readNumber, readResultName } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { ATTACKS, prepareAttacks } from './attacks.mjs';
import { Neighbour } from './neighbour.mjs';
import { formatNeighbours, isWithinBudget } from './report.mjs';

await runBenchmark(LoadStack, async (create) => {
  const { name, plan } = readPlan(process.argv.slice(2));
  const stack = await create();
  await stack.startSandbox();
  await stack.start();
  const neighbour = Neighbour.create(stack);
  const attacker = await prepareAttacks(stack);
  await neighbour.measure(plan.seconds); // This run only warms the compiler up.
  const attacks = [];
  for (const attack of ATTACKS) {
    log(attack.title);
    const quiet = await neighbour.measure(plan.seconds);
    let isRunning = true;
    const attacking = attack.run(attacker, () => isRunning);
    await pause(500);
    const attacked = await neighbour.measure(plan.seconds);
    isRunning = false;
    attacks.push({ title: attack.title, quiet, attacked, sent: await attacking });
    await pause(plan.restMs);
  }
  writeResult(name, { ...describeOrigin(stack), plan, attacks }, formatNeighbours);
  if (!plan.quick && !attacks.every(isWithinBudget)) {
    throw new Error('Another agency waited more than twice its quiet time; the page says under which attack.');
  }
});

function readPlan(args) {
  const values = parseOptions(args, { options: ['seconds', 'label'] });
  const seconds = readNumber(values, 'seconds', { quick: 4, full: 20, max: 600, integer: true });
  const plan = { seconds, restMs: values.quick ? 1_000 : 10_000, quick: values.quick ?? false };
  return { name: readResultName(values, 'neighbours'), plan };
}
