import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTEMPT, BOOKING, CONTACT, EXCHANGE } from '@/testing/calls';
import { sentId, settledOutput } from './settlement';

const WHERE = { zone: 'America/Chicago', locale: 'en-US' };

describe('a settlement', () => {
  it('finds the id that was sent', () => {
    expect(sentId(CONTACT)).toBe('');
    expect(sentId(BOOKING)).toBe('qtq8');
    const attempts = [{ ...ATTEMPT, exchanges: [{ ...EXCHANGE, request: { id: 'srm3' } }] }];
    expect(sentId({ ...BOOKING, attempts })).toBe('srm3');
  });

  it('of a booking has its times', () => {
    expect(settledOutput(BOOKING, 'e1', WHERE)).toEqual({
      id: 'e1',
      start: '2026-12-02T09:00:00-06:00',
      end: '2026-12-02T09:30:00-06:00',
      startLocal: 'Wed, Dec 2, 9:00 AM',
    });
    const utc = { ...BOOKING, input: { start: '2026-12-02T15:00:00Z', minutes: '30' } };
    expect(settledOutput(utc, 'e1', WHERE)).toMatchObject({ end: '2026-12-02T15:30:00Z' });
    const vague = { ...BOOKING, input: null };
    expect(settledOutput(vague, 'e1', WHERE)).toMatchObject({ start: '', end: '' });
  });

  it('ends as long after its start as the appointment takes, at any offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 14 }), fc.integer({ min: 0, max: 600 }), (hours, minutes) => {
        const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:30`;
        const step = { ...BOOKING, input: { start: `2026-12-02T23:45:00${offset}`, minutes } };
        const output = settledOutput(step, 'e1', WHERE);
        expect(Date.parse(output.end as string) - Date.parse(output.start as string)).toBe(minutes * 60_000);
      }),
    );
  });

  it.each([
    ['calendar.cancel', { id: 'x', cancelled: true }],
    ['messaging.sendSms', { id: 'x', status: 'sent' }],
    ['crm.upsertContact', { id: 'x', created: false }],
    ['crm.addNote', { id: 'x' }],
  ])('of %s has what its contract asks for', (call, output) => {
    expect(settledOutput({ ...CONTACT, call }, 'x', WHERE)).toEqual(output);
  });
});
