// ./dev bench ingest: webhooks a second beside what PostgreSQL alone commits; --crash, --abuse: the proofs; --quick: a minute.
import { parseArguments } from '../../tools/arguments.mjs';
import { abuse } from './abuse.mjs';
import { crash } from './crash.mjs';
import { machine, write } from './report.mjs';
import { Stage } from './stage.mjs';
import { measure } from './throughput.mjs';

const say = (text) => console.log(`      ${text}`);

function read(words) {
  const given = parseArguments(words, { flags: ['quick', 'crash', 'abuse'], options: ['seconds', 'rounds', 'connections', 'rate', 'kills', 'seed'] });
  const number = (name, quick, full) => {
    const value = Number(given[name] ?? (given.quick ? quick : full));
    if (!(value > 0 && value <= 100_000)) throw new Error(`--${name} wants a number above 0`);
    return value;
  };
  if (given.crash) {
    return ['ingest-crash', crash, { kills: number('kills', 2, 8), seed: number('seed', 1, 1), connections: number('connections', 32, 32), between: [2, 6], warm: 500 }];
  }
  if (given.abuse) {
    return ['ingest-abuse', abuse, { seconds: number('seconds', 6, 30), genuinePerSecond: number('rate', 50, 50), forgedPerSecond: 10_000, warmUp: number('seconds', 8, 20) }];
  }
  return ['ingest', measure, {
    connections: (given.connections ?? '32,64').split(',').map(Number), rounds: number('rounds', 1, 5), seconds: number('seconds', 4, 15),
    warmUp: given.quick ? 5 : 20, longestWarmUp: given.quick ? 10 : 150, rate: number('rate', 0.7, 0.7),
  }];
}

let stage;
try {
  const [name, run, plan] = read(process.argv.slice(2));
  stage = await Stage.prepare(say);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stage.remove().finally(() => process.exit(130)));
  const figures = await run(stage, plan, say);
  write(name, { ...machine(stage), plan, ...figures });
  console.log(`      unaccounted: ${figures.accounted.unaccounted}`);
  if (figures.accounted.unaccounted > 0) throw new Error(figures.accounted.examples.join('\n'));
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stage?.remove();
}
