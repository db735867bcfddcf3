'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import type { Client } from '@/api/queries';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { classes } from '@/lib/classes';
import { formatDateTime } from '@/lib/format';
import { formatAmount, formatMinutes } from './amount';
import { callsQuery, type Selection, type UsageCall } from './queries';
import { zoneOf } from './zone';

const COLUMNS = 'grid grid-cols-[180px_minmax(0,1fr)_96px_96px_112px] items-center gap-4 px-4';

interface Props {
  title: string;
  selection: Selection;
  clients: readonly Client[];
  onOpen: (callId: string) => void;
  onClose: () => void;
}

/** Shows the calls behind a bar, oldest first. */
export function CallsOfSelection({ title, selection, clients, onOpen, onClose }: Props) {
  const calls = useInfiniteQuery(callsQuery(selection));
  const rows = calls.data?.pages.flatMap((page) => page.items);
  return (
    <Card aria-label="Calls">
      <CardHead title={`Calls: ${title}`}>
        <Button kind="ghost" size="small" onClick={onClose}>
          Show all
        </Button>
      </CardHead>
      {!rows && calls.error && <Failed error={calls.error} what="calls" onRetry={() => void calls.refetch()} />}
      {!rows && !calls.error && <Skeleton rows={5} label="calls" />}
      {rows && calls.error && <Stale since={calls.dataUpdatedAt} onRetry={() => void calls.refetch()} />}
      {rows?.length === 0 && <Empty title="No calls" />}
      {rows && rows.length > 0 && <ColumnHeads amount={rows.some(({ cost }) => cost) ? 'Cost' : 'Price'} />}
      <ul>
        {rows?.map((call) => (
          <li key={`${call.callId} ${call.clientId}`} className="border-b border-line last:border-0">
            <button
              type="button"
              onClick={() => onOpen(call.callId)}
              className={classes(
                COLUMNS,
                'min-h-11 w-full py-1.5 text-left hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:py-3',
              )}
            >
              <CallCells call={call} client={clients.find(({ id }) => id === call.clientId)} />
            </button>
          </li>
        ))}
      </ul>
      {calls.hasNextPage && (
        <div className="flex justify-center border-t border-line p-3">
          <Button onClick={() => void calls.fetchNextPage()} disabled={calls.isFetchingNextPage}>
            Load more
          </Button>
        </div>
      )}
    </Card>
  );
}

/** Names the columns for the eye; each row names its lengths itself for screen readers. */
function ColumnHeads({ amount }: { amount: 'Cost' | 'Price' }) {
  return (
    <div
      aria-hidden
      className={classes(COLUMNS, 'h-8 border-b border-line bg-sunken text-second text-fg-2 max-md:hidden')}
    >
      <span>Began</span>
      <span>Client</span>
      <span className="text-right">Talked</span>
      <span className="text-right">Billed</span>
      <span className="text-right">{amount}</span>
    </div>
  );
}

function CallCells({ call, client }: { call: UsageCall; client: Client | undefined }) {
  return (
    <>
      <span className="text-fg-2">{formatDateTime(call.at, { zone: zoneOf(call, client) })}</span>
      <span className="min-w-0 truncate max-md:order-3">
        <span className="font-medium">{client?.name ?? call.clientId ?? 'No client'}</span>
        {call.revisions > 1 && <span className="ml-2 text-second text-warn">corrected</span>}
      </span>
      <span className="text-right text-fg-2 max-md:hidden">
        <span className="sr-only">talked </span>
        {formatMinutes(call.talkSeconds)}
      </span>
      <span className="text-right text-fg-2 max-md:order-4">
        <span className="sr-only">billed </span>
        {formatMinutes(call.billedSeconds)}
      </span>
      <span className="text-right font-medium max-md:order-2">
        {call.cost ? formatAmount(call.cost) : call.price ? formatAmount(call.price) : ''}
      </span>
    </>
  );
}
