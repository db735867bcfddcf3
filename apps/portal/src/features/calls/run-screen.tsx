'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { holds, useMe } from '@/api/queries';
import { Failed, Skeleton, Stale } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { runQuery } from '@/features/runs/queries';
import { timelineQuery } from './queries';

// The page's frame and the run are requested at the same time.
const CallPage = dynamic(() => import('./call-page').then((module) => module.CallPage));

/**
 * Shows the run in the address with the call that started it, and the states in which it is loading, missing or failed.
 */
export function RunScreen() {
  const id = usePathname().split('/')[2] ?? '';
  const me = useMe();
  const { data: run, error, refetch, dataUpdatedAt } = useQuery(runQuery(id));
  const timeline = useQuery({ ...timelineQuery('runId', id), enabled: holds(me.data, 'read:events') });
  if (!run) {
    return (
      <>
        <h1 className="mb-6 text-page">Run</h1>
        <Card>
          {error ? (
            <Failed error={error} what="run" onRetry={() => void refetch()} />
          ) : (
            <Skeleton rows={8} label="the run" />
          )}
        </Card>
      </>
    );
  }
  const call = timeline.data?.calls.find((one) => one.runId === id) ?? null;
  return (
    <>
      {error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
      <CallPage
        call={call}
        run={run}
        timeline={timeline.data ?? null}
        source={`/api/v1/timeline?runId=${encodeURIComponent(id)}`}
      />
    </>
  );
}
