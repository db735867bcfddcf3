import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashStack } from './crash-stack.mjs';
import { measureCrashes } from './crash.mjs';

const PLAN = { rounds: 2, seed: 7, webhooks: 60, perSecond: 10, faults: ['postgres', 'kill'] };
const NAME = 'no call is lost or doubled although PostgreSQL and one of two platforms are killed under load';

test(NAME, { timeout: 240_000 }, async () => {
  const stack = await CrashStack.create();
  try {
    const { accounted, rounds, stuck, statuses } = await measureCrashes(stack, PLAN, () => {});
    const platforms = rounds.map((round) => round.platforms);
    assert.deepEqual(platforms, [1, 2]);
    assert.equal(stuck, 0);
    assert.deepEqual(accounted.examples, []);
    const { lost, doubled, unexplained } = accounted;
    assert.deepEqual({ lost, doubled, unexplained }, { lost: 0, doubled: 0, unexplained: 0 });
    assert.equal(accounted.sent, 60);
    const enough = accounted.accepted >= 50 && accounted.completed >= 40;
    assert.ok(enough, JSON.stringify({ accounted, statuses }));
  } finally {
    await stack.remove();
  }
});
