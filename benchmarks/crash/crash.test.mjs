import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crash } from './crash.mjs';
import { CrashStage } from './stage.mjs';

test('nothing is lost and nothing doubled, although PostgreSQL and one of two platforms were killed under load', { timeout: 240_000 }, async () => {
  const stage = await CrashStage.prepare(() => {});
  try {
    const { accounted, rounds, stuck, statuses } = await crash(stage, { rounds: 2, seed: 7, webhooks: 60, perSecond: 10, blows: ['postgres', 'kill'] }, () => {});
    assert.deepEqual(rounds.map((one) => one.two), [false, true]);
    assert.equal(stuck, 0);
    assert.deepEqual(accounted.examples, []);
    assert.deepEqual({ lost: accounted.lost, doubled: accounted.doubled, unexplained: accounted.unexplained }, { lost: 0, doubled: 0, unexplained: 0 });
    assert.equal(accounted.sent, 60);
    assert.ok(accounted.accepted >= 50 && accounted.completed >= 40, JSON.stringify({ accounted, statuses }));
  } finally {
    await stage.remove();
  }
});
