'use client';

import { useQuery } from '@tanstack/react-query';
import { Building2, Clock, Fingerprint, Info, PhoneIncoming, Workflow, type LucideIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { holds, useClients, useMe } from '@/api/queries';
import { CopyId, shorten } from '@/components/copy-id';
import { RunChip, SOLID_TONES, type Tone } from '@/components/state-chip';
import { Card } from '@/components/ui/card';
import { requestedTime } from '@/features/dead-letters/parked-row';
import { classes } from '@/lib/classes';
import { formatDateTime, formatPhone, formatZoneShort, viewerZone } from '@/lib/format';
import { useQueryParam } from '@/lib/use-query-param';
import { usePage } from '@/shell/page';
import { callOfRun, type CallOfRun } from './call-of-run';
import { explain, type Explanation } from './explain';
import { isOpen, timelineQuery, type RunDetail } from './queries';
import { RunTimeline } from './run-timeline';
import { exchangesOf, providerOf, stoppedStep, waterfall } from './waterfall';

const StepPanel = dynamic(() => import('./step-panel').then((module) => module.StepPanel));

const WHY_TONES: Record<Tone, string> = {
  ok: 'bg-ok-soft border-ok-solid/30',
  info: 'bg-info-soft border-info-solid/30',
  warn: 'bg-warn-soft border-warn-solid/30',
  bad: 'bg-bad-soft border-bad-solid/30',
  you: 'bg-you-soft border-you-solid/30',
  idle: 'bg-idle-soft border-line',
};

/** Why this call did not book: the answer in one sentence, four facts, and the evidence under them. */
export function RunBody({ run }: { run: RunDetail }) {
  const me = useMe();
  const client = useClients().find((one) => one.id === run.clientId);
  const call = callOfRun(run);
  const title = call.name ?? (call.phone ? formatPhone(call.phone) : `${run.flow.name} ${run.flow.version}`);
  usePage(title, { title: 'Overview', href: '/' });
  const timeline = useQuery({ ...timelineQuery(run.id, isOpen(run)), enabled: holds(me.data, 'read:events') });
  const stopped = stoppedStep(run);
  const [chosen, choose] = useQueryParam('step');
  const open = run.steps.find((step) => step.pass === run.pass && step.pointer === (chosen ?? stopped?.pointer));
  const zone = client?.timeZone ?? viewerZone();
  return (
    <>
      <Head run={run} call={call} title={title} clientName={client?.name ?? run.clientId} zone={zone} />
      <Why
        explanation={explain(run, providerOf(timeline.data, run, stopped))}
        requested={requestedTime(call.requested, zone)}
      />
      <div
        className={classes('mt-4 grid items-start gap-4', open && 'grid-cols-[minmax(0,1fr)_400px] max-lg:grid-cols-1')}
      >
        <RunTimeline
          rows={waterfall(run, timeline.data, call.seconds)}
          selected={open?.pointer ?? null}
          onSelect={(pointer) => choose(pointer)}
        />
        {open && (
          <StepPanel
            key={open.pointer}
            step={open}
            zone={zone}
            exchanges={exchangesOf(timeline.data, run, open)}
            onClose={() => choose('none')}
          />
        )}
      </div>
      {call.summary && (
        <Card className="mt-4 p-5">
          <h2 className="text-section">The call</h2>
          <p className="mt-2 text-fg-2">{call.summary}</p>
        </Card>
      )}
    </>
  );
}

interface HeadProps {
  run: RunDetail;
  call: CallOfRun;
  title: string;
  clientName: string;
  zone: string;
}

function Head({ run, call, title, clientName, zone }: HeadProps) {
  const started = `${formatDateTime(run.startedAt, { zone })} ${formatZoneShort(run.startedAt, zone)}`;
  return (
    <div className="mb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-page">{title}</h1>
        <RunChip status={run.status} />
        {call.phone && <CopyId value={call.phone} shown={formatPhone(call.phone)} label="Phone number" />}
      </div>
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-fg-2">
        <Fact icon={Building2}>{clientName}</Fact>
        <Fact icon={Clock}>{started}</Fact>
        {call.to && (
          <Fact icon={PhoneIncoming}>
            to {formatPhone(call.to)}
            {call.seconds !== null && `, ${call.seconds} s`}
          </Fact>
        )}
        <Fact icon={Workflow}>
          {run.flow.name} {run.flow.version}
        </Fact>
        <Fact icon={Fingerprint}>
          <CopyId value={run.correlationId} shown={shorten(run.correlationId)} label="Correlation ID" />
        </Fact>
      </div>
    </div>
  );
}

function Fact({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden size={14} className="text-fg-3" />
      <span>{children}</span>
    </span>
  );
}

function Why({ explanation, requested }: { explanation: Explanation; requested: string }) {
  const { title, sentence, next, tone, facts } = explanation;
  return (
    <section aria-label="Why" className={classes('overflow-hidden rounded-card border', WHY_TONES[tone])}>
      <div className="flex gap-3 p-5">
        <Info aria-hidden size={18} className={classes('mt-0.5 shrink-0', SOLID_TONES[tone])} />
        <div>
          <h2 className="text-panel">{title}</h2>
          <p className="mt-1 text-fg-2">{sentence}</p>
          {next && <p className="mt-2">{next}</p>}
          <p className="mt-2 text-fg-2">Requested: {requested}</p>
        </div>
      </div>
      {facts.length > 0 && (
        <dl className="grid grid-cols-4 border-t border-inherit bg-surface max-md:grid-cols-2">
          {facts.map(([name, value]) => (
            <div key={name} className="border-l border-line px-5 py-3 first:border-l-0 max-md:border-t">
              <dt className="text-second text-fg-3">{name}</dt>
              <dd className="font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
