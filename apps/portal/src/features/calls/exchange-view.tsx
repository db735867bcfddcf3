'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { JsonView } from '@/components/ui/json';
import { Segments } from '@/components/ui/segments';
import type { Exchange, Step } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { formatLength, formatTime } from '@/lib/format';
import { operationName, providerName } from './words';

const ATTEMPTS: Record<Step['attempts'][number]['outcome'], string> = {
  succeeded: 'succeeded',
  retried: 'tried again',
  deferred: 'decided later',
  needs_person: 'left to a person',
  failed: 'failed',
};

/** Shows every request of a step, attempt by attempt. */
export function Requests({ step, zone }: { step: Step; zone: string }) {
  if (step.attempts.every((attempt) => attempt.exchanges.length === 0)) {
    return <p className="p-4 text-fg-2">No request was sent.</p>;
  }
  return step.attempts.map((attempt, index) => (
    <section key={attempt.startedAt} aria-label={`Attempt ${index + 1}`}>
      {step.attempts.length > 1 && (
        <h3 className="border-b border-line bg-sunken px-4 py-1.5 text-second text-fg-2">
          Attempt {index + 1}, {formatTime(attempt.startedAt, { zone })}: {ATTEMPTS[attempt.outcome]}
        </h3>
      )}
      {attempt.exchanges.map((exchange, position) => (
        <ExchangeView key={position} exchange={exchange} />
      ))}
    </section>
  ));
}

/** Shows one request and its response, which can be opened. */
export function ExchangeView({ exchange, open = false }: { exchange: Exchange; open?: boolean }) {
  const [shown, setShown] = useState(open);
  const [side, setSide] = useState<'response' | 'request'>('response');
  const Icon = shown ? ChevronDown : ChevronRight;
  const good = exchange.status !== null && exchange.status < 400;
  return (
    <div className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="flex min-h-10 w-full items-center gap-2 px-4 text-left hover:bg-hover max-md:min-h-11"
      >
        <Icon aria-hidden size={14} className="shrink-0 text-fg-3" />
        <span className="font-mono text-code font-medium">{exchange.method}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-code text-fg-2" title={exchange.path}>
          {exchange.path}
        </span>
        {exchange.decided && <span className="rounded-full bg-selected px-2 text-second">decided</span>}
        <span className={classes('font-mono text-code', good ? 'text-ok' : 'text-bad')}>
          {exchange.status ?? 'no response'}
        </span>
        <span className="w-14 shrink-0 text-right text-second text-fg-3">{formatLength(exchange.milliseconds)}</span>
      </button>
      {shown && (
        <div className="flex flex-col gap-2 px-4 pb-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-second text-fg-2">
              {providerName(exchange.provider)}: {operationName(exchange.operation)}
            </p>
            <Segments
              label="Side"
              value={side}
              options={[
                ['response', 'Response'],
                ['request', 'Request'],
              ]}
              onChange={setSide}
            />
          </div>
          {exchange.error && side === 'response' ? (
            <p className="text-bad">{exchange.error}</p>
          ) : (
            <JsonView
              label={side === 'response' ? 'Response' : 'Request'}
              value={side === 'response' ? exchange.response : exchange.request}
            />
          )}
        </div>
      )}
    </div>
  );
}
