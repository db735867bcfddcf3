import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { openInterval, spread } from '@/api/polling';
import type { components } from '@/api/schema';

export type RunSummary = components['schemas']['flows.RunSummary'];
export type RunDetail = components['schemas']['flows.RunDetail'];
export type Step = components['schemas']['flows.Step'];
export type Attempt = components['schemas']['flows.Attempt'];
export type Exchange = components['schemas']['flows.Exchange'];
export type Cause = components['schemas']['flows.Cause'];

const LIST_MILLISECONDS = 15_000;

export const latestRunsQuery = (client: string | null) =>
  queryOptions({
    queryKey: ['runs', 'latest', client],
    queryFn: () =>
      unwrap(api().GET('/api/v1/runs', { params: { query: { limit: 20, ...(client ? { client } : {}) } } })),
    refetchInterval: () => spread(LIST_MILLISECONDS),
  });

const OPEN: readonly RunDetail['status'][] = ['running', 'waiting', 'paused'];

export const isOpen = (run: RunDetail): boolean => OPEN.includes(run.status);

/** Loads one run with its steps. An open run is polled; an unchanged one is answered 304 and writes no audit entry. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () => unwrap(api().GET('/api/v1/runs/{id}', { params: { path: { id } } })),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? openInterval(state.dataUpdateCount) : false),
  });

/** Loads the flows by name, for a filter. */
export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: () => unwrap(api().GET('/api/v1/flows')),
  staleTime: 60_000,
});

/** Loads the versions of a flow, from which a replay chooses one. */
export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flow', id],
    queryFn: () => unwrap(api().GET('/api/v1/flows/{id}', { params: { path: { id } } })),
  });
