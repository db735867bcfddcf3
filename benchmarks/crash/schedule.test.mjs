import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schedule } from './schedule.mjs';

test('the same seed draws the same schedule, another seed another one', () => {
  const drawn = schedule({ seed: 7, rounds: 30, lease: 4 });
  assert.deepEqual(schedule({ seed: 7, rounds: 30, lease: 4 }), drawn);
  assert.notDeepEqual(schedule({ seed: 8, rounds: 30, lease: 4 }), drawn);
});

test('thirty rounds hold every kind of blow, faults in each, and two platforms in half of them', () => {
  const drawn = schedule({ seed: 1, rounds: 30, lease: 4 });
  assert.equal(drawn.filter((one) => one.two).length, 15);
  assert.deepEqual([...new Set(drawn.map((one) => one.blow))].sort(), ['backend', 'freeze', 'kill', 'postgres', 'sandbox', 'terminate']);
  assert.ok(drawn.every((one) => one.faults.length >= 3 && (one.two || one.target === 'first')));
  assert.ok(drawn.filter((one) => one.blow === 'freeze').every((one) => one.seconds > 4), 'a freeze outlasts the lease');
});
