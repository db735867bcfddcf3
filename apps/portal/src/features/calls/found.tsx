'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Failed, FilteredEmpty, Skeleton } from '@/components/list/states';
import { OutcomeChip, RunChip } from '@/components/state-chip';
import { CardHead, Count } from '@/components/ui/card';
import { formatDateTime, formatPhone } from '@/lib/format';
import { moveInList } from '@/shell/keys';
import { scoped } from '@/shell/navigation';
import { useScope } from '@/shell/scope';
import { timelineQuery, type Timeline } from './queries';

/** Returns the address of the only result of a search, if there is just one. */
function onlyTarget(timeline: Timeline): string | null {
  const [call] = timeline.calls;
  if (call && timeline.calls.length === 1) return `/calls/${encodeURIComponent(call.callId)}`;
  const [run] = timeline.runs;
  return run && timeline.calls.length === 0 && timeline.runs.length === 1 ? `/runs/${run.id}` : null;
}

/** Shows what a search found, or opens it if there is just one. */
export function Found({ query, onClear }: { query: string; onClear: () => void }) {
  const router = useRouter();
  const [client] = useScope();
  const { data, error, refetch } = useQuery(timelineQuery('q', query));
  const target = data ? onlyTarget(data) : null;
  useEffect(() => {
    if (target) router.replace(scoped(target, client));
  }, [target, client, router]);
  if (error) return <Failed error={error} what="the search" onRetry={() => void refetch()} />;
  if (!data || target) return <Skeleton rows={4} label="calls" />;
  if (data.calls.length === 0 && data.runs.length === 0) {
    return <FilteredEmpty title={`Nothing is known of “${query}”`} onClear={onClear} />;
  }
  return <Results timeline={data} client={client} />;
}

function Results({ timeline, client }: { timeline: Timeline; client: string | null }) {
  const list = useRef<HTMLDivElement>(null);
  const withCall = new Set(timeline.calls.map((call) => call.runId));
  const runs = timeline.runs.filter((run) => !withCall.has(run.id));
  return (
    <>
      <CardHead title="Calls">
        <Count>{timeline.calls.length + runs.length}</Count>
      </CardHead>
      <div
        ref={list}
        role="presentation"
        onKeyDown={(event) => {
          if (event.key === 'j' || event.key === 'k') moveInList(list.current, event.key === 'j' ? 1 : -1);
        }}
      >
        <ul>
          {timeline.calls.map((call) => (
            <li key={call.callId} className="relative border-b border-line px-4 py-2.5 last:border-0 hover:bg-hover">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Link
                  data-row
                  href={scoped(`/calls/${encodeURIComponent(call.callId)}`, client)}
                  prefetch={false}
                  className="font-medium after:absolute after:inset-0"
                >
                  {call.name ?? (call.from ? formatPhone(call.from) : 'Unknown caller')}
                </Link>
                <span className="text-fg-2">{formatDateTime(call.at, { zone: call.client?.timeZone })}</span>
                <span className="text-fg-2">{call.client?.name}</span>
                <span className="ml-auto">
                  <OutcomeChip outcome={call.outcome} />
                </span>
              </div>
              <p className="truncate text-second text-fg-2" title={call.forClient}>
                {call.forClient}
              </p>
            </li>
          ))}
          {runs.map((run) => (
            <li
              key={run.id}
              className="relative flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0 hover:bg-hover"
            >
              <Link
                data-row
                href={scoped(`/runs/${run.id}`, client)}
                prefetch={false}
                className="font-medium after:absolute after:inset-0"
              >
                {run.flow} {run.version}
              </Link>
              <span className="text-fg-2">{formatDateTime(run.startedAt)}</span>
              <span className="ml-auto">
                <RunChip status={run.status} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
