import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { components, operations } from '@/api/schema';
import type { Month } from './month';

export type UsageSum = components['schemas']['usage.UsageSum'];
export type UsageReport = components['schemas']['usage.UsageReport'];
export type UsageCall = components['schemas']['usage.UsageCall'];
export type CallDetails = components['schemas']['usage.Details'];
export type Collection = components['schemas']['usage.CollectionProgress'];

export type Grouping = 'day' | 'client' | 'agent' | 'product' | 'release';

const PAGE = 50;
const REPORT_MILLISECONDS = 30_000;
const RUNNING_MILLISECONDS = 1000;

/** Queries the sums of a month, in the days of each client's own calendar. */
export const usageQuery = (month: Month, by: Grouping, client: string | null) =>
  queryOptions({
    queryKey: ['usage', 'days', month.id, by, client],
    queryFn: () =>
      unwrap(
        api().GET('/api/v1/usage/days', {
          params: { query: { from: month.from, to: month.to, by, ...(client ? { clientId: client } : {}) } },
        }),
      ),
    refetchInterval: REPORT_MILLISECONDS,
  });

/** Selects the calls behind a bar: those of a day, an agent, a product or a client, in one month. */
export interface Selection {
  month: Month;
  day: string | null;
  agent: string | null;
  product: string | null;
  client: string | null;
}

type CallFilter = NonNullable<operations['Usage_calls']['parameters']['query']>;

function filterOf({ month, day, agent, product, client }: Selection): CallFilter {
  return {
    ...(day ? { day } : { from: month.from, to: month.to }),
    ...(agent !== null ? { agent } : {}),
    ...(product !== null ? { product } : {}),
    ...(client !== null ? { clientId: client } : {}),
    limit: PAGE,
  };
}

export const callsQuery = (selection: Selection) =>
  infiniteQueryOptions({
    queryKey: ['usage', 'calls', filterOf(selection)],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api().GET('/api/v1/usage/calls', {
          params: { query: { ...filterOf(selection), ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['usage', 'call', id],
    queryFn: () => unwrap(api().GET('/api/v1/usage/calls/{id}', { params: { path: { id } } })),
  });

/** Queries the passes over each account, every second while one runs. */
export const collectionsQuery = queryOptions({
  queryKey: ['usage', 'collections'],
  queryFn: () => unwrap(api().GET('/api/v1/usage/collections', { params: { query: {} } })),
  refetchInterval: ({ state }) =>
    state.data?.items.some((one) => one.state === 'running') ? RUNNING_MILLISECONDS : REPORT_MILLISECONDS,
});

/**
 * Collects the usage since the month's first day. The request is answered after 20 s at the latest, while the collection
 * continues.
 */
export const collectNow = (provider: string, since: string) =>
  unwrap(api().POST('/api/v1/usage/collect/{provider}', { params: { path: { provider }, query: { since } } }));

/** Returns the address of the month's sums as CSV. */
export const exportAddress = (month: Month, client: string | null): string => {
  const query = new URLSearchParams({ from: month.from, to: month.to, ...(client ? { clientId: client } : {}) });
  return `/api/v1/usage/export?${query.toString()}`;
};
