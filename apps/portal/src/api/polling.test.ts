import { expect, it } from 'vitest';
import { openInterval, spread } from './polling';

it('asks less often the longer it lasts', () => {
  expect([1, 20, 21, 53, 54, 500].map((polls) => openInterval(polls, 0.5))).toEqual([
    1000, 1000, 3000, 3000, 10_000, 10_000,
  ]);
});

it('spreads by a fifth', () => {
  expect(spread(1000, 0)).toBe(900);
  expect(spread(1000, 1)).toBe(1100);
  expect(spread(1000)).toBeGreaterThanOrEqual(900);
  expect(openInterval(1)).toBeLessThanOrEqual(1100);
});
