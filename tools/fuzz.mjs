import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArguments } from './arguments.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const platform = 'apps/platform';
const language = 'libs/flow-language';
const samples = (provider) => `contracts/providers/${provider}/samples`;

/**
 * What is fuzzed: a harness beside the code it looks at, how often it runs in the gate, and where its first inputs come from:
 * folders of files, and files of inputs parted by lines of %%.
 */
export const targets = {
  retell: { module: platform, harness: 'dev.patchbay.integrations.retell.RetellFuzz', runs: 12_000, seeds: [samples('retell')] },
  twilio: { module: platform, harness: 'dev.patchbay.integrations.twilio.TwilioFuzz', runs: 6_000, seeds: [samples('twilio')] },
  highlevel: { module: platform, harness: 'dev.patchbay.integrations.highlevel.HighLevelFuzz', runs: 6_000, seeds: [] },
  stripe: { module: platform, harness: 'dev.patchbay.integrations.stripe.StripeFuzz', runs: 12_000, seeds: [samples('stripe')] },
  flow: { module: language, harness: 'dev.patchbay.flowlanguage.FlowFileFuzz', runs: 3_000, seeds: ['flows', 'flows/valid', 'flows/invalid'] },
  expression: { module: language, harness: 'dev.patchbay.flowlanguage.expression.ExpressionFuzz', runs: 6_000, seeds: [] },
  address: { module: platform, harness: 'dev.patchbay.connections.http.EgressPolicyFuzz', runs: 30_000, seeds: [] },
  redaction: { module: platform, harness: 'dev.patchbay.kernel.RedactionFuzz', runs: 2_500, seeds: [] },
};

/** The harness's file. */
export const source = ({ module, harness }) => path.join(root, module, 'src/test/java', `${harness.replaceAll('.', '/')}.java`);

/** Inputs kept for this target alone: a file of readable ones, and a folder of those that once broke something. */
export const kept = (name) => [`${targets[name].module}/src/test/fuzz/${name}.seeds`, `${targets[name].module}/src/test/fuzz/${name}`];

/** One input a block. */
export const split = (text) => text.split(/^%%\n/m).map((block) => block.replace(/\n$/, '')).filter((block) => block !== '');

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

function list() {
  console.log('Fuzz tests: ./dev fuzz <name> [--minutes 5] (docs/security/fuzzing.md)');
  for (const name of Object.keys(targets)) {
    const [, sentence] = /^\/\*\*\s*(?:\* )?([^:]*?)[:.]/ms.exec(fs.readFileSync(source(targets[name]), 'utf8')) ?? [];
    console.log(`  ${name.padEnd(12)}${sentence.replaceAll(/\s*\n \*\s*/g, ' ')}`);
  }
}

const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const heard = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => heard.push(data));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => resolve({ code, text: Buffer.concat(heard).toString() }));
  });

/** The folders the fuzzer reads; it writes what it finds into the first. */
function corpus(name, home) {
  const { module, seeds } = targets[name];
  const written = path.join(home, 'seeds');
  fs.rmSync(written, { recursive: true, force: true });
  fs.mkdirSync(written, { recursive: true });
  const folders = [...seeds, ...kept(name)].map((it) => path.join(root, it)).filter((it) => fs.existsSync(it));
  folders.forEach((from, at) => {
    if (fs.statSync(from).isFile()) {
      split(fs.readFileSync(from, 'utf8')).forEach((input, index) => fs.writeFileSync(path.join(written, `${at}-${index}`), input));
    } else {
      for (const file of fs.readdirSync(from, { withFileTypes: true }).filter((it) => it.isFile())) {
        fs.copyFileSync(path.join(from, file.name), path.join(written, `${at}-${file.name}`));
      }
    }
  });
  if (fs.readdirSync(written).length === 0) fail(`${module} has no seeds for ${name}.`);
  return written;
}

/** @param limit what ends it, as flags of the fuzzer: -runs or -max_total_time; short where nothing is kept for the next time */
async function fuzz(name, limit, options) {
  const { module, harness } = targets[name];
  const home = path.join(root, process.env.PATCHBAY_DATA_DIR ?? '.patchbay', 'fuzz', name);
  const found = path.join(home, limit.short ? 'short' : 'corpus');
  if (limit.short) fs.rmSync(found, { recursive: true, force: true });
  fs.mkdirSync(found, { recursive: true });
  const seeds = corpus(name, home);
  const target = path.join(root, module, 'target');
  const classes = [path.join(target, 'test-classes'), path.join(target, 'classes'), fs.readFileSync(path.join(target, 'fuzz.classpath'), 'utf8').trim()];
  return run(
    path.join(process.env.JAVA_HOME, 'bin/java'),
    [
      `@${path.join(root, 'config/fuzz.options')}`,
      // A short run ends before the better compiler has paid for itself.
      ...(limit.short ? ['-XX:TieredStopAtLevel=1'] : []),
      '-cp', classes.join(path.delimiter),
      'com.code_intelligence.jazzer.Jazzer',
      `--target_class=${harness}`,
      `--reproducer_path=${home}`,
      `-artifact_prefix=${home}/`,
      // A slow input is a finding; memory is the virtual machine's to bound.
      '-timeout=10', '-rss_limit_mb=0', '-max_len=8192', '-use_value_profile=1', '-print_final_stats=1',
      ...limit.flags,
      found, seeds,
    ],
    { cwd: path.join(root, module), ...options },
  );
}

/** Every target once, a bounded number of runs from a fixed start, two at a time. */
async function short() {
  const waiting = Object.keys(targets);
  const failures = [];
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const began = Date.now();
      const flags = [`-runs=${targets[name].runs}`, '-seed=1'];
      const { code, text } = await fuzz(name, { flags, short: true }, { stdio: ['ignore', 'pipe', 'pipe'] });
      const runs = /stat::number_of_executed_units:\s*(\d+)/.exec(text)?.[1];
      console.log(`${code === 0 ? 'ok' : 'not ok'} ${name}: ${runs ?? '?'} runs, ${Math.round((Date.now() - began) / 1000)} s`);
      if (code !== 0) failures.push(`${text}\n${name} failed. To go on from here: ./dev fuzz ${name}`);
    }
  };
  await Promise.all([worker(), worker()]);
  if (failures.length > 0) fail(failures.join('\n'));
}

async function long(name, minutes) {
  if (!targets[name]) fail(`There is no fuzz test "${name}". Known here: ${Object.keys(targets).join(', ')}.`);
  if (!(minutes > 0)) fail('--minutes takes a number above 0.');
  const modules = [platform, language].join();
  const built = await run('mvn', ['-q', '-B', '-ntp', 'process-test-classes', '-pl', modules, '-am', '-Dspotless.check.skip=true', '-Djacoco.skip=true']);
  if (built.code !== 0) fail('That did not compile.');
  const { code } = await fuzz(name, { flags: [`-max_total_time=${Math.round(minutes * 60)}`] });
  if (code !== 0) fail(`A finding. Its input is in .patchbay/fuzz/${name}; keep it in ${kept(name)[1]} with the test of its mending.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  if (words.length === 0) list();
  else if (words[0] === '--short') await short();
  else {
    try {
      await long(words[0], Number(parseArguments(words.slice(1), { options: ['minutes'] }).minutes ?? 5));
    } catch (mistake) {
      fail(mistake.message);
    }
  }
}
