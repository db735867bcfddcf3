import { describe, expect, it } from 'vitest';
import type { Cause, RunDetail } from '@/features/runs/queries';
import { APPROVAL, BOOKING, CALL, CONTACT, DETAIL, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS } from '@/testing/data';
import { callOfRun } from './call-of-run';
import { explain } from './explain';
import type { Call } from './queries';
import { isAgencyStaff } from '@/api/queries';
import { tell } from './story';
import { functionWords, operationName, providerName } from './words';

const CAUSE = DETAIL.cause as Cause;
const of = (run: Partial<RunDetail> | null, call: Partial<Call> | null = {}) =>
  explain(
    tell({
      call: call && { ...CALL, ...call },
      run: run && { ...DETAIL, ...run },
      timeline: TIMELINE,
      clients: CLIENTS,
    }),
    'en-US',
  );

describe('explanations', () => {
  it('say why in a title, the API’s sentence and four facts', () => {
    expect(of({})).toEqual({
      title: 'Not booked: Wed, Dec 2, 9:00 AM is already taken',
      sentence: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
      next: 'Offer the caller another time; the contact was kept.',
      tone: 'bad',
      facts: [
        ['Stopped at', 'Appointment, step 2 of 3'],
        ['Blocked by', 'Google Calendar'],
        ['Completed', 'Contact'],
        ['Not completed', 'Appointment, Text'],
      ],
    });
  });

  it.each<[Cause['code'], string]>([
    ['provider_down', 'Not booked: Google Calendar was unavailable'],
    ['rate_limited', 'Not booked: rate limit of Google Calendar reached'],
    ['auth_expired', 'Not booked: Google Calendar rejected the credentials'],
    ['bad_input', 'Not booked: invalid input'],
    ['unknown_outcome', 'Unknown outcome: was Wed, Dec 2, 9:00 AM booked?'],
    ['opted_out', 'Text not sent: opted out'],
    ['bug', 'Internal error'],
    ['raised', 'Ended by the flow'],
    ['rejected', 'Ended: rejected'],
    ['cancelled', 'Ended: cancelled'],
  ])('of %s have a title of their own', (code, title) => {
    expect(of({ cause: { ...CAUSE, code } }).title).toBe(title);
  });

  it('name what is unknown, who ended it, and what is missing', () => {
    const unknown = of({ cause: { ...CAUSE, code: 'unknown_outcome' } });
    expect(unknown.tone).toBe('you');
    expect(unknown.facts.map(([name]) => name)).toEqual(['Stopped at', 'Unavailable', 'Completed', 'Unknown']);
    const raised = of({
      status: 'failed',
      cause: { ...CAUSE, code: 'raised', step: null },
      blockedBy: null,
      steps: [],
    });
    expect(raised.tone).toBe('warn');
    expect(raised.facts).toEqual([
      ['Stopped at', 'The start'],
      ['Blocked by', 'Patchbay'],
      ['Completed', 'Nothing'],
      ['Not completed', 'Contact, Appointment, Text'],
    ]);
    expect(of({ status: 'cancelled' }).tone).toBe('warn');
    expect(of({ cause: { ...CAUSE, code: 'unknown_outcome', step: null } }).facts[3]).toEqual(['Unknown', '']);
    expect(of({ calls: [] }).title).toContain('Not completed: ');
    expect(of({ calls: [] }).facts[3]).toEqual(['Not completed', 'Nothing']);
  });

  it('say what was booked although something was left', () => {
    const booked = { ...BOOKING, status: 'completed' as const, output: { startLocal: 'Wed, Dec 2, 9:00 AM' } };
    expect(of({ steps: [CONTACT, booked] }).title).toContain('Booked, but not completed: ');
    expect(of({ cause: null, status: 'completed', steps: [CONTACT, booked] }, { outcome: 'booked' })).toMatchObject({
      title: 'Booked for Wed, Dec 2, 9:00 AM',
      sentence: 'Completed: Contact, Appointment.',
      tone: 'ok',
    });
    expect(of({ cause: null, status: 'completed', steps: [] }, null)).toMatchObject({
      title: 'Completed',
      sentence: 'The flow completed without a request to a provider.',
    });
  });

  it('of open runs follow them', () => {
    const open = { cause: null, status: 'running', endedAt: null } as const;
    expect(of(open)).toMatchObject({ title: 'In progress', tone: 'info' });
    expect(of({ ...open, status: 'paused' }).tone).toBe('idle');
    expect(of({ ...open, status: 'waiting', steps: [APPROVAL] })).toMatchObject({
      title: 'A decision is needed',
      tone: 'you',
    });
  });

  it('of calls without a run are the API’s', () => {
    const sentence = 'No flow ran: no trigger matches. Next: Check the triggers.';
    expect(of(null, { outcome: 'no_request', sentence, runId: null })).toEqual({
      title: 'No flow matched this call',
      sentence: 'No flow ran: no trigger matches.',
      next: 'Check the triggers.',
      tone: 'idle',
      facts: [],
    });
    expect(of(null, { outcome: 'working', sentence: '', booked: null })).toMatchObject({
      title: 'In progress',
      next: null,
    });
    expect(of(null, null)).toMatchObject({ title: 'Completed', sentence: '' });
  });
});

describe('stories', () => {
  it('of runs without a call come from the input', () => {
    const story = tell({ call: null, run: DETAIL, timeline: null, clients: CLIENTS });
    expect(story).toMatchObject({
      name: 'Edsger Dijkstra',
      seconds: 93,
      clientName: 'Northside Dental',
      zone: 'America/Chicago',
    });
    expect(tell({ call: null, run: null, timeline: null, clients: [] })).toMatchObject({
      clientName: 'No client yet',
      at: '',
    });
    expect(callOfRun({ ...DETAIL, input: 'text' })).toMatchObject({ name: null, phone: null, seconds: null });
    const partial = { call: { from: ' ', analysis: { custom: { first_name: 'Ada' } } } };
    expect(callOfRun({ ...DETAIL, input: partial })).toMatchObject({ name: 'Ada', phone: null });
  });

  it('tell staff of the agency from people of a client', () => {
    expect(isAgencyStaff(undefined)).toBe(false);
    expect(isAgencyStaff(ADA)).toBe(true);
    const permissions = ADA.permissions.map((held) => ({
      ...held,
      via: held.via.map((via) => ({ ...via, clientId: 'cli_x' })),
    }));
    expect(isAgencyStaff({ ...ADA, permissions })).toBe(false);
  });

  it('have words for functions, providers and operations, and keep other names', () => {
    expect(functionWords('n8n.run', 'report')).toEqual({
      thing: 'report',
      done: 'report done',
      notDone: 'report not done',
    });
    expect(functionWords(null, 'wait').thing).toBe('wait');
    expect(providerName('stripe')).toBe('stripe');
    expect(operationName('events.move')).toBe('events.move');
  });
});
