'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CopyId } from '@/components/copy-id';
import { Empty, Failed, Skeleton } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { formatExactly } from '@/features/usage/amount';
import { notify } from '@/lib/notify';
import { decide, differencesQuery, type Decision, type Difference, type DifferenceClass } from './queries';

interface Props {
  invoiceId: string;
  name: DifferenceClass;
  mayDecide: boolean;
  onOpen: (callId: string) => void;
}

/** Shows the differences of one class, ours beside theirs, and the decision about each. */
export function Differences({ invoiceId, name, mayDecide, onOpen }: Props) {
  const differences = useInfiniteQuery(differencesQuery(invoiceId, name));
  const rows = differences.data?.pages.flatMap((page) => page.items);
  return (
    <div className="border-t border-line bg-sunken">
      {!rows && differences.error && (
        <Failed error={differences.error} what="differences" onRetry={() => void differences.refetch()} />
      )}
      {!rows && !differences.error && <Skeleton rows={3} label="differences" />}
      {rows?.length === 0 && <Empty title="No difference of this class is left" />}
      <ul>
        {rows?.map((difference) => (
          <li key={difference.key} className="border-b border-line px-4 py-3 last:border-0">
            <Row difference={difference} invoiceId={invoiceId} mayDecide={mayDecide} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {differences.hasNextPage && (
        <div className="flex justify-center border-t border-line p-3">
          <Button onClick={() => void differences.fetchNextPage()} disabled={differences.isFetchingNextPage}>
            Load more
          </Button>
        </div>
      )}
    </div>
  );
}

const DECISIONS: readonly { decision: Decision; title: string; done: string }[] = [
  { decision: 'accept', title: 'Accept', done: 'Accepted: the difference is usage now' },
  { decision: 'dispute', title: 'Dispute', done: 'Disputed' },
  { decision: 'ours', title: 'Keep ours', done: 'Ours is kept' },
];

const DECIDED: Record<Difference['decision'], string> = {
  open: 'Waits for a decision',
  accepted: 'Accepted',
  disputed: 'Disputed',
  ours: 'Ours is kept',
};

interface RowProps extends Omit<Props, 'name'> {
  difference: Difference;
}

function Row({ difference, invoiceId, mayDecide, onOpen }: RowProps) {
  const queries = useQueryClient();
  const decision = useMutation({
    mutationFn: (next: Decision) => decide(invoiceId, difference.key, next),
    onSuccess: (_, next) => notify({ text: DECISIONS.find((one) => one.decision === next)?.done ?? '' }),
    onError: (failure) => notify({ text: failure.message, tone: 'bad' }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['provider-invoices'] }),
        queries.invalidateQueries({ queryKey: ['usage'] }),
      ]),
  });
  const { callId, product, leg } = difference;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3">
          {callId ? <CopyId value={callId} label="Call ID" /> : <span>No call</span>}
          {product && <span className="font-medium">{product}</span>}
          {leg > 0 && <span className="text-fg-2">after the transfer</span>}
          {callId && (
            <button type="button" className="font-medium text-link max-md:min-h-11" onClick={() => onOpen(callId)}>
              Open call
            </button>
          )}
        </p>
        <p className="mt-1 text-second text-fg-2">
          Theirs {sideOf(difference.theirQuantity, difference.theirCost)}; ours{' '}
          {sideOf(difference.ourQuantity, difference.ourCost)}; difference {formatExactly(difference.amount)}
        </p>
        <p className="text-second text-fg-2">{DECIDED[difference.decision]}</p>
      </div>
      {mayDecide && difference.decision !== 'accepted' && (
        <div className="flex gap-2">
          {DECISIONS.map(({ decision: next, title }) => (
            <Button
              key={next}
              size="small"
              disabled={decision.isPending}
              aria-label={`${title}: ${product ?? callId ?? difference.key}`}
              onClick={() => decision.mutate(next)}
            >
              {title}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function sideOf(quantity: string | null, cost: Difference['ourCost']): string {
  if (cost === null) return 'nothing';
  return quantity === null ? formatExactly(cost) : `${quantity} at ${formatExactly(cost)}`;
}
