import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { test } from 'node:test';
import { withSettings } from './fixtures/settings.mjs';
import { findPid, isAlive, launch, logFile, readDevFile, readLogTail, stopProcess, waitUntil } from './processes.mjs';

/** A process that answers TERM with nothing. */
async function startDeafProcess() {
  const program = "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000);";
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child.pid;
}

test('a process that ignores the signal is killed only with force', async () => {
  const pid = await startDeafProcess();
  assert.equal(await stopProcess(pid, { seconds: 0.2, force: false }), false);
  assert.ok(isAlive(pid));
  assert.equal(await stopProcess(pid, { seconds: 0.2 }), true);
  assert.equal(await stopProcess(pid), true, 'stopping a dead process is done already');
});

test('no pid is not alive', () => {
  assert.equal(isAlive(null), false);
});

test('waiting returns the value, or false when the time is up', async () => {
  let calls = 0;
  assert.equal(await waitUntil(() => (calls += 1) === 3 && 'third', 5, 1), 'third');
  assert.equal(await waitUntil(() => false, 0.01, 1), false);
});

test('a program that cannot be started has pid 0 and the reason in its log', () =>
  withSettings(async (settings) => {
    assert.equal(readLogTail('sandbox', settings), '(no log yet)');
    assert.equal(launch('sandbox', '/nonexistent/java', [], {}, settings), 0);
    await waitUntil(() => readLogTail('sandbox', settings).includes('cannot be started'), 5);
    assert.match(readLogTail('sandbox', settings), /ENOENT/);
    fs.appendFileSync(logFile('sandbox', settings), 'one\ntwo\nthree\n');
    assert.equal(readLogTail('sandbox', settings, 2), 'two\nthree');
  }));

test('a pid file that names another program is ignored', () =>
  withSettings(async (settings) => {
    fs.mkdirSync(settings.data);
    fs.writeFileSync(`${settings.data}/sandbox.pid`, `${process.pid}\n`);
    assert.equal(findPid('sandbox', settings), null);
    fs.writeFileSync(`${settings.data}/sandbox.pid`, 'nonsense');
    fs.writeFileSync(settings.devFile, 'nonsense');
    assert.equal(findPid('sandbox', settings), null);
    assert.equal(readDevFile(settings), null);
  }));
