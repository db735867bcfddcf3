import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { components } from '@/api/schema';

export type RunSummary = components['schemas']['flows.RunSummary'];

const LIST_MILLISECONDS = 15_000;

export const latestRunsQuery = (client: string | null) =>
  queryOptions({
    queryKey: ['runs', 'latest', client],
    queryFn: () =>
      unwrap(api().GET('/api/v1/runs', { params: { query: { limit: 20, ...(client ? { client } : {}) } } })),
    refetchInterval: LIST_MILLISECONDS,
  });

export const runsOfNumberQuery = (phone: string) =>
  queryOptions({
    queryKey: ['runs', 'phone', phone],
    queryFn: () => unwrap(api().GET('/api/v1/runs', { params: { query: { phone, limit: 5 } } })),
  });

export type RunDetail = components['schemas']['flows.RunDetail'];
export type Timeline = components['schemas']['insights.Timeline'];

const OPEN: readonly RunDetail['status'][] = ['running', 'waiting', 'paused'];
const OPEN_MILLISECONDS = 3_000;

export const isOpen = (run: RunDetail): boolean => OPEN.includes(run.status);

/** One run with its steps. Only an open one is asked for again: reading a transcript is an entry of the audit trail. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () => unwrap(api().GET('/api/v1/runs/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? OPEN_MILLISECONDS : false),
  });

/** The sentences of the run's steps, and every request to a provider. */
export const timelineQuery = (runId: string, open: boolean) =>
  queryOptions({
    queryKey: ['timeline', runId],
    queryFn: () => unwrap(api().GET('/api/v1/timeline', { params: { query: { runId } } })),
    refetchInterval: open ? OPEN_MILLISECONDS : false,
  });
