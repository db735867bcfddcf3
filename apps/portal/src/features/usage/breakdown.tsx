'use client';

import { useQuery } from '@tanstack/react-query';
import type { Client } from '@/api/queries';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { Card, CardHead } from '@/components/ui/card';
import { classes } from '@/lib/classes';
import { plural } from '@/lib/format';
import { formatAmount, formatMinutes } from './amount';
import type { Month } from './month';
import { usageQuery, type Grouping, type UsageSum } from './queries';
import { shares } from './sums';

export type Dimension = Exclude<Grouping, 'day'>;

export const DIMENSIONS: readonly { id: Dimension; title: string }[] = [
  { id: 'client', title: 'Client' },
  { id: 'agent', title: 'Agent' },
  { id: 'product', title: 'Product' },
  { id: 'release', title: 'Release' },
];

interface Props {
  month: Month;
  client: string | null;
  clients: readonly Client[];
  by: Dimension;
  selected: string | null;
  onDimension: (by: Dimension) => void;
  onSelect: (key: string | null) => void;
}

/** Shows a month by client, agent, product or release, the largest first. Pressing a bar opens its calls. */
export function Breakdown({ month, client, clients, by, selected, onDimension, onSelect }: Props) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(usageQuery(month, by, client));
  const sums = data?.items;
  const lengths = shares(sums ?? []);
  const rows = (sums ?? [])
    .map((sum, at) => ({ sum, share: lengths[at] ?? 0 }))
    .sort((one, other) => other.share - one.share);
  return (
    <Card>
      <CardHead title="Breakdown">
        <div role="group" aria-label="Break down by" className="flex gap-1">
          {DIMENSIONS.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === by}
              onClick={() => onDimension(id)}
              className={classes(
                'h-7 rounded-control px-2.5 font-medium max-md:h-11',
                id === by ? 'bg-selected' : 'text-fg-2 hover:bg-hover',
              )}
            >
              {title}
            </button>
          ))}
        </div>
      </CardHead>
      {!sums && error && <Failed error={error} what="the breakdown" onRetry={() => void refetch()} />}
      {!sums && !error && <Skeleton rows={4} label="the breakdown" />}
      {sums && error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
      {sums?.length === 0 && <Empty title="No usage in this month" />}
      <ul className="max-h-110 overflow-y-auto" tabIndex={rows.length > 8 ? 0 : undefined}>
        {rows.map(({ sum, share }) => (
          <li key={`${sum.key} ${sum.currency}`} className="border-b border-line last:border-0">
            <button
              type="button"
              aria-pressed={sum.key === selected}
              onClick={() => onSelect(sum.key === selected ? null : sum.key)}
              className={classes('w-full px-4 py-2.5 text-left', sum.key === selected ? 'bg-row' : 'hover:bg-hover')}
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-medium" title={sum.key}>
                  {nameOf(by, sum, clients)}
                </span>
                <span className="shrink-0">{sum.cost ? formatAmount(sum.cost) : formatMinutes(sum.billedSeconds)}</span>
              </span>
              <span className="mt-1.5 block h-1.5 rounded-full bg-selected">
                <span
                  aria-hidden
                  style={{ width: `${share * 100}%` }}
                  className="block h-full min-w-[3px] rounded-full bg-brand"
                />
              </span>
              <span className="mt-1 block text-second text-fg-2">
                {by === 'product'
                  ? `charged ${plural(sum.calls, 'time')}, ${formatMinutes(sum.billedSeconds)}`
                  : `${plural(sum.calls, 'call')}, ${formatMinutes(sum.talkSeconds)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function nameOf(by: Dimension, { key }: UsageSum, clients: readonly Client[]): string {
  if (by === 'client') return key === '' ? 'No client' : (clients.find(({ id }) => id === key)?.name ?? key);
  return key === '' || key === '/' ? 'No agent' : key.replace('/', ', version ');
}
