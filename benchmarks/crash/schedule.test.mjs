import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawSchedule } from './schedule.mjs';

test('the same seed draws the same schedule, another seed another one', () => {
  const drawn = drawSchedule({ seed: 7, rounds: 30, leaseSeconds: 4 });
  assert.deepEqual(drawSchedule({ seed: 7, rounds: 30, leaseSeconds: 4 }), drawn);
  assert.notDeepEqual(drawSchedule({ seed: 8, rounds: 30, leaseSeconds: 4 }), drawn);
});

test('thirty rounds hold every kind of fault, provider faults in each, and two platforms in half of them', () => {
  const drawn = drawSchedule({ seed: 1, rounds: 30, leaseSeconds: 4 });
  assert.equal(drawn.filter((round) => round.platforms === 2).length, 15);
  const faults = [...new Set(drawn.map((round) => round.fault))].sort();
  assert.deepEqual(faults, ['backend', 'freeze', 'kill', 'postgres', 'sandbox', 'terminate']);
  for (const { providerFaults, platforms, target, fault, seconds } of drawn) {
    assert.ok(providerFaults.length >= 3);
    assert.ok(platforms === 2 || target === 'first', 'the only platform is the target');
    assert.ok(fault !== 'freeze' || seconds > 4, 'a freeze outlasts the lease');
  }
});
