'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, RotateCcw, Scale } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { When } from '@/components/when';
import { formatAmount, formatExactly } from '@/features/usage/amount';
import { providerName } from '@/features/usage/provider';
import { classes } from '@/lib/classes';
import { formatCount, plural } from '@/lib/format';
import { notify } from '@/lib/notify';
import { CLASSES } from './difference-class';
import { Differences } from './differences';
import { reconcile, type Invoice } from './queries';

interface Props {
  invoice: Invoice;
  mayDecide: boolean;
  selected: string | null;
  onSelect: (name: string | null) => void;
  onOpen: (callId: string) => void;
}

const STATES: Record<string, string> = {
  open: 'Waits for decisions',
  settled: 'Settled',
  superseded: 'Superseded by a later upload',
};

/** Shows an invoice beside our records: its sums, and the classes of its differences. */
export function InvoiceCard({ invoice, mayDecide, selected, onSelect, onOpen }: Props) {
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => reconcile(invoice.id),
    onError: (failure) => notify({ text: failure.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['provider-invoices'] }),
  });
  const exact = Number(invoice.difference.amount) === 0;
  return (
    <Card aria-label={`Invoice of ${providerName(invoice.provider)}, ${invoice.month}`}>
      <div className="flex flex-wrap items-start justify-between gap-4 px-5 py-4">
        <div>
          <h2 className="text-panel">
            {providerName(invoice.provider)} {invoice.month}
          </h2>
          <p className="text-second text-fg-2">
            {STATES[invoice.state] ?? invoice.state}, received <When at={invoice.receivedAt} />
          </p>
        </div>
        {mayDecide && (
          <Button size="small" disabled={again.isPending} onClick={() => again.mutate()}>
            <RotateCcw aria-hidden size={14} /> Compare again
          </Button>
        )}
      </div>
      <dl className="grid grid-cols-4 gap-4 border-t border-line px-5 py-4 max-md:grid-cols-2">
        <Figure title="Theirs" value={formatAmount(invoice.theirs)} />
        <Figure title="Ours" value={formatAmount(invoice.ours)} />
        <Figure title="Difference of calls" value={formatAmount(invoice.difference)} />
        <Figure title="Rounding" value={formatExactly(invoice.rounding)} small />
      </dl>
      <p
        className={classes(
          'flex items-center gap-2 border-t border-line px-5 py-3',
          exact ? 'bg-ok-soft text-ok' : 'bg-warn-soft text-warn',
        )}
      >
        <Scale aria-hidden size={16} />
        {formatCount(invoice.matched)} of {plural(invoice.calls, 'call')} match {providerName(invoice.provider)}’s
        invoice exactly.
        {invoice.newer > 0 && ` ${formatCount(invoice.newer)} are newer than the invoice.`}
      </p>
      <ul>
        {invoice.byClass.map(({ class: name, count, amount }) => {
          if (!name) return null;
          const open = name === selected;
          return (
            <li key={name} className="border-t border-line">
              <button
                type="button"
                aria-expanded={open}
                onClick={() => onSelect(open ? null : name)}
                className="flex w-full items-center gap-3 px-5 py-2.5 text-left hover:bg-hover"
              >
                <ChevronRight aria-hidden size={14} className={classes('shrink-0 text-fg-2', open && 'rotate-90')} />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">
                    {CLASSES[name].title}: {formatCount(count)}
                  </span>
                  <span className="block text-second text-fg-2">{CLASSES[name].meaning}</span>
                </span>
                <span className="shrink-0">{formatExactly(amount)}</span>
              </button>
              {open && <Differences invoiceId={invoice.id} name={name} mayDecide={mayDecide} onOpen={onOpen} />}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Figure({ title, value, small = false }: { title: string; value: string; small?: boolean }) {
  return (
    <div>
      <dt className="text-fg-2">{title}</dt>
      <dd className={classes('mt-1', small ? 'text-panel' : 'text-figure')}>{value}</dd>
    </div>
  );
}
