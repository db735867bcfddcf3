import { describe, expect, it } from 'vitest';
import { addDays, dayAt, formatDate, formatLongDate, readDay } from '@/lib/days';
import { readPeriod } from '@/lib/period';
import { countFilter, describeFilters, listFilter, listParameter, readFilters, tabOf } from './filters';

const TODAY = '2026-11-30';
const read = (query: string) => readFilters(new URLSearchParams(query), TODAY);

describe('the filters of the address', () => {
  it('are the last seven days, with no end, where the address says nothing', () => {
    expect(listFilter(read(''))).toEqual({ from: '2026-11-24' });
    expect(read('').period.words).toBe('last 7 days');
  });

  it('select by search, client, outcome, reason, flow and days', () => {
    const filters = read(
      'q= Ada &client=cli_a&outcome=booked&reason=no_slot&flow=book&from=2026-11-01&to=2026-11-02&needsPerson=true&callBack=true',
    );
    const shared = {
      q: 'Ada',
      client: 'cli_a',
      reason: 'no_slot',
      flow: 'book',
      from: '2026-11-01',
      to: '2026-11-02',
    };
    expect(countFilter(filters)).toEqual(shared);
    expect(listFilter(filters)).toEqual({ ...shared, outcome: ['booked'], needsPerson: true, callBack: true });
  });

  it('leave out what cannot be read', () => {
    expect(listFilter(read('q=%20&outcome=lost&from=2026-02-30&to=soon&needsPerson=maybe'))).toEqual({
      from: '2026-11-24',
    });
    expect(read(`q=${'9'.repeat(200)}`).search).toHaveLength(100);
  });

  it('choose a tab, or none where no tab offers them', () => {
    expect(tabOf(read(''))?.title).toBe('All');
    expect(tabOf(read('needsPerson=true'))?.title).toBe('Action needed');
    expect(tabOf(read('outcome=not_booked'))?.title).toBe('Not booked');
    expect(tabOf(read('outcome=working'))).toBeNull();
    expect(tabOf(read('callBack=true'))).toBeNull();
  });

  it('are named where no call matches', () => {
    expect(describeFilters(read('from=all'))).toBe('No calls');
    expect(describeFilters(read('from=1d'))).toBe('No calls (today)');
    expect(
      describeFilters(read('outcome=booked&needsPerson=true&callBack=true&reason=no_slot&flow=book&client=a&q=Ada')),
    ).toBe(
      'No call with outcome “Booked”, an action needed, a call back due, this reason, flow “book”, this client, “Ada” (last 7 days)',
    );
  });

  it('are kept for the neighbours of a call, without the client', () => {
    expect(listParameter(new URLSearchParams('client=cli_a&outcome=booked&list=x&from=7d'))).toBe(
      'outcome=booked&from=7d',
    );
  });
});

describe('periods', () => {
  const words = (query: string) => readPeriod(new URLSearchParams(query), TODAY).words;

  it('are named by key or by days', () => {
    expect(words('from=30d')).toBe('last 30 days');
    expect(words('from=all')).toBe('all time');
    expect(words('from=2026-11-29&to=2026-11-29')).toBe('Nov 29');
    expect(words('from=2026-11-16&to=2026-11-29')).toBe('Nov 16 to Nov 29');
    expect(words('from=2026-11-16')).toBe('since Nov 16');
    expect(words('to=2026-11-29')).toBe('until Nov 29');
    expect(words('from=toString')).toBe('last 7 days');
  });
});

describe('days', () => {
  it('are those of the zone’s calendar', () => {
    const at = new Date('2026-11-30T23:30:00Z');
    expect(dayAt(at, 'America/Chicago')).toBe('2026-11-30');
    expect(dayAt(at, 'Europe/Berlin')).toBe('2026-12-01');
    expect(addDays('2026-12-01', -1)).toBe('2026-11-30');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });

  it('are read only where they exist', () => {
    expect(readDay('2026-11-30')).toBe('2026-11-30');
    expect(readDay('2026-02-30')).toBeNull();
    expect(readDay('2026-99-99')).toBeNull();
    expect(readDay('7d')).toBeNull();
    expect(readDay(null)).toBeNull();
    expect(formatDate('2026-11-30', 'en-US')).toBe('Nov 30');
    expect(formatLongDate('2026-11-30', 'en-US')).toBe('Mon, Nov 30');
  });
});
