import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNeighbours, isWithinBudget } from './report.mjs';

const figures = (p99, failed = 0) => ({ p50: 1, p95: 2, p99, max: p99, failed });

test('twice the quiet time is within the budget, and so are 50 ms', () => {
  assert.ok(isWithinBudget({ quiet: figures(60), attacked: figures(120) }));
  assert.ok(isWithinBudget({ quiet: figures(2), attacked: figures(50) }));
  assert.ok(!isWithinBudget({ quiet: figures(60), attacked: figures(121) }));
  assert.ok(!isWithinBudget({ quiet: figures(60), attacked: figures(60, 1) }));
});

test('the page has a row for each attack', () => {
  const attacks = [{ title: 'slow bodies', quiet: figures(10), attacked: figures(15, 2), sent: 7 }];
  const row = formatNeighbours({ plan: { seconds: 4 }, attacks }).at(-1);
  assert.equal(row, '| slow bodies | 7 | 1.0 | 10.0 | 1.0 | 15.0 | 15.0 | 1.5 | 2 | no |');
});
