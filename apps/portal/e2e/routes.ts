import { readCalls } from './calls';

/** Every route of the portal, for what holds on all of them. Grows with each page. */
export interface Route {
  name: string;
  /** Known only once the calls are made, for the page of a run. */
  path: () => string;
  status?: number;
}

export const ROUTES: readonly Route[] = [
  { name: 'overview', path: () => '/' },
  { name: 'overview-month', path: () => '/?from=30d' },
  { name: 'calls', path: () => '/calls' },
  { name: 'calls-not-booked', path: () => '/calls?outcome=not_booked&from=30d' },
  { name: 'calls-none', path: () => '/calls?q=nobody' },
  { name: 'callbacks', path: () => '/callbacks' },
  { name: 'dead-letters', path: () => '/dead-letters' },
  { name: 'run', path: () => `/runs/${readCalls().takenRun.id}` },
  { name: 'call-booked', path: () => `/calls/${readCalls().booked}` },
  { name: 'call-not-booked', path: () => `/calls/${readCalls().rejected}` },
  { name: 'call-no-flow', path: () => `/calls/${readCalls().silent}` },
  { name: 'call-missing', path: () => '/calls/call_nobody' },
  { name: 'find', path: () => '/find' },
  { name: 'usage', path: () => '/usage?month=2026-10&day=2026-10-07' },
  { name: 'usage-call', path: () => `/usage?month=2026-10&call=${readCalls().usage}` },
  { name: 'reconciliation', path: () => '/reconciliation?month=2026-10' },
  { name: 'not-found', path: () => '/no-such-page', status: 404 },
];

export const THEMES = ['light', 'dark'] as const;
