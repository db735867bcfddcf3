'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useClients } from '@/api/queries';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { RunChip } from '@/components/state-chip';
import { Card, CardHead, Count } from '@/components/ui/card';
import { deadLettersQuery } from '@/features/dead-letters/queries';
import { REASONS } from '@/features/dead-letters/reason';
import { requestedTime } from '@/lib/requested-time';
import { latestRunsQuery, type RunSummary } from '@/features/runs/queries';
import { formatDateTime, formatPhone, formatZone, plural, viewerZone } from '@/lib/format';
import { usePage } from '@/shell/page';
import { scoped } from '@/shell/navigation';
import { useScope } from '@/shell/scope';

const TITLE = 'Overview';

/** Shows the overview: work that needs attention first, then the latest runs. */
export function OverviewScreen() {
  usePage(TITLE);
  const [client] = useScope();
  return (
    <>
      <h1 className="mb-6 text-page">{TITLE}</h1>
      <div className="flex flex-col gap-4">
        <Attention client={client} />
        <LatestRuns client={client} />
      </div>
    </>
  );
}

function Attention({ client }: { client: string | null }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(deadLettersQuery(client));
  return (
    <Card>
      <CardHead title="Needs attention">{data && <Count>{data.items.length}</Count>}</CardHead>
      {!data && error && <Failed error={error} what="what needs attention" onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} label="what needs attention" />}
      {data && error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <Empty title="Nothing needs attention">Every run ended, or continues by itself.</Empty>
      )}
      <ul>
        {data?.items.map((group) => {
          const { title, icon: Icon } = REASONS[group.reason];
          return (
            <li
              key={group.reason}
              className="relative flex items-start gap-3 border-b border-line px-4 py-3 last:border-0 hover:bg-hover"
            >
              <Icon aria-hidden size={16} className="mt-0.5 shrink-0 text-bad-solid" />
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  {title}: {plural(group.runs, 'run')}
                </p>
                <p className="text-second text-fg-2">{group.latest}</p>
              </div>
              <Link
                href={scoped(`/dead-letters?reason=${group.reason}`, client)}
                prefetch={false}
                className="flex shrink-0 items-center gap-1 font-medium text-link after:absolute after:inset-0"
              >
                Review <span className="sr-only">{title}</span> <ArrowRight aria-hidden size={14} />
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function LatestRuns({ client }: { client: string | null }) {
  const clients = useClients();
  const { data, error, refetch, dataUpdatedAt } = useQuery(latestRunsQuery(client));
  const zone = clients.find((one) => one.id === client)?.timeZone ?? viewerZone();
  return (
    <Card>
      <CardHead title="Latest runs">
        <span className="text-second text-fg-2">{formatZone(zone)}</span>
      </CardHead>
      {!data && error && <Failed error={error} what="runs" onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} label="runs" />}
      {data && error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty title="No runs yet">A run appears a second after a call has ended.</Empty>}
      <ul>
        {data?.items.map((run) => (
          <li
            key={run.id}
            className="relative grid min-h-11 grid-cols-[160px_minmax(0,1fr)_124px_minmax(0,1.6fr)_160px] items-center gap-4 border-b border-line px-4 py-1.5 last:border-0 hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:py-3"
          >
            <RunCells run={run} client={client} clientName={nameOf(clients, run)} zone={zone} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const nameOf = (clients: { id: string; name: string; timeZone: string }[], run: RunSummary) =>
  clients.find((one) => one.id === run.clientId);

interface CellsProps {
  run: RunSummary;
  client: string | null;
  clientName: { name: string; timeZone: string } | undefined;
  zone: string;
}

function RunCells({ run, client, clientName, zone }: CellsProps) {
  const phone = run.caller?.phone ? formatPhone(run.caller.phone) : null;
  return (
    <>
      <span className="text-fg-2 max-md:order-2">{formatDateTime(run.startedAt, { zone })}</span>
      <span className="min-w-0 max-md:order-1">
        <Link
          href={scoped(`/runs/${run.id}`, client)}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {run.caller?.name ?? phone ?? `${run.flow.name} ${run.flow.version}`}
        </Link>
        {run.caller?.name && phone && <span className="block text-second text-fg-2 max-md:hidden">{phone}</span>}
      </span>
      <span className="max-md:order-3">
        <RunChip status={run.status} />
      </span>
      <span className="truncate text-fg-2 max-md:hidden" title={run.cause?.sentence}>
        {run.cause?.sentence ?? clientName?.name ?? run.clientId}
      </span>
      <span className="max-md:order-4 max-md:text-right">{requestedTime(run.requested, clientName?.timeZone)}</span>
    </>
  );
}
