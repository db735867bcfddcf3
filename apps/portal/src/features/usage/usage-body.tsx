'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { holds, useClients, useMe, type Client } from '@/api/queries';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { Card, CardHead } from '@/components/ui/card';
import { invoicesQuery } from '@/features/reconciliation/queries';
import { formatCount, plural } from '@/lib/format';
import { useQueryParams } from '@/lib/use-query-params';
import { scoped } from '@/shell/navigation';
import { formatDate } from '@/lib/days';
import { formatAmount, formatMinutes } from './amount';
import { Breakdown, DIMENSIONS, type Dimension } from './breakdown';
import { DayBars } from './day-bars';
import type { Month } from './month';
import { providerName } from './provider';
import { usageQuery, type Selection, type UsageReport } from './queries';
import { totalOf } from './sums';

const CallPanel = dynamic(() => import('./call-panel').then((module) => module.CallPanel));
const CallsOfSelection = dynamic(() => import('./calls-of-selection').then((module) => module.CallsOfSelection));
const CollectionCard = dynamic(() => import('./collection-card').then((module) => module.CollectionCard));

/** Shows the figures, bars and calls of a month. */
export function UsageBody({ month, client }: { month: Month; client: string | null }) {
  const me = useMe();
  const clients = useClients();
  const [address, change] = useQueryParams();
  const day = address.get('day');
  const key = address.get('key');
  const call = address.get('call');
  const { data, error, refetch, dataUpdatedAt } = useQuery(usageQuery(month, 'day', client));
  const dimension = DIMENSIONS.find(({ id }) => id === address.get('by'))?.id ?? 'client';
  return (
    <>
      <div className="flex flex-col gap-4">
        {!data && error && (
          <Card>
            <Failed error={error} what="usage" onRetry={() => void refetch()} />
          </Card>
        )}
        {!data && !error && (
          <Card>
            <Skeleton rows={6} label="usage" />
          </Card>
        )}
        {data && (
          <>
            {error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
            <Figures report={data} month={month} client={client} />
            <div className="grid grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
              <Card>
                <CardHead title="By day">
                  <span className="text-second text-fg-2">{changesOf(data)}</span>
                </CardHead>
                {data.items.length === 0 ? (
                  <Empty title="No usage in this month">Calls appear some minutes after they have ended.</Empty>
                ) : (
                  <DayBars month={month} sums={data.items} selected={day} onSelect={(next) => change({ day: next })} />
                )}
              </Card>
              <Breakdown
                month={month}
                client={client}
                clients={clients}
                by={dimension}
                selected={key}
                onDimension={(next) => change({ by: next, key: null })}
                onSelect={(next) => change({ key: next })}
              />
            </div>
          </>
        )}
        {(day !== null || key !== null) && (
          <CallsOfSelection
            title={titleOf(day, key, clients)}
            selection={{ month, day, ...filterOf(dimension, key, client) }}
            clients={clients}
            onOpen={(id) => change({ call: id })}
            onClose={() => change({ day: null, key: null })}
          />
        )}
        {holds(me.data, 'collect:usage') && <CollectionCard month={month} />}
      </div>
      {call !== null && <CallPanel callId={call} onClose={() => change({ call: null })} />}
    </>
  );
}

/** Returns the title of a selection, from the properties that its calls share: "Oct 5, Northside Dental". */
function titleOf(day: string | null, key: string | null, clients: readonly Client[]): string {
  const name = clients.find(({ id }) => id === key)?.name ?? key;
  return [day && formatDate(day), name].filter(Boolean).join(', ') || 'no client';
}

/** Turns a bar's key into the filter of its calls. A release is filtered by the key of its agent. */
function filterOf(
  by: Dimension,
  key: string | null,
  client: string | null,
): Pick<Selection, 'agent' | 'product' | 'client'> {
  const filter = { agent: null, product: null, client };
  if (key === null) return filter;
  return { ...filter, [by === 'release' ? 'agent' : by]: key };
}

/** Describes the usage that arrived or changed after the first collection: "4 late, 2 corrected". */
function changesOf({ late, corrected, vanished }: UsageReport): string {
  const parts: [number, string][] = [
    [late, 'late'],
    [corrected, 'corrected'],
    [vanished, 'vanished'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ');
}

function Figures({ report, month, client }: { report: UsageReport; month: Month; client: string | null }) {
  const total = totalOf(report.items);
  const figures = [
    { title: 'Calls', value: formatCount(total.calls), detail: `${formatMinutes(total.talkSeconds)} talked` },
    { title: 'Billed', value: formatMinutes(total.billedSeconds), detail: 'by the providers' },
    ...(total.costs.length > 0
      ? [
          {
            title: 'Cost',
            value: total.costs.map((cost) => formatAmount(cost)).join(' + '),
            detail: 'as the providers state it',
          },
        ]
      : []),
  ];
  return (
    <Card className="grid auto-cols-fr grid-flow-col divide-x divide-line max-md:grid-flow-row max-md:divide-x-0 max-md:divide-y">
      {figures.map(({ title, value, detail }) => (
        <div key={title} className="px-5 py-4">
          <p className="text-fg-2">{title}</p>
          <p className="mt-1 text-figure">{value}</p>
          <p className="text-second text-fg-2">{detail}</p>
        </div>
      ))}
      {total.costs.length > 0 && <Reconciled month={month} client={client} />}
    </Card>
  );
}

/** Shows the difference to the provider's invoice of the month, when the reader may see it. */
function Reconciled({ month, client }: { month: Month; client: string | null }) {
  const { data } = useQuery(invoicesQuery(month.id));
  const current = data?.items.find((invoice) => invoice.state !== 'superseded');
  return (
    <div className="px-5 py-4">
      <p className="text-fg-2">Reconciliation</p>
      <p className="mt-1 text-figure">{current ? formatAmount(current.difference) : '–'}</p>
      <p className="text-second">
        <Link href={scoped(`/reconciliation?month=${month.id}`, client)} prefetch={false} className="text-link">
          {current
            ? `${formatCount(current.matched)} of ${plural(current.calls, 'call')} match ${providerName(current.provider)}’s invoice`
            : 'Compare with the provider’s invoice'}
        </Link>
      </p>
    </div>
  );
}
