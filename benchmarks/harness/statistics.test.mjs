import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countBy, groupBy, median, percentiles, seededRandom, sumMembers } from './statistics.mjs';

test('the median is the middle value, or the mean of the two', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test('percentiles are values that occurred', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.deepEqual(percentiles(hundred), { p50: 50, p95: 95, p99: 99, max: 100 });
  assert.deepEqual(percentiles([7]), { p50: 7, p95: 7, p99: 7, max: 7 });
});

test('items are grouped and counted by key, and members are added up', () => {
  const items = [{ id: 'a' }, { id: 'b' }, { id: 'a' }];
  assert.equal(groupBy(items, (one) => one.id).get('a').length, 2);
  assert.deepEqual(
    countBy(items, (one) => one.id),
    { a: 2, b: 1 },
  );
  assert.deepEqual(sumMembers([{ sent: 1, examples: [] }, { sent: 2 }]), { sent: 3 });
});

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed) => Array.from({ length: 5 }, seededRandom(seed));
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(8), draw(7));
  assert.ok(draw(7).every((one) => one >= 0 && one < 1));
});
