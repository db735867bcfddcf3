import type { Collection, CallDetails, UsageCall, UsageReport, UsageSum } from '@/features/usage/queries';
import type { Difference, Invoice } from '@/features/reconciliation/queries';
import { ADA } from './data';
import type { Me } from '@/api/queries';

const usd = (amount: string) => ({ amount, currency: 'USD' });

const via = ADA.permissions[0]?.via ?? [];

/** Ada with the permissions of money. */
export const ADA_WITH_COSTS: Me = {
  ...ADA,
  permissions: ['read:runs', 'read:clients', 'read:billing', 'read:costs', 'collect:usage', 'post:payments'].map(
    (permission) => ({ permission, via }),
  ),
};

/** Vera, who reads one client's usage. */
export const VERA: Me = {
  ...ADA,
  permissions: ['read:runs', 'read:clients', 'read:billing'].map((permission) => ({ permission, via })),
};

export const SUM: UsageSum = {
  key: '2026-10-05',
  currency: 'USD',
  calls: 3,
  talkSeconds: 150,
  billedSeconds: 160,
  price: null,
  cost: usd('12.345'),
  upto: 4,
};

/** As the API answers readers without read:costs. */
export function withoutCost<T extends { cost?: unknown }>(one: T): T {
  const copy = { ...one };
  delete copy.cost;
  return copy;
}

export const report = (items: UsageSum[], changes: Partial<UsageReport> = {}): UsageReport => ({
  items,
  next: null,
  late: 0,
  corrected: 0,
  vanished: 0,
  ...changes,
});

export const CALL: UsageCall = {
  callId: 'call_0001',
  connectionId: 'con_retell',
  clientId: 'cli_northside',
  at: '2026-10-05T17:00:00Z',
  day: '2026-10-05',
  agentId: 'agent_front',
  release: '2',
  talkSeconds: 4,
  billedSeconds: 10,
  price: null,
  cost: usd('0.0135'),
  invoice: null,
  revisions: 2,
  timeline: '/api/v1/timeline?callId=call_0001',
};

const entry = (n: number, product: string, changes: Partial<NonNullable<CallDetails['records']>[number]> = {}) => ({
  seq: 1,
  n,
  clientId: 'cli_northside',
  revision: 1,
  product,
  leg: 0,
  metric: 'seconds',
  quantity: 10,
  cost: usd('0.0100'),
  reason: 'stated',
  reverses: null,
  ...changes,
});

export const DETAILS: CallDetails = {
  call: CALL,
  why: [{ code: 'minimum', sentence: 'The call lasted 4 s and was charged for the minimum of 10 s.' }],
  records: [
    entry(1, 'elevenlabs_tts'),
    entry(2, 'telephony', { leg: 1 }),
    entry(3, 'elevenlabs_tts', { reason: 'corrected', reverses: '1/1' }),
  ],
  statements: [
    { revision: 1, outcome: 'stated', recordedAt: '2026-10-05T17:05:00Z', statement: { combined_cost: 1.35 } },
  ],
};

export const COLLECTION: Collection = {
  provider: 'retell',
  connectionId: 'con_retell',
  pass: 'latest',
  state: 'done',
  from: null,
  to: null,
  startedAt: '2026-10-05T17:04:00Z',
  finishedAt: '2026-10-05T17:05:00Z',
  read: 12,
  fresh: 3,
  corrected: 0,
  vanished: 0,
  unattributed: 1,
  pending: 0,
  failed: 0,
  detail: null,
};

export const INVOICE: Invoice = {
  id: 'pin_1',
  connectionId: 'con_retell',
  provider: 'retell',
  month: '2026-10',
  state: 'open',
  theirs: usd('162.84'),
  ours: usd('160.84'),
  difference: usd('0.00'),
  rounding: usd('0.0013'),
  lines: 2500,
  calls: 846,
  matched: 846,
  newer: 58,
  byClass: [
    { class: 'numbers', count: 2, amount: usd('4.00') },
    { class: 'duplicate', count: 1, amount: usd('0.0817') },
  ],
  receivedAt: '2026-11-01T08:00:00Z',
  reconciledAt: '2026-11-01T08:00:01Z',
};

export const DIFFERENCE: Difference = {
  key: 'd1',
  class: 'duplicate',
  callId: 'call_0001',
  product: 'elevenlabs_tts',
  leg: 0,
  ourQuantity: '10',
  ourCost: usd('0.0817'),
  theirQuantity: '20',
  theirCost: usd('0.1634'),
  amount: usd('0.0817'),
  decision: 'open',
  decidedBy: null,
  decidedAt: null,
};
