import { readFileSync } from 'node:fs';

/** Every route of the portal, for what holds on all of them. Grows with each page. */
export interface Route {
  name: string;
  /** Known only once the calls are made, for the page of a run. */
  path: () => string;
  status?: number;
}

const parkedRun = (): string => {
  const calls = JSON.parse(readFileSync('test-results/calls.json', 'utf8')) as { takenRun: { id: string } };
  return `/runs/${calls.takenRun.id}`;
};

const usageCall = (): string => {
  const calls = JSON.parse(readFileSync('test-results/calls.json', 'utf8')) as { usage: string };
  return `/usage?month=2026-10&call=${calls.usage}`;
};

export const ROUTES: readonly Route[] = [
  { name: 'overview', path: () => '/' },
  { name: 'dead-letters', path: () => '/dead-letters' },
  { name: 'run', path: parkedRun },
  { name: 'usage', path: () => '/usage?month=2026-10&day=2026-10-07' },
  { name: 'usage-call', path: usageCall },
  { name: 'reconciliation', path: () => '/reconciliation?month=2026-10' },
  { name: 'not-found', path: () => '/no-such-page', status: 404 },
];

export const THEMES = ['light', 'dark'] as const;
