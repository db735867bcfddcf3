// ./dev bench ingest: how many webhooks the platform accepts, next to what PostgreSQL alone commits.
import { parseArguments } from '../../tools/arguments.mjs';
import { machine, write } from './report.mjs';
import { Stage } from './stage.mjs';
import { measure } from './throughput.mjs';

const say = (text) => console.log(`      ${text}`);
const options = parseArguments(process.argv.slice(2), { flags: ['quick', 'crash', 'abuse', 'keep'], options: ['seconds', 'rounds', 'connections', 'rate', 'seed', 'kills'] });
const plan = {
  connections: (options.connections ?? '32,64').split(',').map(Number),
  rounds: Number(options.rounds ?? (options.quick ? 1 : 5)),
  seconds: Number(options.seconds ?? (options.quick ? 5 : 15)),
  warmUp: options.quick ? 8 : 20,
  rate: Number(options.rate ?? 0.7),
};

const stage = await Stage.prepare(say);
let failed = false;
try {
  const figures = await measure(stage, plan, say);
  write('ingest', { ...machine(stage), plan, ...figures });
} catch (error) {
  console.error(`\n${error.stack}`);
  failed = true;
} finally {
  if (options.keep) say(`left running in ${stage.settings.data}`);
  else await stage.remove();
}
process.exit(failed ? 1 : 0);
