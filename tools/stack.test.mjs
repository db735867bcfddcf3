import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { listen, withSettings, withVariables } from './fixtures/settings.mjs';
import { findPid, findPostgresPid, isAlive, stopProcess } from './processes.mjs';
import { ensurePlatform, ensureSandbox, startStack, stopStack, watchPlatform } from './stack.mjs';

const ignore = () => {};

test('a taken port is an error that names the variable to set, for the mailbox too', () =>
  withSettings(async (settings) => {
    const server = await listen();
    const { port } = server.address();
    const taken = (variable) => new RegExp(`Port ${port}, which the sandbox needs.*${variable}=${port + 1} ./dev up`);
    await assert.rejects(
      ensureSandbox({ ...settings, mailPort: port }, ignore, []),
      taken('PATCHBAY_SANDBOX_MAIL_PORT'),
    );
    await assert.rejects(ensureSandbox({ ...settings, sandboxPort: port }, ignore, []), taken('PATCHBAY_SANDBOX_PORT'));
    server.close();
  }));

test('a missing jar is an error', () =>
  withSettings(async (settings) => {
    fs.rmSync(settings.jars.sandbox);
    await assert.rejects(ensureSandbox(settings, ignore, []), /sandbox-0\.1\.0-all\.jar has not been built/);
  }));

test('a start reports what it started, a second start finds it running', () =>
  withSettings(async (settings) => {
    const lines = [];
    assert.deepEqual(await startStack(settings, (line) => lines.push(line)), ['sandbox', 'platform', 'postgres']);
    assert.match(lines.join('\n'), /starting the sandbox \(pid \d+, log .*\nstarting the platform/);
    lines.length = 0;
    assert.deepEqual(await startStack(settings, (line) => lines.push(line)), []);
    assert.match(lines.join('\n'), /the sandbox is running \(pid \d+\)\nthe platform is running/);
  }));

test('a start restores only what died, a stop leaves what it was not told to stop', () =>
  withSettings(async (settings) => {
    await startStack(settings, ignore);
    await stopProcess(findPid('sandbox', settings));
    assert.deepEqual(await startStack(settings, ignore), ['sandbox']);
    const lines = [];
    await stopStack(settings, ['platform'], (line) => lines.push(line));
    assert.deepEqual(lines, ['stopped the platform']);
    assert.equal(findPid('platform', settings), null);
    assert.ok(isAlive(findPid('sandbox', settings)) && isAlive(findPostgresPid(settings)));
    await stopStack(settings, ['sandbox', 'postgres'], (line) => lines.push(line));
    assert.deepEqual(lines, ['stopped the platform', 'stopped the sandbox', 'stopped PostgreSQL']);
  }));

test('a program that ends while starting is an error with the end of its log', () =>
  withSettings(async (settings) => {
    await withVariables({ FIXTURE_FAILS: 'no licence for this machine' }, () =>
      assert.rejects(
        ensurePlatform(settings, ignore, []),
        /The platform ended while starting[\s\S]*no licence for this machine/,
      ),
    );
  }));

test('watching returns after a deliberate stop and throws after a crash', () =>
  withSettings(async (settings) => {
    await startStack(settings, ignore);
    const stopped = watchPlatform(settings);
    await stopStack(settings, ['platform'], ignore);
    await stopped;
    await startStack(settings, ignore);
    await watchPlatform(settings, () => true);
    const crashed = assert.rejects(watchPlatform(settings), /The platform \(pid \d+\) has died[\s\S]*keep running/);
    process.kill(findPid('platform', settings), 'SIGKILL');
    await crashed;
  }));
