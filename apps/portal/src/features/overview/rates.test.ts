import fc from 'fast-check';
import { expect, it } from 'vitest';
import { axisTicks } from '@/components/charts/axis';
import { formatAge, formatDuration } from '@/lib/format';
import { difference, formatRate, growth, ratePoints } from './rates';

it('shows shares to a tenth, and none without calls', () => {
  expect(formatRate(131, 214, 'en-US')).toBe('61.2%');
  expect(formatRate(0, 0)).toBe('–');
});

it('compares shares in points, counts in percent or in numbers, and nothing with nothing', () => {
  expect(ratePoints([131, 214], [126, 191], 'en-US')).toEqual({ by: -4.8, words: '4.8 pt' });
  expect(ratePoints([1, 0], [1, 2]).by).toBe(0);
  expect(ratePoints([1, 2], [0, 0]).by).toBe(0);
  expect(growth(214, 191, 'en-US')).toEqual({ by: 12, words: '12%' });
  expect(growth(5, 0)).toEqual({ by: 0, words: '' });
  expect(difference(24, 33, 'en-US')).toEqual({ by: -9, words: '9' });
});

it('draws an axis of round numbers that holds every value', () => {
  expect(axisTicks(39)).toEqual([0, 10, 20, 30, 40]);
  expect(axisTicks(0)).toEqual([0, 1]);
  fc.assert(
    fc.property(fc.nat(1_000_000), (largest) => {
      const ticks = axisTicks(largest);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

it('writes lengths and ages as a column and a figure show them', () => {
  expect(formatDuration(57)).toBe('0:57');
  expect(formatDuration(93)).toBe('1:33');
  expect(formatDuration(3725)).toBe('1:02:05');
  expect(formatAge(-5)).toBe('0 s');
  expect(formatAge(40_000)).toBe('40 s');
  expect(formatAge(4 * 60_000)).toBe('4 min');
  expect(formatAge(3 * 3_600_000)).toBe('3 h');
  expect(formatAge(50 * 3_600_000)).toBe('2 days');
});
