// ./dev bench policy: one decision about access among 100,000 assignments, beside jCasbin with the same policies; --quick is a trial.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../tools/settings.mjs';
import { parseOptions } from '../harness/options.mjs';

const HERE = path.join(ROOT, 'benchmarks/policy');
const TARGET = path.join(HERE, 'target');
const CLASSES = path.join(TARGET, 'classes');
const SOURCE = path.join(HERE, 'src/dev/patchbay/benchmark/policy/Decisions.java');
const MAX_P99_MICROS = 50;
const QUICK = ['-wi', '1', '-i', '2', '-w', '1', '-r', '1'];

const { quick } = parseOptions(process.argv.slice(2), {});
const measurements = runJmh(compile());
const page = formatPage(measurements);
console.log(`\n${page}`);
if (!quick) writeResults(page, measurements);
if (percentile(measurements.patchbay, '99.0') > MAX_P99_MICROS) {
  console.error(`The budget is ${MAX_P99_MICROS} µs at p99.`);
  process.exitCode = 1;
}

function run(command, args, options = {}) {
  return execFileSync(command, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
}

function runJdk(name, args, options) {
  return run(path.join(process.env.JAVA_HOME, 'bin', name), args, options);
}

/** Compiles the benchmark against the platform's classes; returns the class path. */
function compile() {
  fs.rmSync(TARGET, { recursive: true, force: true });
  fs.mkdirSync(CLASSES, { recursive: true });
  const file = path.join(TARGET, 'classpath');
  const pom = path.join(HERE, 'pom.xml');
  run('mvn', ['-q', '-B', '-ntp', '-f', pom, 'dependency:build-classpath', `-Dmdep.outputFile=${file}`]);
  run('mvn', ['-q', '-B', '-ntp', 'compile', '-pl', 'apps/platform', '-am']);
  const entries = [CLASSES, path.join(ROOT, 'apps/platform/target/classes'), fs.readFileSync(file, 'utf8').trim()];
  const classpath = entries.join(path.delimiter);
  runJdk('javac', ['-nowarn', '-proc:full', '-d', CLASSES, '-cp', classpath, SOURCE]);
  return classpath;
}

/** Returns JMH's measurements by method. */
function runJmh(classpath) {
  const file = path.join(TARGET, 'jmh.json');
  const args = ['-cp', classpath, 'org.openjdk.jmh.Main', 'Decisions', '-rf', 'json', '-rff', file];
  runJdk('java', [...args, ...(quick ? QUICK : [])], { stdio: 'inherit' });
  const list = JSON.parse(fs.readFileSync(file, 'utf8'));
  return Object.fromEntries(list.map((one) => [one.benchmark.split('.').pop(), one]));
}

function percentile({ primaryMetric }, name) {
  return primaryMetric.scorePercentiles[name];
}

function formatPage({ patchbay, jcasbin }) {
  const micros = (number) => (number < 10 ? number.toFixed(2) : number.toFixed(0));
  const row = (title, measured) => {
    const cells = ['50.0', '99.0', '99.9'].map((name) => micros(percentile(measured, name)));
    return `| ${title} | ${cells.join(' | ')} |`;
  };
  const ratio = percentile(jcasbin, '50.0') / percentile(patchbay, '50.0');
  const { jmhVersion, vmName, jdkVersion } = patchbay;
  return `# policy, ${today()}, commit ${readCommit()}${quick ? ', quick' : ''}

${os.cpus().length} cores of ${os.cpus()[0].model}, ${Math.round(os.totalmem() / 2 ** 30)} GiB; JMH ${jmhVersion}, ${vmName} ${jdkVersion}.

100,000 assignments: 10,000 users with ten roles for some of 200 clients each. One thread, one decision at a time; microseconds.

| | p50 | p99 | p99.9 |
|---|---:|---:|---:|
${row('Patchbay', patchbay)}
${row('jCasbin 1.99.0', jcasbin)}

At the median jCasbin takes ${ratio.toFixed(0)} times as long. Both were asked the same 200 questions first and answered the same.
`;
}

function writeResults(text, measured) {
  const file = path.join(ROOT, 'benchmarks/results', `${today()}-policy-${readCommit()}`);
  const figures = Object.values(measured).map(({ benchmark, params, primaryMetric }) => {
    const { score, scoreUnit, scorePercentiles } = primaryMetric;
    return { benchmark, params, score, scoreUnit, scorePercentiles };
  });
  fs.writeFileSync(`${file}.md`, text);
  fs.writeFileSync(`${file}.json`, `${JSON.stringify(figures, null, 2)}\n`);
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function readCommit() {
  return run('git', ['rev-parse', '--short', 'HEAD']).trim();
}
