'use client';

import { EyeOff, X } from 'lucide-react';
import { useState } from 'react';
import { Card, Count } from '@/components/ui/card';
import { classes } from '@/lib/classes';
import { formatDateTime, formatLength, plural } from '@/lib/format';
import { functionName, providerName } from './explain';
import type { RunDetail } from './queries';
import type { Exchange } from './waterfall';

type Step = RunDetail['steps'][number];
const TABS = ['Summary', 'Input & output', 'Requests'] as const;
type Tab = (typeof TABS)[number];

interface Props {
  step: Step;
  exchanges: Exchange[];
  zone: string;
  onClose: () => void;
}

/** One step: what it asked, what was answered, and every request on the way. */
export function StepPanel({ step, exchanges, zone, onClose }: Props) {
  const [tab, setTab] = useState<Tab>('Summary');
  return (
    <Card aria-label="Step">
      <div className="flex items-start justify-between gap-3 p-4 pb-2">
        <div>
          <h2 className="text-section">{functionName(step.call, step.name)}</h2>
          <p className="text-second text-fg-2">
            {step.name} · {plural(step.attempts.length, 'attempt')} ·{' '}
            {formatLength(step.attempts.reduce((sum, attempt) => sum + attempt.milliseconds, 0))}
          </p>
        </div>
        <button
          type="button"
          aria-label="Close the step"
          onClick={onClose}
          className="flex size-8 items-center justify-center rounded-control text-fg-2 hover:bg-hover max-md:size-11"
        >
          <X aria-hidden size={16} />
        </button>
      </div>
      <div className="flex gap-4 border-b border-line px-4">
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name}
            onClick={() => setTab(name)}
            className={classes(
              'flex h-9 items-center gap-1.5 border-b-2 font-medium max-md:h-11',
              tab === name ? 'border-brand' : 'border-transparent text-fg-2',
            )}
          >
            {name}
            {name === 'Requests' && <Count>{exchanges.length}</Count>}
          </button>
        ))}
      </div>
      <div className="p-4">
        {tab === 'Summary' && <Summary step={step} zone={zone} />}
        {tab === 'Input & output' && (
          <div className="flex flex-col gap-4">
            <Json title="Input" value={step.input} />
            <Json title="Output" value={step.output} />
          </div>
        )}
        {tab === 'Requests' && <Requests step={step} exchanges={exchanges} />}
      </div>
      <p className="flex items-center gap-2 border-t border-line px-4 py-3 text-second text-fg-2">
        <EyeOff aria-hidden size={14} /> Phone numbers and emails in requests are redacted
      </p>
    </Card>
  );
}

const EFFECTS: Record<NonNullable<Step['effect']>['state'], string> = {
  PLANNED: 'Not confirmed yet',
  DONE: 'Done once; a replay reuses the result',
  FAILED: 'Not done; a replay tries again',
  UNKNOWN: 'Not known; a person or a lookup settles it',
};

const STATUSES: Record<Step['status'], string> = {
  running: 'Running',
  waiting: 'Waiting',
  completed: 'Completed',
  failed: 'Failed',
  skipped: 'Skipped',
  undone: 'Undone',
};

function Summary({ step, zone }: { step: Step; zone: string }) {
  const facts: [string, string][] = [
    ['Function', step.call ?? step.name],
    ['Started', formatDateTime(step.startedAt, { zone })],
    ['Status', STATUSES[step.status]],
    ['Effect', step.effect ? EFFECTS[step.effect.state] : 'None'],
    ['Reused', step.reused ? 'From an earlier pass' : 'No'],
  ];
  return (
    <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-y-2">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-fg-3">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Requests({ step, exchanges }: { step: Step; exchanges: Exchange[] }) {
  const last = step.attempts.at(-1);
  if (exchanges.length === 0) return <p className="text-fg-2">No request was sent.</p>;
  return (
    <div className="flex flex-col gap-4">
      <ul>
        {exchanges.map((exchange, position) => (
          <li key={position} className="flex items-center gap-3 border-b border-line py-2 last:border-0">
            <span className="shrink-0 text-second text-fg-2">{providerName(exchange.provider)}</span>
            <code className="min-w-0 truncate font-mono text-code" title={exchange.path}>
              {exchange.method} {exchange.path}
            </code>
            <span
              className={classes('ml-auto font-mono text-code', (exchange.status ?? 0) < 400 ? 'text-ok' : 'text-bad')}
            >
              {exchange.status ?? exchange.error}
            </span>
            <span className="shrink-0 text-second text-fg-3">{formatLength(exchange.milliseconds)}</span>
          </li>
        ))}
      </ul>
      <Json title="Last request" value={last?.request} />
      <Json title="Last response" value={last?.answer} />
    </div>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <h3 className="mb-1 text-second text-fg-3">{title}</h3>
      <pre
        tabIndex={0}
        aria-label={title}
        role="region"
        className="max-h-72 overflow-auto rounded-inner border border-line bg-sunken p-3 font-mono text-code"
      >
        {JSON.stringify(value ?? null, null, 2)}
      </pre>
    </div>
  );
}
