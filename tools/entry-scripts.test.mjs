// Runs copies of the entry scripts in a folder with empty jars and a JVM of fixtures: the scripts find jars by their own place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TARGETS } from './fuzz-targets.mjs';
import { listen, makeEnvironment, makeFolder, makeJars } from './fixtures/settings.mjs';
import { readSettings, ROOT } from './settings.mjs';
import { stopStack } from './stack.mjs';

const BIN = fileURLToPath(new URL('fixtures/bin', import.meta.url));
let root;

before(() => {
  root = makeFolder();
  for (const folder of ['apps/sandbox/target', 'apps/platform/target', 'libs/flow-language/target', 'tools']) {
    fs.mkdirSync(path.join(root, folder), { recursive: true });
  }
  for (const linked of ['contracts', 'flows', 'config', 'apps/platform/src', 'libs/flow-language/src']) {
    fs.symlinkSync(path.join(ROOT, linked), path.join(root, linked));
  }
  const scripts = fs.readdirSync(path.join(ROOT, 'tools')).filter((name) => /^[a-z-]+\.mjs$/.test(name));
  for (const name of scripts) fs.copyFileSync(path.join(ROOT, 'tools', name), path.join(root, 'tools', name));
  for (const jar of Object.values(makeJars(root))) {
    const module = path.basename(jar).split('-')[0];
    fs.renameSync(jar, path.join(root, 'apps', module, 'target', path.basename(jar)));
  }
  for (const module of ['apps/platform', 'libs/flow-language']) {
    fs.writeFileSync(path.join(root, module, 'target/fuzz.classpath'), '\n');
  }
});

after(() => fs.rmSync(root, { recursive: true }));

