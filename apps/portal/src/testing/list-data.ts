import type { Me } from '@/api/queries';
import type { AttentionLine } from '@/features/attention/queries';
import type { CallView } from '@/features/calls/list-queries';
import type { Figures, Sums } from '@/features/insights/queries';
import { ADA } from './data';

export const VIEW: CallView = {
  callId: 'call_1',
  correlationId: 'cor_1',
  client: { id: 'cli_northside', name: 'Northside Dental', timeZone: 'America/Chicago' },
  calledAt: '2026-11-30T04:27:25.500Z',
  seconds: 93,
  direction: 'inbound',
  from: '+13125551302',
  to: '+13125550142',
  caller: { name: 'Edsger Dijkstra', number: '+13125551302', contactId: 'contact_1' },
  outcome: 'not_booked',
  reason: 'no_slot',
  needsPerson: true,
  requested: '2026-12-02T09:00:00-06:00',
  booked: null,
  sentence: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
  left: [],
  handled: null,
  run: { id: 'run_1', status: 'parked', flow: 'book-from-call', version: '1.0.0' },
};

export const BOOKED_VIEW: CallView = {
  ...VIEW,
  callId: 'call_2',
  calledAt: '2026-11-29T17:00:00Z',
  caller: { name: null, number: '+493055510260', contactId: null },
  outcome: 'booked',
  reason: null,
  needsPerson: false,
  booked: { start: '2026-12-03T10:00:00-06:00', local: 'Thu, Dec 3, 10:00 AM' },
  sentence: null,
};

export const COUNTS = {
  by: { booked: 131, not_booked: 24, no_request: 59, needs_person: 0, working: 0, undone: 0 },
  needsPerson: 15,
  callBacks: 3,
  capped: false,
};

export const SUMS: Sums = {
  calls: 214,
  booked: 131,
  notBooked: 24,
  needsPerson: 0,
  working: 0,
  noRequest: 59,
  undone: 0,
  seconds: 20_000,
};

export const FIGURES: Figures = {
  from: '2026-11-24',
  to: '2026-11-30',
  total: SUMS,
  before: { ...SUMS, calls: 191, booked: 126, notBooked: 15 },
  oldestWorking: null,
  rows: [],
};

export const LINE: AttentionLine = {
  kind: 'call_backs',
  severity: 'warning',
  title: 'Callers to call back',
  detail: 'They did not get what they asked for.',
  count: 3,
  since: null,
  action: { operation: 'call_back', method: 'GET', path: '/calls?callBack=true', body: {} },
};

/** Nora, who belongs to Northside Dental and repairs its runs. */
export const NORA: Me = {
  ...ADA,
  subject: 'usr_nora',
  user: ADA.user && { ...ADA.user, id: 'usr_nora', name: 'Nora Diaz' },
  permissions: ADA.permissions.map((held) => ({
    ...held,
    via: held.via.map((via) => ({ ...via, clientId: 'cli_northside' })),
  })),
};
