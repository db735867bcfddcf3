import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { spread } from '@/api/polling';
import type { components, operations } from '@/api/schema';

export type CallView = components['schemas']['insights.CallView'];
export type Counts = components['schemas']['insights.Counts'];
export type HandledHow = components['schemas']['insights.Handled']['how'];
export type CallFilter = NonNullable<operations['Call_list']['parameters']['query']>;

const PAGE = 50;
const LIST_MILLISECONDS = 15_000;
/** A longer list is not polled, because each poll reads all its pages again. */
const MAX_POLLED_PAGES = 3;

/** Loads the calls that a filter selects, the newest first, page by page. */
export const callsQuery = (filter: CallFilter) =>
  infiniteQueryOptions({
    queryKey: ['calls', 'list', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api().GET('/api/v1/calls', {
          params: { query: { limit: PAGE, ...filter, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= MAX_POLLED_PAGES ? spread(LIST_MILLISECONDS) : false,
  });

export type CountFilter = NonNullable<operations['Call_counts']['parameters']['query']>;

/** Counts the calls of the tabs. */
export const countsQuery = (filter: CountFilter) =>
  queryOptions({
    queryKey: ['calls', 'counts', filter],
    queryFn: () => unwrap(api().GET('/api/v1/calls/counts', { params: { query: filter } })),
    refetchInterval: () => spread(LIST_MILLISECONDS),
  });

export const markHandled = (callId: string, how: HandledHow) =>
  unwrap(api().POST('/api/v1/calls/{callId}/handled', { params: { path: { callId } }, body: { how, note: null } }));

export const unmarkHandled = (callId: string) =>
  unwrap(api().DELETE('/api/v1/calls/{callId}/handled', { params: { path: { callId } } }));