/** Starts a script; `until(text)` waits for its output, `end` is its status and both streams. */
function start(name, environment, ...args) {
  const child = spawn(process.execPath, [path.join(root, 'tools', name), ...args], {
    env: { ...process.env, PATH: `${BIN}:${process.env.PATH}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const waiting = new Set();
  for (const stream of ['stdout', 'stderr']) {
    child[stream].on('data', (chunk) => {
      output[stream] += chunk;
      for (const check of waiting) check();
    });
  }
  const end = new Promise((resolve) => child.on('close', (status) => resolve({ status, ...output })));
  const until = (text) =>
    new Promise((resolve) => {
      const check = () => output.stdout.includes(text) && waiting.delete(check) && resolve();
      waiting.add(check);
    });
  return { child, end, until };
}

const run = (...args) => start(...args).end;

/** The variables of a stack in a data folder of its own. */
async function prepare(name) {
  const folder = path.join(root, name);
  fs.mkdirSync(folder);
  return makeEnvironment(folder);
}

test('up prints the addresses, stops all on a signal, and doctor and reset see the difference', async () => {
  const environment = await prepare('up');
  const up = start('up.mjs', environment);
  await up.until('Ctrl-C stops all.');
  const running = await run('doctor.mjs', environment);
  assert.match(running.stdout, /ok +port \d+ +platform: running, pid \d+/);
  assert.match(running.stdout, /database +embedded, pid \d+/);
  assert.match(running.stdout, /platform jar built/);
  up.child.kill('SIGINT');
  const { status, stdout } = await up.end;
  assert.equal(status, 0);
  assert.match(stdout, /Patchbay is up\.[\s\S]*Stopping everything …[\s\S]*stopped PostgreSQL/);
  assert.match((await run('doctor.mjs', environment)).stdout, /database +embedded, not running/);
  const unconfirmed = await run('reset.mjs', environment);
  assert.equal(unconfirmed.status, 1);
  assert.match(unconfirmed.stderr, /To confirm: \.\/dev reset --yes/);
  assert.match((await run('reset.mjs', environment, '--yes')).stdout, /Deleted .*\/up\/data/);
  assert.match((await run('reset.mjs', environment, '--yes')).stdout, /Nothing to delete/);
});

test('up ends with 1 when the platform dies, and with 0 when another command stops it', async () => {
  const environment = await prepare('death');
  const first = start('up.mjs', environment);
  await first.until('Ctrl-C stops all.');
  process.kill(Number(fs.readFileSync(`${environment.PATCHBAY_DATA_DIR}/platform.pid`, 'utf8')), 'SIGKILL');
  const died = await first.end;
  assert.equal(died.status, 1);
  assert.match(died.stderr, /has died/);
  const second = start('up.mjs', environment);
  await second.until('Ctrl-C stops all.');
  await stopStack(readSettings(environment), ['platform', 'sandbox', 'postgres'], () => {});
  const stopped = await second.end;
  assert.equal(stopped.status, 0);
  assert.match(stopped.stdout, /stopped by another command/);
});

test('demo ends with 0 when it booked and stops what it started; --json prints one object', async () => {
  const environment = await prepare('demo');
  const { status, stdout, stderr } = await run('demo.mjs', environment, '--json');
  assert.equal(status, 0, stderr);
  assert.equal(JSON.parse(stdout).appointmentId, 'e1');
  assert.match(stderr, /booked[\s\S]*Stopping what this demo started …[\s\S]*stopped PostgreSQL/);
  const parked = await run('demo.mjs', { ...environment, FIXTURE_RUN: 'parked' });
  assert.equal(parked.status, 1);
  assert.match(parked.stdout, /run parked[\s\S]*stopped the platform/);
});

test('an unknown option and a taken port are errors', async () => {
  const server = await listen();
  const { port } = server.address();
  const environment = { ...(await prepare('errors')), PATCHBAY_PORT: String(port) };
  for (const name of ['up.mjs', 'demo.mjs']) {
    const unknown = await run(name, environment, '--jsn');
    assert.deepEqual([unknown.status, /Unknown option '--jsn'/.test(unknown.stderr)], [1, true], unknown.stderr);
  }
  const taken = await run('demo.mjs', environment);
  assert.equal(taken.status, 1);
  assert.match(taken.stderr, new RegExp(`Port ${port}, which the platform needs`));
  const report = await run('doctor.mjs', { ...environment, PATCHBAY_DB_URL: 'jdbc:postgresql://db/patchbay' });
  assert.equal(report.status, 1);
  assert.match(report.stdout, /no +port \d+ +platform: taken by another program/);
  assert.match(report.stdout, /database +yours \(PATCHBAY_DB_URL\)/);
  await run('reset.mjs', environment, '--yes');
  server.close();
});

test('reset refuses a folder that is not ours', async () => {
  const environment = { PATCHBAY_DATA_DIR: path.join(root, 'somebody-elses') };
  fs.mkdirSync(environment.PATCHBAY_DATA_DIR);
  const { status, stderr } = await run('reset.mjs', environment, '--yes');
  assert.equal(status, 1);
  assert.match(stderr, /does not look like Patchbay's data/);
});

test('fuzz runs every target in the gate, and names the one that fails', async () => {
  const environment = await prepare('fuzz');
  const passed = await run('fuzz.mjs', environment, '--short');
  assert.equal(passed.status, 0, passed.stderr);
  assert.equal(passed.stdout.match(/^ok \w+: 42 runs, \d+ s$/gm).length, Object.keys(TARGETS).length);
  const failed = await run('fuzz.mjs', { ...environment, FIXTURE_FINDING: 'RedactionFuzz' }, '--short');
  assert.equal(failed.status, 1);
  assert.match(failed.stdout, /^not ok redaction/m);
  assert.match(failed.stderr, /To continue from here: \.\/dev fuzz redaction/);
});

test('fuzz of one target compiles first, and says where a failing input is', async () => {
  const environment = await prepare('fuzz-one');
  assert.equal((await run('fuzz.mjs', environment, 'flow', '--minutes', '0.01')).status, 0);
  const found = await run('fuzz.mjs', { ...environment, FIXTURE_FINDING: 'FlowFileFuzz' }, 'flow');
  assert.match(found.stderr, /It is in \.patchbay\/fuzz\/flow; keep it in libs\/flow-language\/src\/test\/fuzz\/flow /);
  const broken = await run('fuzz.mjs', { ...environment, FIXTURE_MAVEN_STATUS: '1' }, 'flow');
  assert.match(broken.stderr, /The compilation failed/);
});
