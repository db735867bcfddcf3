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
