import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { components } from '@/api/schema';

export type Group = components['schemas']['flows.Group'];

const BADGE_MILLISECONDS = 30_000;
const LIST_MILLISECONDS = 15_000;
const PAGE = 50;

/** The groups, also the badge of the navigation. */
export const deadLettersQuery = (client: string | null) =>
  queryOptions({
    queryKey: ['dead-letters', client],
    queryFn: () => unwrap(api().GET('/api/v1/dead-letters', { params: { query: client ? { client } : {} } })),
    refetchInterval: BADGE_MILLISECONDS,
  });

/** The runs of a group, newest first. */
export const parkedRunsQuery = (reason: string, client: string | null) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'parked', reason, client],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api().GET('/api/v1/runs', {
          params: {
            query: {
              status: 'parked',
              reason,
              limit: PAGE,
              ...(client ? { client } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LIST_MILLISECONDS,
  });
