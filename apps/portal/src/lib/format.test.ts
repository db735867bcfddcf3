import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  formatCount,
  formatDateTime,
  formatDay,
  formatLength,
  formatOffset,
  formatPhone,
  formatTime,
  formatZone,
  formatZoneShort,
  plural,
  viewerZone,
} from './format';
import { initials } from './initials';

const CHICAGO = { locale: 'en-US', zone: 'America/Chicago' };
const BERLIN = { locale: 'en-GB', zone: 'Europe/Berlin' };
const AT = '2026-11-30T04:27:26.495Z';

describe('times', () => {
  it('are written by locale and zone', () => {
    expect(formatDateTime(AT, CHICAGO)).toBe('Sun, Nov 29, 10:27 PM');
    expect(formatDateTime(AT, BERLIN)).toBe('Mon 30 Nov, 05:27');
    expect(formatDay(AT, CHICAGO)).toBe('Sun, Nov 29');
    expect(formatTime(AT, CHICAGO)).toBe('10:27:26 PM');
    expect(formatZone('America/Chicago', 'en-US')).toBe('Central Time');
    expect(formatZoneShort(AT, 'America/Chicago', 'en-US')).toBe('CST');
    expect(viewerZone()).not.toBe('');
  });

  it('that cannot be read stay as they are', () => {
    expect(formatDateTime('next Tuesday')).toBe('next Tuesday');
  });
});

describe('lengths', () => {
  it.each([
    [0, '0 ms'],
    [417, '417 ms'],
    [999.4, '999 ms'],
    [5600, '5.6 s'],
    [57_000, '57 s'],
    [64_000, '64 s'],
    [151_000, '2 min 31 s'],
    [3_600_000, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatLength(milliseconds)).toBe(text));

  it('have a unit and no broken number, however long', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (milliseconds) => {
        expect(formatLength(milliseconds)).toMatch(/^\d+(\.\d)? (ms|s|min \d+ s|h \d+ min)$/);
      }),
    );
  });

  it('before the beginning carry a minus', () => {
    expect(formatOffset(-57_000)).toBe('−57 s');
    expect(formatOffset(417)).toBe('+417 ms');
  });
});

it('groups North American numbers and leaves others', () => {
  expect(formatPhone('+13125551302')).toBe('+1 312 555 1302');
  expect(formatPhone('+493055510246')).toBe('+493055510246');
});

it('counts by locale, and says when it stopped counting', () => {
  expect(formatCount(1000, true, 'en-US')).toBe('1,000+');
  expect(plural(1, 'run')).toBe('1 run');
  expect(plural(6, 'run')).toBe('6 runs');
});

it('makes initials of first and last name', () => {
  expect(initials('Ada Byron')).toBe('AB');
  expect(initials('  Grace Brewster Hopper ')).toBe('GH');
  expect(initials('omar')).toBe('O');
  expect(initials('')).toBe('');
});
