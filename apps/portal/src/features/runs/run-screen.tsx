'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { Failed, Skeleton, Stale } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { runQuery } from './queries';

// The frame and the run are asked for at the same time.
const RunBody = dynamic(() => import('./run-body').then((module) => module.RunBody));

/** One run by its address: loading, missing, failed or shown. */
export function RunScreen() {
  const id = usePathname().split('/')[2] ?? '';
  const { data: run, error, refetch, dataUpdatedAt } = useQuery(runQuery(id));
  return (
    <>
      {!run && <h1 className="mb-6 text-page">Run</h1>}
      {!run && (
        <Card>
          {error ? (
            <Failed error={error} what="run" onRetry={() => void refetch()} />
          ) : (
            <Skeleton rows={8} label="the run" />
          )}
        </Card>
      )}
      {run && error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
      {run && <RunBody run={run} />}
    </>
  );
}
