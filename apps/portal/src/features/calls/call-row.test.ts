import { expect, it } from 'vitest';
import { BOOKED_VIEW, VIEW } from '@/testing/list-data';
import { appointmentOf, callRow, detailsOf } from './call-row';

const ZONE = 'America/Chicago';

it('shows the caller, the time of the list’s zone, and the appointment in the client’s', () => {
  expect(callRow(VIEW, 'Europe/Berlin', 'en-US')).toEqual({
    id: 'call_1',
    day: '2026-11-30',
    time: '5:27 AM',
    timeTitle: 'Mon, Nov 30, 4:27 AM UTC',
    caller: 'Edsger Dijkstra',
    phone: '+1 312 555 1302',
    client: 'Northside Dental',
    outcome: 'not_booked',
    requested: 'Wed, Dec 2, 9:00 AM',
    details: 'Slot unavailable',
    sentence: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
    tone: 'idle',
    duration: '1:33',
  });
});

it('names a caller by number, and says so where neither is known', () => {
  const nobody = { name: null, number: null, contactId: null };
  expect(callRow(BOOKED_VIEW, ZONE)).toMatchObject({ caller: '+493055510260', phone: null });
  expect(callRow({ ...VIEW, caller: nobody }, ZONE).caller).toBe('+1 312 555 1302');
  expect(callRow({ ...VIEW, caller: nobody, from: null, seconds: 0 }, ZONE)).toMatchObject({
    caller: 'Unknown caller',
    duration: '—',
  });
});

it('shows the booked time instead of the requested one', () => {
  expect(appointmentOf(BOOKED_VIEW, 'en-US')).toBe('Thu, Dec 3, 10:00 AM');
  expect(appointmentOf({ ...BOOKED_VIEW, booked: { start: null, local: 'Thu at ten' } })).toBe('Thu at ten');
  expect(appointmentOf({ ...VIEW, requested: '2026-12-09T10:00:00' }, 'en-US')).toBe(
    'Wed, Dec 9, 10:00 AM (no time zone)',
  );
  expect(appointmentOf({ ...VIEW, requested: 'whenever' })).toBe('“whenever”');
});

it('warns of what was not done although the call is booked', () => {
  const left = { ...BOOKED_VIEW, left: ['messaging.sendSms'], reason: 'auth_expired' };
  expect(detailsOf(left)).toEqual({ details: 'No confirmation text sent: authentication failed', tone: 'warn' });
  expect(detailsOf({ ...left, reason: null }).details).toBe('No confirmation text sent');
  expect(detailsOf({ ...left, reason: 'unheard_of' }).details).toBe('No confirmation text sent');
  expect(detailsOf({ ...BOOKED_VIEW, sentence: 'Booked. The caller got no confirmation by text.' }).tone).toBe('warn');
  expect(detailsOf(BOOKED_VIEW)).toEqual({ details: '', tone: 'idle' });
});

it('shows the API’s sentence where the reason has no title, as to a client’s people', () => {
  expect(detailsOf({ ...VIEW, reason: 'other', sentence: 'Please call back.' }).details).toBe('Please call back.');
  expect(detailsOf({ ...VIEW, reason: null, sentence: null }).details).toBe('');
});

it('says how a call was handled', () => {
  const handled = { by: 'usr_ada', at: VIEW.calledAt, how: 'booked_by_hand' as const, note: null };
  expect(detailsOf({ ...VIEW, handled })).toEqual({ details: 'Booked by hand', tone: 'idle' });
});
