import { expect, it } from 'vitest';
import { CLIENTS, RUN } from '@/testing/data';
import { requestedTime } from '@/lib/requested-time';
import { parkedRow } from './parked-row';

it('shows a run in the zones of its client and of the list', () => {
  expect(parkedRow(RUN, CLIENTS, 'Europe/Berlin', 'en-US')).toEqual({
    id: RUN.id,
    parked: 'Mon, Nov 30, 5:27 AM',
    parkedTitle: 'Mon, Nov 30, 4:27 AM UTC',
    caller: 'Edsger Dijkstra',
    phone: '+1 312 555 1302',
    client: 'Northside Dental',
    requested: 'Wed, Dec 2, 9:00 AM',
    sentence: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
  });
});

it('falls back to number, id and start', () => {
  const bare = {
    ...RUN,
    caller: { name: null, phone: '+13125551302' },
    endedAt: null,
    cause: null,
    clientId: 'cli_gone',
  };
  expect(parkedRow(bare, [], 'UTC', 'en-US')).toMatchObject({
    caller: '+1 312 555 1302',
    phone: null,
    client: 'cli_gone',
    parked: 'Mon, Nov 30, 4:27 AM',
    sentence: '',
  });
  expect(parkedRow({ ...RUN, caller: null }, [], 'UTC').caller).toBe('Unknown caller');
});

it('quotes what is no time, and never shows an ISO time', () => {
  expect(requestedTime(null, 'UTC')).toBe('—');
  expect(requestedTime('next Tuesday', 'UTC')).toBe('“next Tuesday”');
  expect(requestedTime('2026-12-09T10:00:00', 'UTC', 'en-US')).toBe('Wed, Dec 9, 10:00 AM (no time zone)');
  expect(requestedTime('2026-12-09T10:00:00Z', 'America/Chicago', 'en-US')).toBe('Wed, Dec 9, 4:00 AM');
});
