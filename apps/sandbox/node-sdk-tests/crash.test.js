import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sandbox, accounts, startReceiver } from './sandbox.js';

test('state survives a kill', async () => {
  const receiver = await startReceiver();
  const first = await Sandbox.start();
  await first.control('PUT', '/accounts', accounts(`${receiver.url}/retell`));
  const { callId } = await first.control('POST', '/calls', { from: '+12025550123', firstName: 'Jane' });
  const before = await first.control('GET', '/state');
  await first.kill();

  const second = await Sandbox.start(first.folder);
  assert.deepEqual(await second.control('GET', '/state'), before);
  assert.equal(before.retell.calls[0].call_id, callId);
  await second.stop();
  receiver.close();
});
