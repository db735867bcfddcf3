'use client';

import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { ApiError } from './problems';
import type { components } from './schema';

export type Me = components['schemas']['iam.MeResponse'];
type ClientPage = components['schemas']['iam.ClientResponsePage'];
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

const CLIENTS_PAGE = 100;
const MAX_CLIENTS = 1000;

/** Loads all clients, page by page, so that each row can name its client. */
async function loadClients(): Promise<{ items: Client[] }> {
  const items: Client[] = [];
  let after: string | null = '';
  while (after !== null && items.length < MAX_CLIENTS) {
    const query: { limit: number; after?: string } = { limit: CLIENTS_PAGE, ...(after ? { after } : {}) };
    const page: ClientPage = await unwrap(api().GET('/api/v1/clients', { params: { query } }));
    items.push(...page.items);
    after = page.next;
  }
  return { items };
}

export const clientsQuery = queryOptions({ queryKey: ['clients'], queryFn: loadClients, staleTime: 60_000 });

export const useMe = () => useQuery(meQuery);

/** Whether the caller holds a permission, for all clients or for some. */
export const holds = (me: Me | undefined, permission: string): boolean =>
  me?.permissions.some((held) => held.permission === permission) ?? false;

/**
 * Says whether the user is staff of the agency, who may read the flows of all its clients and so sees technical
 * details.
 */
export const isAgencyStaff = (me: Me | undefined): boolean =>
  me?.permissions.some((held) => held.permission === 'read:flows' && held.via.some((via) => via.clientId === null)) ??
  false;

/** The clients whose names and zones the caller may read; none while they load. */
export function useClients(): Client[] {
  const me = useMe();
  const { data } = useQuery({ ...clientsQuery, enabled: holds(me.data, 'read:clients') });
  return data?.items ?? [];
}
