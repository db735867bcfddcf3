import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { spread } from '@/api/polling';
import type { components } from '@/api/schema';

export type Sums = components['schemas']['insights.Sums'];
export type Figures = components['schemas']['insights.Figures'];

interface Selection {
  from: string;
  to: string;
  by: 'day' | 'client';
  client: string | null;
}

const FIGURES_MILLISECONDS = 15_000;

/** Loads sums of calls by the clients' days, and those of as many days before. */
export const figuresQuery = ({ from, to, by, client }: Selection) =>
  queryOptions({
    queryKey: ['calls', 'figures', from, to, by, client],
    queryFn: () =>
      unwrap(
        api().GET('/api/v1/insights/outcomes', {
          params: { query: { from, to, by, ...(client ? { client } : {}) } },
        }),
      ),
    refetchInterval: () => spread(FIGURES_MILLISECONDS),
  });
