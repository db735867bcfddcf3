import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { spread } from '@/api/polling';
import type { components } from '@/api/schema';

export type AttentionLine = components['schemas']['insights.AttentionLine'];

/** Gives the events of an agent, number or location to a client, those that waited too. */
export const mapRoute = (body: components['schemas']['connections.RouteRequest']) =>
  unwrap(api().PUT('/api/v1/ingress/routes', { body }));

const BADGE_MILLISECONDS = 30_000;

/** Loads the things that need a person, whose counts are also the badges of the navigation. */
export const attentionQuery = (client: string | null) =>
  queryOptions({
    queryKey: ['attention', client],
    queryFn: () => unwrap(api().GET('/api/v1/attention', { params: { query: client ? { client } : {} } })),
    refetchInterval: () => spread(BADGE_MILLISECONDS),
  });
