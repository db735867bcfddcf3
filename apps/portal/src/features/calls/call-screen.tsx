'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { runQuery } from '@/features/runs/queries';
import { timelineQuery } from './queries';

// The page's frame and the call are requested at the same time.
const CallPage = dynamic(() => import('./call-page').then((module) => module.CallPage));

/** Shows the call in the address, and the states in which it is loading, missing or failed. */
export function CallScreen() {
  const callId = decodeURIComponent(usePathname().split('/')[2] ?? '');
  const { data: timeline, error, refetch, dataUpdatedAt } = useQuery(timelineQuery('callId', callId));
  const call = timeline?.calls.find((one) => one.callId === callId);
  const runId = call?.runId ?? null;
  const run = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const retry = () => void Promise.all([refetch(), ...(runId === null ? [] : [run.refetch()])]);
  if (!call) return <NoCallYet error={error} isMissing={timeline !== undefined} onRetry={retry} />;
  if (run.isLoading) return <NoCallYet error={null} isMissing={false} onRetry={retry} />;
  return (
    <>
      {(error ?? run.error) && <Stale since={dataUpdatedAt} onRetry={retry} />}
      <CallPage
        call={call}
        run={run.data ?? null}
        timeline={timeline ?? null}
        source={`/api/v1/timeline?callId=${encodeURIComponent(callId)}`}
      />
    </>
  );
}

interface NoCallProps {
  error: Error | null;
  isMissing: boolean;
  onRetry: () => void;
}

function NoCallYet({ error, isMissing, onRetry }: NoCallProps) {
  return (
    <>
      <h1 className="mb-6 text-page">Call</h1>
      <Card>
        {error ? (
          <Failed error={error} what="call" onRetry={onRetry} />
        ) : isMissing ? (
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
