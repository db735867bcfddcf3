import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { components } from '@/api/schema';

export type Invoice = components['schemas']['usage.InvoiceView'];
export type Difference = components['schemas']['usage.Difference'];
export type DifferenceClass = NonNullable<Difference['class']>;
export type Decision = 'accept' | 'dispute' | 'ours';

const PAGE = 50;

/** Loads providers' invoices, newest first, of one month or of all. */
export const invoicesQuery = (month: string | null) =>
  queryOptions({
    queryKey: ['provider-invoices', month],
    queryFn: () =>
      unwrap(api().GET('/api/v1/usage/provider-invoices', { params: { query: month === null ? {} : { month } } })),
  });

export const differencesQuery = (invoiceId: string, name: string) =>
  infiniteQueryOptions({
    queryKey: ['provider-invoices', invoiceId, 'differences', name],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api().GET('/api/v1/usage/provider-invoices/{id}/differences', {
          params: {
            path: { id: invoiceId },
            query: { class: name, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const reconcile = (id: string) =>
  unwrap(api().POST('/api/v1/usage/provider-invoices/{id}/reconcile', { params: { path: { id } } }));

export const decide = (id: string, key: string, decision: Decision) =>
  unwrap(
    api().POST('/api/v1/usage/provider-invoices/{id}/differences/{key}', {
      params: { path: { id, key } },
      body: { decision },
    }),
  );

/** Sends the document as the provider wrote it. */
export function upload(connectionId: string, month: string, document: File) {
  const csv = document.name.toLowerCase().endsWith('.csv');
  return unwrap(
    api().POST('/api/v1/usage/provider-invoices', {
      params: { query: { connectionId, month } },
      headers: { 'content-type': csv ? 'text/csv' : 'application/json' },
      // The API's description has no schema for a provider's own document.
      body: document as never,
      bodySerializer: (body: unknown) => body as File,
    }),
  );
}
