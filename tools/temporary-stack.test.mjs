import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { JDK, makeFolder, makeJars, withVariables } from './fixtures/settings.mjs';
import { isAlive } from './processes.mjs';
import { TemporaryStack } from './temporary-stack.mjs';

/** A started temporary stack of fixtures, removed afterwards. */
async function withStack(use) {
  const folder = makeFolder();
  await withVariables({ JAVA_HOME: JDK }, async () => {
    const stack = await TemporaryStack.create();
    stack.settings.jars = makeJars(folder);
    try {
      await stack.startSandbox();
      await stack.start();
      await use(stack);
    } finally {
      await stack.remove();
      fs.rmSync(folder, { recursive: true });
    }
    assert.ok(!fs.existsSync(stack.settings.data), 'its folder is deleted');
  });
}

test('a killed platform is started again under another pid, on the same database', () =>
  withStack(async (stack) => {
    const [platform, postgres] = [stack.platformPid(), stack.postgresPid()];
    await stack.kill();
    assert.equal(stack.platformPid(), null);
    assert.ok(isAlive(postgres));
    await stack.start();
    assert.notEqual(stack.platformPid(), platform);
    await stack.killSandbox();
    await stack.startSandbox();
    await stack.stopPlatform();
    assert.equal(stack.platformPid(), null);
  }));

test('a crashed database is started again with the same command', () =>
  withStack(async (stack) => {
    const before = stack.postgresPid();
    const command = fs.readFileSync(`/proc/${before}/cmdline`, 'utf8');
    await stack.crashDatabase();
    const after = stack.postgresPid();
    assert.notEqual(after, before);
    assert.equal(fs.readFileSync(`/proc/${after}/cmdline`, 'utf8'), command);
  }));

test('a peer has the same database and keys, and a folder and port of its own', () =>
  withStack(async (stack) => {
    const peer = await stack.createPeer();
    try {
      await peer.start();
      assert.notEqual(peer.settings.port, stack.settings.port);
      assert.ok(fs.existsSync(`${peer.settings.data}/kek.json`));
      assert.equal(peer.settings.ownDatabase, false);
      assert.ok(isAlive(peer.platformPid()) && isAlive(stack.platformPid()));
    } finally {
      await peer.remove();
    }
    assert.ok(isAlive(stack.postgresPid()), 'the database is not the peer’s to stop');
  }));
