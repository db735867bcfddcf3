import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crash } from './crash.mjs';
import { Stage } from './stage.mjs';

test('what was answered 2xx is stored once, although the platform was killed under load', { timeout: 180_000 }, async () => {
  const stage = await Stage.prepare(() => {});
  try {
    const { accounted, kills } = await crash(stage, { kills: 1, seed: 7, connections: 16, between: [1, 2], warm: 100 }, () => {});
    assert.equal(kills, 1);
    assert.deepEqual(accounted.examples, []);
    assert.equal(accounted.unaccounted, 0);
    assert.ok(accounted.accepted >= 200, `accepted ${accounted.accepted}`);
    assert.ok(accounted.unclear > 0, 'the kill cut requests off');
  } finally {
    await stage.remove();
  }
});
