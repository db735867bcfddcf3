'use client';

import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { ApiError } from './problems';
import type { components } from './schema';

export type Me = components['schemas']['iam.MeResponse'];
export type Client = components['schemas']['iam.ClientResponse'];

const MAX_TRIES = 3;

/** One client a page load. Responses that a retry cannot mend are not tried again. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => error instanceof ApiError && error.isTemporary && failures < MAX_TRIES - 1,
        retryDelay: (failures, error) =>
          error instanceof ApiError && error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : 500 * 2 ** failures,
      },
    },
  });
}

/** The signed-in user with their permissions: read first, and again when the window gets the focus. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => unwrap(api().GET('/api/v1/me')),
  staleTime: 60_000,
});

export const clientsQuery = queryOptions({
  queryKey: ['clients'],
  queryFn: () => unwrap(api().GET('/api/v1/clients', { params: { query: { limit: 100 } } })),
  staleTime: 60_000,
});

export const useMe = () => useQuery(meQuery);

/** Whether the caller holds a permission, for all clients or for some. */
export const holds = (me: Me | undefined, permission: string): boolean =>
  me?.permissions.some((held) => held.permission === permission) ?? false;

/** The clients whose names and zones the caller may read; none while they load. */
export function useClients(): Client[] {
  const me = useMe();
  const { data } = useQuery({ ...clientsQuery, enabled: holds(me.data, 'read:clients') });
  return data?.items ?? [];
}
