// ./dev bench flows: runs a second and what a run costs: a webhook, two acts outside, to its end; --quick: to see that it works.
import { parseArguments } from '../../tools/arguments.mjs';
import { machine, write } from '../ingest/report.mjs';
import { measure } from './measure.mjs';
import { measureN8n } from './n8n.mjs';
import { page } from './page.mjs';
import { FlowStage } from './stage.mjs';

const say = (text) => console.log(`      ${text}`);

function read(words) {
  const given = parseArguments(words, { flags: ['quick'], options: ['seconds', 'rounds', 'in-flight', 'label', 'n8n', 'n8n-postgres'] });
  const number = (name, quick, full) => {
    const value = Number(given[name] ?? (given.quick ? quick : full));
    if (!(value > 0 && value <= 3_600)) throw new Error(`--${name} wants a number above 0`);
    return value;
  };
  const inFlight = (given['in-flight'] ?? '8,32').split(',').map(Number);
  if (!inFlight.every((one) => Number.isInteger(one) && one > 0 && one <= 256)) throw new Error('--in-flight wants numbers up to 256, like 8,32');
  if (given.label && !/^[a-z0-9-]+$/.test(given.label)) throw new Error('--label wants lower-case letters, digits and dashes');
  if (given.n8n && !['127.0.0.1', 'localhost'].includes(new URL(given.n8n).hostname)) throw new Error('--n8n wants the address of a webhook on this machine');
  return { label: given.label, n8n: given.n8n && { url: given.n8n, postgres: Number(given['n8n-postgres'] ?? 0) }, plan: { inFlight, rounds: number('rounds', 1, 5), seconds: number('seconds', 5, 15), warmUp: given.quick ? 5 : 20, longestWarmUp: given.quick ? 5 : 200 } };
}

let stage;
try {
  const { label, plan, n8n } = read(process.argv.slice(2));
  stage = await FlowStage.prepare(say);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stage.remove().finally(() => process.exit(130)));
  const figures = await measure(stage, plan, say);
  if (n8n) {
    // One after the other: both would want the same cores.
    await stage.stopPlatform();
    figures.n8n = await measureN8n(n8n, { connections: plan.inFlight[0], ...plan }, say);
  }
  write(label ? `flows-${label}` : 'flows', { ...machine(stage), plan, ...figures }, page);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stage?.remove();
}
