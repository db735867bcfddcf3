'use client';

import { EyeOff, ExternalLink, ShieldCheck, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { CopyId } from '@/components/copy-id';
import { Card, Count } from '@/components/ui/card';
import { JsonView } from '@/components/ui/json';
import type { Step } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { formatDateTime, formatLength, formatTime, plural } from '@/lib/format';
import { Sentence } from '@/components/sentence';
import { requestedTime } from '@/lib/requested-time';
import { ExchangeView, Requests } from './exchange-view';
import { decidingExchange } from './step-rows';
import { functionName, providerName } from './words';

const TABS = ['Summary', 'Input & output', 'Requests'] as const;
type Tab = (typeof TABS)[number];

interface Props {
  step: Step;
  /** The place of the step, for example "step 2 of 3". */
  place: string;
  zone: string;
  onClose: () => void;
}

/** Shows one step: its input, the answer, and every request between them. It opens at the deciding request. */
export function StepPanel({ step, place, zone, onClose }: Props) {
  const [tab, setTab] = useState<Tab>('Summary');
  const exchanges = step.attempts.flatMap((attempt) => attempt.exchanges);
  const deciding = decidingExchange(step);
  const took = step.attempts.reduce((sum, attempt) => sum + attempt.milliseconds, 0);
  return (
    <Card aria-label="Step" className="max-lg:scroll-mt-16">
      <div className="flex items-start justify-between gap-3 p-4 pb-2">
        <div>
          <h2 className="text-section">{functionName(step.call, step.name)}</h2>
          <p className="text-second text-fg-2">
            {[step.name, place, plural(step.attempts.length, 'attempt'), formatLength(took)]
              .filter(Boolean)
              .join(' · ')}
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
              'flex h-9 items-center gap-1.5 border-b-2 font-medium whitespace-nowrap max-md:h-11',
              tab === name ? 'border-brand' : 'border-transparent text-fg-2',
            )}
          >
            {name}
            {name === 'Requests' && <Count>{exchanges.length}</Count>}
          </button>
        ))}
      </div>
      {tab === 'Summary' && (
        <>
          <Summary step={step} zone={zone} />
          {deciding && <ExchangeView exchange={deciding} open />}
        </>
      )}
      {tab === 'Input & output' && (
        <div className="flex flex-col gap-4 p-4">
          {step.notes.map((note) => (
            <p key={note} className="text-fg-2">
              {note}
            </p>
          ))}
          <Titled title="Input">
            <JsonView label="Input" value={step.input} />
          </Titled>
          <Titled title="Output">
            <JsonView label="Output" value={step.output} />
          </Titled>
        </div>
      )}
      {tab === 'Requests' && <Requests step={step} zone={zone} />}
      <Foot step={step} />
    </Card>
  );
}

function Foot({ step }: { step: Step }) {
  const link = member(step.output, 'link');
  return (
    <div className="flex items-center justify-between gap-3 border-t border-line px-4 py-3 text-second text-fg-2">
      <span className="flex items-center gap-2">
        <EyeOff aria-hidden size={14} /> Phone numbers and emails are redacted
      </span>
      {link && /^https:/.test(link) && (
        <a
          href={link}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1 font-medium text-link"
        >
          Open at the provider <ExternalLink aria-hidden size={12} />
        </a>
      )}
    </div>
  );
}

const EFFECTS: Record<NonNullable<Step['effect']>['state'], string> = {
  PLANNED: 'Not confirmed yet',
  DONE: 'Result is reused, never repeated',
  FAILED: 'Nothing was done',
  UNKNOWN: 'Looked up before anything is sent',
};

const STATUSES: Record<Step['status'], string> = {
  running: 'Running',
  waiting: 'Waiting',
  completed: 'Completed',
  failed: 'Failed',
  skipped: 'Skipped',
  undone: 'Undone',
};

function member(json: unknown, name: string): string | null {
  const value = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

function Summary({ step, zone }: { step: Step; zone: string }) {
  const deciding = decidingExchange(step);
  const failure = member(step.output, 'detail');
  const requested = member(step.input, 'start');
  const local = member(step.output, 'startLocal');
  const id = step.status === 'completed' ? member(step.output, 'id') : null;
  const last = step.attempts.at(-1);
  return (
    <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-y-2 p-4">
      {requested && <Fact name="Requested">{local ?? requestedTime(requested, zone)}</Fact>}
      <Fact name="Status">{STATUSES[step.status]}</Fact>
      {failure && (
        <Fact name="Response">
          <span className="text-bad">
            <Sentence text={failure} />
          </span>
        </Fact>
      )}
      {deciding && <Fact name="Provider">{providerName(deciding.provider)}</Fact>}
      <Fact name="Started">{formatDateTime(step.startedAt, { zone })}</Fact>
      {id && (
        <Fact name="Provider’s ID">
          <CopyId value={id} label="Provider’s ID" />
        </Fact>
      )}
      {step.effect && (
        <Fact name="Idempotency">
          <CopyId value={step.effect.key} shown={`…${step.effect.key.slice(-18)}`} label="Idempotency key" />
        </Fact>
      )}
      <Fact name="Retries">
        {last?.nextAttemptAt && step.endedAt === null
          ? `Next at ${formatTime(last.nextAttemptAt, { zone })}`
          : step.attempts.length > 1
            ? plural(step.attempts.length - 1, 'retry', 'retries')
            : 'None'}
      </Fact>
      <Fact name="Replay">
        <span className="inline-flex items-center gap-1.5 text-ok">
          <ShieldCheck aria-hidden size={14} className="shrink-0" />
          {step.reused ? 'Reused from an earlier pass' : step.effect ? EFFECTS[step.effect.state] : 'Changes nothing'}
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-1 text-second text-fg-3">{title}</h3>
      {children}
    </div>
  );
}
