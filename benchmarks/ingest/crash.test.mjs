import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadStack } from '../harness/load-stack.mjs';
import { measureCrashes } from './crash.mjs';

const PLAN = { kills: 1, seed: 7, connections: 16, between: [1, 2], warm: 100 };

test(
  'a webhook answered 2xx is stored once although the platform is killed under load',
  { timeout: 180_000 },
  async () => {
    const stack = await LoadStack.create();
    try {
      const { accounted, kills } = await measureCrashes(stack, PLAN, () => {});
      assert.equal(kills, 1);
      assert.deepEqual(accounted.examples, []);
      assert.equal(accounted.unaccounted, 0);
      assert.ok(accounted.accepted >= 200, `accepted ${accounted.accepted}`);
      assert.ok(accounted.unclear > 0, 'the kill cut requests off');
    } finally {
      await stack.remove();
    }
  },
);
