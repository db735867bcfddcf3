'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Failed, Skeleton, Stale } from './states';

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

interface Props<T> {
  query: Query<T>;
  /** The plural of the things that are loaded, for sentences: "calls". */
  what: string;
  /** The number of rows of the skeleton. */
  rows: number;
  children: (data: T) => ReactNode;
}

/** Shows what was loaded, or that it is loading, failed or stale. */
export function Loaded<T>({ query, what, rows, children }: Props<T>) {
  const { data, error, dataUpdatedAt } = query;
  const retry = () => void query.refetch();
  if (data === undefined) {
    return error ? <Failed error={error} what={what} onRetry={retry} /> : <Skeleton rows={rows} label={what} />;
  }
  return (
    <>
      {error && <Stale since={dataUpdatedAt} onRetry={retry} />}
      {children(data)}
    </>
  );
}

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Leads to the following page of a list. */
export function LoadMore({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className="border-t border-line p-3 text-center">
      <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {pages.isFetchingNextPage ? 'Loading…' : 'Load more'}
      </Button>
    </div>
  );
}
