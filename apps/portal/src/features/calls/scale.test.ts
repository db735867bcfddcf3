import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasLabelRoom, scaleOf, type Span } from './scale';

const spans = fc.array(
  fc
    .tuple(fc.integer({ min: -1000, max: 600_000 }), fc.integer({ min: 0, max: 60_000 }))
    .map(([from, length]): Span => ({ from, to: from + length })),
  { maxLength: 12 },
);

describe('the scale', () => {
  it('keeps the order of moments and stays between its ends, whatever happened', () => {
    fc.assert(
      fc.property(spans, fc.array(fc.integer({ min: -5000, max: 700_000 })), (happened, moments) => {
        const { place, ticks, folds } = scaleOf(happened);
        const places = [...moments].sort((one, other) => one - other).map(place);
        places.forEach((left, index) => {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(1);
          expect(left).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-9);
        });
        expect(ticks[0]).toEqual({ at: 0, left: 0 });
        expect(folds.every((fold) => fold.right >= fold.left)).toBe(true);
      }),
    );
  });

  it('folds what is idle for more than a fifth', () => {
    const { place, folds, ticks } = scaleOf([
      { from: 0, to: 100 },
      { from: 6000, to: 6100 },
      { from: 19_000, to: 19_100 },
    ]);
    expect(folds.map(({ from, to }) => [from, to])).toEqual([
      [100, 6000],
      [6100, 19_000],
    ]);
    expect(place(100)).toBeGreaterThan(0.2);
    expect(place(3050)).toBeGreaterThan(place(100));
    expect(ticks.length).toBeGreaterThan(1);
  });

  it('of nothing is a line', () => {
    expect(scaleOf([]).place(0)).toBe(0);
    expect(scaleOf([{ from: 0, to: 0 }]).folds).toHaveLength(0);
    expect(scaleOf([{ from: 9000, to: 9000 }]).folds).toHaveLength(1);
  });

  it('has ticks at round moments where nothing is folded', () => {
    expect(scaleOf([{ from: 0, to: 530 }]).ticks.map((tick) => tick.at)).toEqual([0, 130, 270, 400]);
  });

  it('has room for a label before the end, and before a bar that is not near', () => {
    const first = { from: 0, to: 100 };
    const scale = scaleOf([first, { from: 110, to: 200 }, { from: 400, to: 500 }]);
    expect(hasLabelRoom(first, undefined, scale)).toBe(true);
    expect(hasLabelRoom(first, { from: 110, to: 200 }, scale)).toBe(false);
    expect(hasLabelRoom(first, { from: 400, to: 500 }, scale)).toBe(true);
  });
});
