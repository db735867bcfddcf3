// Entry of ./dev fuzz: lists the fuzz targets, runs one for some minutes, or all of them for a short gate.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findSeeds, harnessFile, seedPaths, splitInputs, TARGETS } from './fuzz-targets.mjs';
import { ROOT } from './settings.mjs';

const MODULES = [...new Set(Object.values(TARGETS).map((target) => target.module))];
const RUNS = /stat::number_of_executed_units:\s*(\d+)/;

function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** Prints each target with the first sentence of its harness's Javadoc. */
function list() {
  console.log('Fuzz tests: ./dev fuzz <name> [--minutes 5] (docs/security/fuzzing.md)');
  for (const name of Object.keys(TARGETS)) {
    const [, sentence] = /^\/\*\*\s*(?:\* )?([^:]*?)[:.]/ms.exec(fs.readFileSync(harnessFile(name), 'utf8')) ?? [];
    console.log(`  ${name.padEnd(12)}${sentence.replaceAll(/\s*\n \*\s*/g, ' ')}`);
  }
}

/** Runs a program; returns its exit code and, where its output is piped, the text. */
function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => chunks.push(data));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => resolve({ code, text: Buffer.concat(chunks).toString() }));
  });
}

/** Copies every seed of a target into one folder, one file an input, and returns the folder. */
function collectSeeds(name, home) {
  const folder = path.join(home, 'seeds');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  findSeeds(name).forEach((from, at) => {
    if (fs.statSync(from).isFile()) {
      splitInputs(fs.readFileSync(from, 'utf8')).forEach((input, index) =>
        fs.writeFileSync(path.join(folder, `${at}-${index}`), input),
      );
    } else {
      for (const file of fs.readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isFile())) {
        fs.copyFileSync(path.join(from, file.name), path.join(folder, `${at}-${file.name}`));
      }
    }
  });
  return folder;
}

/**
 * Runs the fuzzer on one target.
 * @param limit what ends it, as flags of the fuzzer: -runs or -max_total_time; `short` discards the corpus afterwards
 */
async function fuzz(name, limit, options) {
  const { module, harness } = TARGETS[name];
  const home = path.join(ROOT, process.env.PATCHBAY_DATA_DIR ?? '.patchbay', 'fuzz', name);
  const corpus = path.join(home, limit.short ? 'short' : 'corpus');
  if (limit.short) fs.rmSync(corpus, { recursive: true, force: true });
  fs.mkdirSync(corpus, { recursive: true });
  const seeds = collectSeeds(name, home);
  const target = path.join(ROOT, module, 'target');
  const dependencies = fs.readFileSync(path.join(target, 'fuzz.classpath'), 'utf8').trim();
  const classpath = [path.join(target, 'test-classes'), path.join(target, 'classes'), dependencies];
  const args = [
    `@${path.join(ROOT, 'config/fuzz.options')}`,
    // A short run ends before the optimising compiler pays off.
    ...(limit.short ? ['-XX:TieredStopAtLevel=1'] : []),
    ...['-cp', classpath.join(path.delimiter)],
    'com.code_intelligence.jazzer.Jazzer',
    `--target_class=${harness}`,
    `--reproducer_path=${home}`,
    `-artifact_prefix=${home}/`,
    // A slow input is a finding; the JVM bounds its own memory.
    ...['-timeout=10', '-rss_limit_mb=0', '-max_len=8192', '-use_value_profile=1', '-print_final_stats=1'],
    ...limit.flags,
    ...[corpus, seeds],
  ];
  return run(path.join(process.env.JAVA_HOME, 'bin/java'), args, { cwd: path.join(ROOT, module), ...options });
}

/** Runs every target once, with a fixed seed and a bounded number of runs, two at a time. */
async function runShort() {
  const queue = Object.keys(TARGETS);
  const failures = [];
  const work = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const startedAt = Date.now();
      const limit = { flags: [`-runs=${TARGETS[name].runs}`, '-seed=1'], short: true };
      const { code, text } = await fuzz(name, limit, { stdio: ['ignore', 'pipe', 'pipe'] });
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.log(`${code === 0 ? 'ok' : 'not ok'} ${name}: ${RUNS.exec(text)?.[1] ?? '?'} runs, ${seconds} s`);
      if (code !== 0) failures.push(`${text}\n${name} failed. To continue from here: ./dev fuzz ${name}`);
    }
  };
  await Promise.all([work(), work()]);
  if (failures.length > 0) fail(failures.join('\n'));
}

/** Compiles, then fuzzes one target until the time is up or an input fails. */
async function runLong(name, minutes) {
  if (!TARGETS[name]) fail(`There is no fuzz test "${name}". Available: ${Object.keys(TARGETS).join(', ')}.`);
  if (!(minutes > 0)) fail('--minutes takes a number above 0.');
  const flags = ['-Dspotless.check.skip=true', '-Djacoco.skip=true'];
  const build = await run('mvn', ['-q', '-B', '-ntp', 'process-test-classes', '-pl', MODULES.join(), '-am', ...flags]);
  if (build.code !== 0) fail('The compilation failed.');
  const { code } = await fuzz(name, { flags: [`-max_total_time=${Math.round(minutes * 60)}`] });
  const [, regressions] = seedPaths(name);
  if (code !== 0) {
    fail(
      `An input failed. It is in .patchbay/fuzz/${name}; keep it in ${regressions} together with a test of the fix.`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined) list();
  else if (name === '--short') await runShort();
  else {
    try {
      const { minutes } = parseArgs({ args, options: { minutes: { type: 'string', default: '5' } } }).values;
      await runLong(name, Number(minutes));
    } catch (error) {
      fail(error.message);
    }
  }
}
