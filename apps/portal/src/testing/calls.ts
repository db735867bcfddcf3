import type { Call, Timeline } from '@/features/calls/queries';
import type { Attempt, Exchange, RunDetail, Step } from '@/features/runs/queries';
import { RUN } from './data';

export const EXCHANGE: Exchange = {
  provider: 'google',
  operation: 'freeBusy.query',
  method: 'POST',
  path: '/calendar/v3/freeBusy',
  status: 200,
  error: null,
  milliseconds: 12,
  request: { items: [{ id: 'northside' }] },
  response: { busy: [{ start: '2026-12-02T15:00:00Z' }] },
  decided: true,
};

export const ATTEMPT: Attempt = {
  startedAt: '2026-11-30T04:27:25.951Z',
  milliseconds: 89,
  outcome: 'failed',
  reason: 'no_slot',
  nextAttemptAt: null,
  exchanges: [
    EXCHANGE,
    {
      ...EXCHANGE,
      operation: 'events.get',
      method: 'GET',
      path: '/calendar/v3/events/qtq8',
      status: 404,
      milliseconds: 41,
      request: null,
      response: { error: 'notFound' },
      decided: false,
    },
  ],
};

export const CONTACT: Step = {
  pass: 0,
  pointer: '/do/0/contact',
  name: 'contact',
  call: 'crm.upsertContact',
  status: 'completed',
  reused: false,
  notes: [],
  effect: { state: 'DONE', key: 'run_1/contact/0/0', lookedUp: false, waitsForPerson: false },
  attempts: [],
  input: { phone: '+13125551302' },
  output: { id: 'contact_1' },
  startedAt: '2026-11-30T04:27:25.666Z',
  endedAt: '2026-11-30T04:27:25.876Z',
};

export const BOOKING: Step = {
  ...CONTACT,
  pointer: '/do/1/booking',
  name: 'booking',
  call: 'calendar.book',
  status: 'failed',
  effect: { state: 'FAILED', key: 'run_1/booking/0/0', lookedUp: false, waitsForPerson: false },
  attempts: [ATTEMPT],
  input: { start: '2026-12-02T09:00:00-06:00', minutes: 30, title: 'Appointment with Edsger' },
  output: { title: 'no_slot', detail: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.' },
  startedAt: '2026-11-30T04:27:25.951Z',
  endedAt: '2026-11-30T04:27:26.040Z',
};

export const APPROVAL: Step = {
  ...CONTACT,
  pointer: '/do/1/ask',
  name: 'ask',
  call: 'person.approve',
  status: 'waiting',
  effect: null,
  input: { question: 'Book outside of the opening hours?' },
  output: null,
  endedAt: null,
};

export const DETAIL: RunDetail = {
  id: RUN.id,
  flowId: 'flw_1',
  flow: RUN.flow,
  status: RUN.status,
  clientId: RUN.clientId,
  correlationId: RUN.correlationId,
  startedAt: RUN.startedAt,
  endedAt: RUN.endedAt,
  cause: RUN.cause,
  event: RUN.eventId,
  input: {
    call: {
      from: '+13125551302',
      to: '+13125550142',
      durationSeconds: 93,
      analysis: {
        summary: 'The caller asked for an appointment.',
        custom: { first_name: 'Edsger', last_name: 'Dijkstra', slot: '2026-12-02T09:00:00-06:00' },
      },
    },
  },
  output: null,
  pass: 0,
  ending: null,
  wakesAt: null,
  blockedBy: 'google',
  calls: [
    { name: 'contact', call: 'crm.upsertContact' },
    { name: 'booking', call: 'calendar.book' },
    { name: 'confirm', call: 'messaging.sendSms' },
  ],
  replays: [],
  steps: [CONTACT, BOOKING],
};

export const CALL: Call = {
  callId: 'call_1',
  correlationId: 'cor_1',
  client: { id: 'cli_northside', name: 'Northside Dental', timeZone: 'America/Chicago', locale: 'en-US' },
  at: '2026-11-30T04:27:25.500Z',
  startedAt: '2026-11-30T04:25:52.500Z',
  seconds: 93,
  direction: 'inbound',
  from: '+13125551302',
  to: '+13125550142',
  name: 'Edsger Dijkstra',
  requested: '2026-12-02T09:00:00-06:00',
  booked: null,
  summary: 'The caller asked for an appointment.',
  sentiment: 'Positive',
  endedBy: 'user_hangup',
  cost: { amount: '0.0722', currency: 'USD' },
  outcome: 'not_booked',
  sentence: 'Not booked: In Google Calendar, Wed, Dec 2, 9:00 AM is taken. Next: Offer the caller another time.',
  forClient: 'The requested time was already taken. The contact was saved.',
  runId: RUN.id,
};

const ref = (type: 'event' | 'run' | 'step' | 'live_call', id: string) => ({ type, id, href: `/api/v1/${id}` });
const item = { correlationId: 'cor_1', detail: '' };

export const TIMELINE: Timeline = {
  subject: { type: 'callId', value: 'call_1' },
  why: CALL.sentence,
  correlationIds: ['cor_1'],
  complete: true,
  calls: [CALL],
  runs: [{ id: RUN.id, flow: 'book-from-call', version: '1.0.0', status: 'parked', startedAt: RUN.startedAt }],
  next: null,
  items: [
    {
      ...item,
      at: '2026-11-30T04:26:20.000Z',
      kind: 'live.function',
      title: 'The agent asked for free times: done in 20 ms',
      detail: 'We have nine.',
      ref: ref('live_call', 'liv_1'),
      status: 'done',
    },
    {
      ...item,
      at: '2026-11-30T04:27:25.520Z',
      kind: 'webhook.accepted',
      title: 'Webhook accepted: voice.call.ended',
      ref: ref('event', 'evt_0'),
    },
    {
      ...item,
      at: '2026-11-30T04:27:25.550Z',
      kind: 'webhook.accepted',
      title: 'Webhook accepted: voice.call.analyzed',
      detail: 'verified, stored and acknowledged',
      ref: ref('event', 'evt_1'),
    },
    {
      ...item,
      at: '2026-11-30T04:27:25.551Z',
      kind: 'event',
      title: 'Call analysed',
      detail: 'voice.call.analyzed',
      ref: ref('event', 'evt_1'),
      status: 'done',
    },
    {
      ...item,
      at: BOOKING.startedAt,
      kind: 'step',
      title: 'Booking refused: In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
      ref: ref('step', `${RUN.id}#/do/1/booking`),
      status: 'failed',
    },
    {
      ...item,
      at: '2026-11-30T04:27:26.000Z',
      kind: 'event',
      title: 'Contact created by Patchbay',
      detail: `caused by ${RUN.id}`,
      ref: ref('event', 'evt_2'),
      status: 'done',
    },
    {
      ...item,
      at: '2026-11-30T04:27:26.300Z',
      kind: 'message.sms.status',
      title: 'Text message delivered',
      ref: ref('event', 'evt_3'),
      status: 'delivered',
    },
  ],
};
