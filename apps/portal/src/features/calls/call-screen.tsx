'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { runQuery } from '@/features/runs/queries';
import { timelineQuery } from './queries';

// The frame and the call are asked for at the same time.
const CallPage = dynamic(() => import('./call-page').then((module) => module.CallPage));

/** A call by its address: loading, missing, failed or shown. */
export function CallScreen() {
  const callId = decodeURIComponent(usePathname().split('/')[2] ?? '');
  const { data: timeline, error, refetch, dataUpdatedAt } = useQuery(timelineQuery('callId', callId));
  const call = timeline?.calls.find((one) => one.callId === callId) ?? null;
  const runId = call?.runId ?? null;
  const run = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const failure = error ?? run.error;
  const ready = call && (runId === null || run.data || run.error);
  if (ready) {
    return (
      <>
        {failure && <Stale since={dataUpdatedAt} onRetry={() => void Promise.all([refetch(), run.refetch()])} />}
        <CallPage
          call={call}
          run={run.data ?? null}
          timeline={timeline ?? null}
          source={`/api/v1/timeline?callId=${encodeURIComponent(callId)}`}
        />
      </>
    );
  }
  return (
    <>
      <h1 className="mb-6 text-page">Call</h1>
      <Card>
        {error ? (
          <Failed error={error} what="call" onRetry={() => void refetch()} />
        ) : timeline && !call ? (
          <Empty title="There is no such call">
            Its webhook may still be on its way, it may belong to another agency, or its data was erased.
          </Empty>
        ) : (
          <Skeleton rows={8} label="the call" />
        )}
      </Card>
    </>
  );
}
