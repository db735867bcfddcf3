import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readSettings } from './settings.mjs';
import { ensureSandbox } from './stack.mjs';

const listening = () => new Promise((ready) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => ready(server));
});

/** The sandbox is not started: what is found out before is what counts. */
async function refusal(ports) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-stack-'));
  const settings = readSettings({ PATCHBAY_DATA_DIR: data, ...ports });
  settings.jars.sandbox = path.join(data, 'none.jar');
  try {
    await ensureSandbox(settings, () => {}, []);
  } catch (error) {
    return error.message;
  } finally {
    fs.rmSync(data, { recursive: true });
  }
  return 'started';
}

test('a port that another program has is said, with what to set, the mailbox’s too', async () => {
  const [taken, free] = [await listening(), await listening()];
  const [busy, open] = [taken.address().port, free.address().port];
  free.close();
  assert.match(await refusal({ PATCHBAY_SANDBOX_PORT: String(open), PATCHBAY_SANDBOX_MAIL_PORT: String(busy) }),
    new RegExp(`Port ${busy}, which the sandbox needs.*PATCHBAY_SANDBOX_MAIL_PORT=${busy + 1} ./dev up`));
  assert.match(await refusal({ PATCHBAY_SANDBOX_PORT: String(busy), PATCHBAY_SANDBOX_MAIL_PORT: String(open) }),
    new RegExp(`PATCHBAY_SANDBOX_PORT=${busy + 1} ./dev up`));
  taken.close();
  assert.match(await refusal({ PATCHBAY_SANDBOX_PORT: String(open), PATCHBAY_SANDBOX_MAIL_PORT: String(open) }),
    /has not been built/);
});
