// ./dev bench crash: everything is killed, frozen and cut off under load; then nothing is lost and nothing doubled.
import { parseArguments } from '../../tools/arguments.mjs';
import { machine, write } from '../ingest/report.mjs';
import { crash } from './crash.mjs';
import { page } from './page.mjs';
import { CrashStage, TIMINGS } from './stage.mjs';

const say = (text) => console.log(`      ${text}`);

function read(words) {
  const given = parseArguments(words, { flags: ['quick'], options: ['rounds', 'seed', 'webhooks', 'rate', 'label'] });
  const number = (name, quick, full) => {
    const value = Number(given[name] ?? (given.quick ? quick : full));
    if (!(Number.isInteger(value) && value > 0 && value <= 100_000)) throw new Error(`--${name} wants a whole number from 1 to 100,000`);
    return value;
  };
  if (given.label && !/^[a-z0-9-]+$/.test(given.label)) throw new Error('--label wants lower-case letters, digits and dashes');
  return { label: given.label, plan: { rounds: number('rounds', 4, 30), seed: number('seed', 1, 1), webhooks: number('webhooks', 200, 10_000), perSecond: number('rate', 10, 20) } };
}

let stage;
try {
  const { label, plan } = read(process.argv.slice(2));
  stage = await CrashStage.prepare(() => {});
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stage.remove().finally(() => process.exit(130)));
  say(`seed ${plan.seed}: the same seed strikes the same blows`);
  const figures = await crash(stage, plan, say);
  write(label ? `crash-${label}` : 'crash', { ...machine(stage), plan, timings: TIMINGS, ...figures }, page);
  if (figures.stuck > 0) throw new Error(`stuck: ${figures.stuck}`);
  if (figures.accounted.unaccounted > 0) throw new Error(figures.accounted.examples.join('\n'));
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stage?.remove();
}
