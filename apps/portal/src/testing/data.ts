import type { Client, Me } from '@/api/queries';
import type { Group } from '@/features/dead-letters/queries';
import type { RunSummary } from '@/features/runs/queries';

const via = { assignment: 'asg_1', role: 'tenant-admin', group: null, clientId: null, resource: null, expiresAt: null };

/** Ada, the administrator of Bright Agency. */
export const ADA: Me = {
  subject: 'usr_ada',
  user: {
    id: 'usr_ada',
    email: 'ada@bright.example',
    name: 'Ada Byron',
    state: 'active',
    active: true,
    createdAt: '2026-11-01T00:00:00Z',
  } as Me['user'],
  tenantId: 'tnt_bright',
  tenants: [{ id: 'tnt_bright', name: 'Bright Agency' }],
  roles: [{ role: 'tenant-admin', clientId: null, resource: null, group: null }],
  permissions: ['read:runs', 'read:clients', 'read:events', 'read:flows', 'run:flows'].map((permission) => ({
    permission,
    via: [via],
  })),
  session: { id: 'ses_1', until: '2026-11-30T20:00:00Z', absoluteUntil: '2026-12-07T10:00:00Z' },
  impersonation: null,
};

export const CLIENTS: Client[] = [
  { id: 'cli_northside', name: 'Northside Dental', timeZone: 'America/Chicago', locale: 'en-US', settings: {} },
  { id: 'cli_harbor', name: 'Harbor Fitness', timeZone: 'Europe/Berlin', locale: 'de-DE', settings: {} },
];

export const RUN: RunSummary = {
  id: 'run_01m8p015ewp9kkqvkpjma3jkw9',
  flow: { name: 'book-from-call', version: '1.0.0' },
  status: 'parked',
  clientId: 'cli_northside',
  correlationId: 'cor_1',
  eventId: 'evt_1',
  startedAt: '2026-11-30T04:27:25.596Z',
  endedAt: '2026-11-30T04:27:26.067Z',
  cause: {
    code: 'no_slot',
    sentence: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
    nextAction: 'Offer the caller another time; the contact was kept.',
    step: 'booking',
  },
  caller: { name: 'Edsger Dijkstra', phone: '+13125551302' },
  requested: '2026-12-02T09:00:00-06:00',
};

export const GROUP: Group = {
  reason: 'no_slot',
  meaning: 'The time the caller wanted is not free.',
  nextAction: 'Offer the caller another time; the contact was kept.',
  latest: 'In Google Calendar, Wed, Dec 2, 9:00 AM is taken.',
  runs: 3,
  oldest: '2026-11-30T04:20:00Z',
  newest: '2026-11-30T04:27:26Z',
  clients: ['cli_northside'],
  flows: ['book-from-call'],
};

export const page = <T>(items: T[], next: string | null = null) => ({ items, next });

export const problem = (status: number, detail = 'It failed.') => ({
  status,
  body: { type: 'about:blank', title: 'Failed', status, code: `${status}.failed`, detail, correlationId: 'cor_failed' },
  headers: { 'content-type': 'application/problem+json' },
});
