import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatExactly, formatMinutes } from './amount';
import { daysOf, readMonth } from './month';
import { exportAddress } from './queries';
import { addAmounts, shares, totalOf } from './sums';
import { SUM, withoutCost } from '@/testing/usage-data';
import { formatDate } from '@/lib/days';

const NOW = new Date(2026, 10, 30, 12);

describe('months', () => {
  it('are read from the address, else by the viewer’s clock', () => {
    expect(readMonth('2026-02', NOW, 'en-US')).toEqual({
      id: '2026-02',
      from: '2026-02-01',
      to: '2026-02-28',
      title: 'Feb 2026',
      previous: '2026-01',
      next: '2026-03',
    });
    for (const text of [null, '', '2026-13', '26-01', '2026-1']) expect(readMonth(text, NOW).id).toBe('2026-11');
  });

  it('end with the present one', () => {
    expect(readMonth('2026-11', NOW).next).toBeNull();
    expect(readMonth('2026-01', NOW).previous).toBe('2025-12');
  });

  it('have all their days', () => {
    expect(daysOf(readMonth('2024-02', NOW))).toHaveLength(29);
    expect(daysOf(readMonth('2026-10', NOW)).at(-1)).toBe('2026-10-31');
    expect(formatDate('2026-10-05', 'en-US')).toBe('Oct 5');
  });
});

describe('amounts', () => {
  it('are shown in minor units, or with every digit', () => {
    expect(formatAmount({ amount: '162.8449999999999999', currency: 'USD' }, 'en-US')).toBe('$162.84');
    expect(formatAmount({ amount: '90071992547409.93', currency: 'USD' }, 'en-US')).toBe('$90,071,992,547,409.93');
    expect(formatAmount({ amount: '12', currency: 'JPY' }, 'en-US')).toBe('¥12');
    expect(formatExactly({ amount: '0.065333333', currency: 'USD' })).toBe('0.065333333 USD');
  });

  it('add up to the last digit, by currency', () => {
    expect(
      addAmounts([
        { amount: '0.1', currency: 'USD' },
        { amount: '0.2', currency: 'USD' },
        { amount: '-7', currency: 'EUR' },
        { amount: 'none', currency: 'EUR' },
      ]),
    ).toEqual([
      { amount: '0.30', currency: 'USD' },
      { amount: '-7.00', currency: 'EUR' },
    ]);
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1 }), (cents) => {
        const texts = cents.map((one) => {
          const digits = (one < 0n ? -one : one).toString().padStart(3, '0');
          return `${one < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        });
        const [sum] = addAmounts(texts.map((amount) => ({ amount, currency: 'USD' })));
        const total = cents.reduce((one, other) => one + other, 0n);
        expect(BigInt((sum?.amount ?? '').replace('.', ''))).toBe(total);
      }),
    );
  });

  it('of a total stand beside calls and seconds', () => {
    expect(totalOf([SUM, SUM])).toEqual({
      calls: 6,
      talkSeconds: 300,
      billedSeconds: 320,
      costs: [{ amount: '24.69', currency: 'USD' }],
    });
    expect(totalOf([withoutCost(SUM)]).costs).toEqual([]);
  });

  it('set the lengths of bars, or the seconds do', () => {
    expect(shares([SUM, { ...SUM, cost: { amount: '6.1725', currency: 'USD' } }])).toEqual([1, 0.5]);
    expect(shares([withoutCost(SUM), withoutCost({ ...SUM, billedSeconds: 80 })])).toEqual([1, 0.5]);
    expect(shares([{ ...SUM, cost: { amount: '0', currency: 'USD' } }])).toEqual([0]);
  });
});

it('lengths of calls are seconds, then minutes', () => {
  expect(formatMinutes(57, 'en-US')).toBe('57 s');
  expect(formatMinutes(138_600, 'en-US')).toBe('2,310 min');
});

it('the export is of the month and client', () => {
  const month = readMonth('2026-10', NOW);
  expect(exportAddress(month, null)).toBe('/api/v1/usage/export?from=2026-10-01&to=2026-10-31');
  expect(exportAddress(month, 'cli_1')).toContain('&clientId=cli_1');
});
