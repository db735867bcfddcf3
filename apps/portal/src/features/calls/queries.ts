import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { openInterval } from '@/api/polling';
import type { components } from '@/api/schema';

export type Timeline = components['schemas']['insights.Timeline'];
export type Item = components['schemas']['insights.Item'];
export type Call = components['schemas']['insights.TimelineCall'];
export type Preview = components['schemas']['flows.Preview'];
export type PlannedStep = components['schemas']['flows.PlannedStep'];

export type SubjectKey = 'callId' | 'runId' | 'q';

const MAX_ITEMS = 500;

const isOpen = (timeline: Timeline): boolean =>
  timeline.calls.some((call) => call.outcome === 'working') ||
  timeline.runs.some((run) => run.status === 'running' || run.status === 'waiting');

/** Loads the timeline of a call, a run or any search text. It is polled while something is open. */
export const timelineQuery = (key: SubjectKey, value: string) =>
  queryOptions({
    queryKey: ['timeline', key, value],
    queryFn: () =>
      unwrap(api().GET('/api/v1/timeline', { params: { query: { [key]: value, limit: MAX_ITEMS, after: '' } } })),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? openInterval(state.dataUpdateCount) : false),
  });

/** Loads a transcript. Each reading is an entry in the audit trail, so it is read once, when a person asks for it. */
export const transcriptQuery = (callId: string) =>
  queryOptions({
    queryKey: ['transcript', callId],
    queryFn: () => unwrap(api().GET('/api/v1/calls/{callId}/transcript', { params: { path: { callId } } })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export interface ReplayRequest {
  version: string | null;
  input: unknown;
  repeat: string[];
  reason: string | null;
}

const replay = (id: string, preview: boolean, request: ReplayRequest, key: string | null) =>
  unwrap(
    api().POST('/api/v1/runs/{id}/replay', {
      params: { path: { id }, query: { preview } },
      body: request,
      ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
    }),
  );

/** Loads the plan of a replay; nothing is sent. */
export const previewQuery = (id: string, request: ReplayRequest) =>
  queryOptions({
    queryKey: ['preview', id, request],
    queryFn: async () => (await replay(id, true, { ...request, reason: null }, null)) as Preview,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const startReplay = (id: string, request: ReplayRequest, key: string) => replay(id, false, request, key);

export const settle = (id: string, task: string, output: unknown) =>
  unwrap(
    api().POST('/api/v1/runs/{id}/steps/{task}/settle', {
      params: { path: { id, task } },
      body: output === null ? { done: false, output: null } : { done: true, output },
    }),
  );

export const decide = (id: string, step: string, decision: 'approve' | 'reject', reason: string) =>
  unwrap(
    decision === 'approve'
      ? api().POST('/api/v1/runs/{id}/approve', { params: { path: { id } }, body: { step, reason: reason || null } })
      : api().POST('/api/v1/runs/{id}/reject', { params: { path: { id } }, body: { step, reason } }),
  );

/** Reloads everything that a decision changes, but never a transcript, because each of its readings is recorded. */
export async function refreshRun(queries: QueryClient): Promise<void> {
  const changed = ['run', 'runs', 'timeline', 'dead-letters'];
  await Promise.all(changed.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
