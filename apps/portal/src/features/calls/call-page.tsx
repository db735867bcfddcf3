'use client';

import {
  Building2,
  Clock,
  Fingerprint,
  MoreHorizontal,
  PhoneIncoming,
  RotateCcw,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { holds, isAgencyStaff, useClients, useMe } from '@/api/queries';
import { CopyId, shorten } from '@/components/copy-id';
import { Skeleton } from '@/components/list/states';
import { OutcomeChip, RunChip } from '@/components/state-chip';
import { Button, buttonLook } from '@/components/ui/button';
import { Segments } from '@/components/ui/segments';
import { isOpen, type RunDetail, type Step } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { formatDateTime, formatPhone, formatZoneShort } from '@/lib/format';
import { useQueryParam } from '@/lib/use-query-param';
import { usePage } from '@/shell/page';
import { CallTimeline } from './call-timeline';
import { explain } from './explain';
import type { Call, Timeline } from './queries';
import { ListSteps } from './list-steps';
import { Said } from './said';
import { firstStep, placeOf, stepsOf, stoppedStep, tell, type Story } from './story';
import { waterfall } from './waterfall';
import { Why } from './why';

const StepPanel = dynamic(() => import('./step-panel').then((module) => module.StepPanel));
const ReplayPanel = dynamic(() => import('./replay-panel').then((module) => module.ReplayPanel));
const SettleCard = dynamic(() => import('./settle-card').then((module) => module.SettleCard));
const ApprovalCard = dynamic(() => import('./approval-card').then((module) => module.ApprovalCard));
const ClientView = dynamic(() => import('./client-view').then((module) => module.ClientView));

interface Props {
  call: Call | null;
  run: RunDetail | null;
  timeline: Timeline | null;
  /** The address at which the timeline's data is available as JSON. */
  source: string;
}

/** Shows why this call did not book: to the client's people in their words, to the agency with all evidence. */
export function CallPage({ call, run, timeline, source }: Props) {
  const me = useMe();
  const clients = useClients();
  const [pass] = useQueryParam('pass');
  const story = tell({ call, run, timeline, clients, pass: pass === null ? null : Number(pass) });
  const title =
    story.name ?? (story.phone ? formatPhone(story.phone) : run ? `${run.flow.name} ${run.flow.version}` : 'Call');
  const list = useSearchParams().get('list');
  usePage(title, { title: 'Calls', href: list ? `/calls?${list}` : '/calls' });
  if (!me.data) return <Loading />;
  if (!isAgencyStaff(me.data)) return <ClientView story={story} title={title} />;
  return <AgencyView story={story} title={title} source={source} mayRun={holds(me.data, 'run:flows')} />;
}

/** Shows a placeholder; the user, who is not loaded yet, decides which of the two views follows. */
function Loading() {
  return (
    <>
      <h1 className="mb-6 text-page">Call</h1>
      <Skeleton rows={8} label="the call" />
    </>
  );
}

interface AgencyProps {
  story: Story;
  title: string;
  source: string;
  mayRun: boolean;
}

/** Returns the question that only a person can answer: the step that asks, and the kind of the question. */
function questionOf(story: Story): { step: Step; kind: 'settle' | 'approve' } | null {
  const { run } = story;
  const step = stoppedStep(story);
  if (!run || !step || story.pass !== run.pass) return null;
  if (step.call === 'person.approve' && step.status === 'waiting') return { step, kind: 'approve' };
  return run.status === 'parked' && run.cause?.code === 'unknown_outcome' ? { step, kind: 'settle' } : null;
}

function AgencyView({ story, title, source, mayRun }: AgencyProps) {
  const { run } = story;
  const [replaying, replay] = useState<{ edit: boolean } | null>(null);
  const mayReplay = mayRun && run !== null && !isOpen(run);
  return (
    <>
      <Head story={story} title={title}>
        {run && run.pass > 0 && <Passes story={story} />}
        {mayReplay && (
          <Button onClick={() => replay({ edit: false })}>
            <RotateCcw aria-hidden size={14} /> Replay…
          </Button>
        )}
        {story.call && <ListSteps callId={story.call.callId} />}
        <More story={story} />
      </Head>
      <Why explanation={explain(story)} story={story} onReplay={mayReplay ? (edit) => replay({ edit }) : null} />
      {run && mayRun && <Question run={run} story={story} />}
      <Evidence story={story} source={source} />
      <Said story={story} />
      {replaying && run && <ReplayPanel run={run} edit={replaying.edit} onClose={() => replay(null)} />}
    </>
  );
}

function Question({ run, story }: { run: RunDetail; story: Story }) {
  const question = questionOf(story);
  if (!question) return null;
  const { step, kind } = question;
  return kind === 'approve' ? (
    <ApprovalCard key={step.pointer} run={run} step={step} />
  ) : (
    <SettleCard key={step.pointer} run={run} step={step} story={story} />
  );
}

/** Shows the timeline and the open step, which is the one in the address, else the one that stopped or booked. */
function Evidence({ story, source }: { story: Story; source: string }) {
  const [chosen, choose] = useQueryParam('step');
  const [extent, show] = useQueryParam('rows');
  const pointer = chosen ?? firstStep(story)?.pointer;
  const open = stepsOf(story).find((step) => step.pointer === pointer);
  return (
    <div
      className={classes('mt-4 grid items-start gap-4', open && 'grid-cols-[minmax(0,1fr)_400px] max-lg:grid-cols-1')}
    >
      <CallTimeline
        rows={waterfall(story, extent === 'all')}
        callStartedAt={story.call?.startedAt ?? null}
        zone={story.zone}
        selected={open?.pointer ?? null}
        extent={extent === 'all' ? 'everything' : 'steps'}
        source={source}
        onSelect={choose}
        onExtent={(next) => show(next === 'everything' ? 'all' : null)}
      />
      {open && (
        <StepPanel
          key={open.pointer}
          step={open}
          place={placeOf(story, open.name)}
          zone={story.zone}
          onClose={() => choose('none')}
        />
      )}
    </div>
  );
}

function Head({ story, title, children }: { story: Story; title: string; children: ReactNode }) {
  const { run, outcome, phone, to, seconds, zone } = story;
  const correlation = story.call?.correlationId ?? run?.correlationId;
  return (
    <div className="mb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 truncate text-page">{title}</h1>
        {outcome ? <OutcomeChip outcome={outcome} /> : run && <RunChip status={run.status} />}
        {phone && <CopyId value={phone} shown={formatPhone(phone)} label="Phone number" />}
        <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>
      </div>
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-fg-2">
        <Fact icon={Building2}>{story.clientName}</Fact>
        <Fact icon={Clock}>
          {formatDateTime(story.at, { zone })} {formatZoneShort(story.at, zone)}
        </Fact>
        {to && (
          <Fact icon={PhoneIncoming}>
            to {formatPhone(to)}
            {seconds !== null && `, ${seconds} s`}
          </Fact>
        )}
        {run && (
          <Fact icon={Workflow}>
            {run.flow.name} {run.flow.version}
          </Fact>
        )}
        {correlation && (
          <Fact icon={Fingerprint}>
            <CopyId value={correlation} shown={shorten(correlation)} label="Correlation ID" />
          </Fact>
        )}
      </div>
    </div>
  );
}

function Fact({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden size={14} className="shrink-0 text-fg-3" />
      <span>{children}</span>
    </span>
  );
}

/** Shows a choice between the run as it was and its state after each replay. */
function Passes({ story }: { story: Story }) {
  const [, setPass] = useQueryParam('pass');
  const newest = story.run?.pass ?? 0;
  const options = Array.from({ length: newest + 1 }, (_, pass) => [String(pass), `Pass ${pass + 1}`] as const);
  return (
    <Segments
      label="Passes"
      value={String(story.pass)}
      options={options.slice(-4)}
      onChange={(pass) => setPass(pass === String(newest) ? null : pass)}
    />
  );
}

/** Shows the ids of the page, for a ticket or a query. */
function More({ story }: { story: Story }) {
  const ids: [string, string | undefined | null][] = [
    ['Call ID', story.call?.callId],
    ['Run ID', story.run?.id],
    ['Event ID', story.run?.event],
    ['Flow ID', story.run?.flowId],
  ];
  return (
    <details className="relative">
      <summary
        aria-label="More"
        className={classes(buttonLook({ size: 'icon' }), 'list-none [&::-webkit-details-marker]:hidden')}
      >
        <MoreHorizontal aria-hidden size={16} />
      </summary>
      <div className="absolute right-0 z-10 mt-1 flex w-64 flex-col gap-1 rounded-inner border border-line bg-raised p-3 shadow-float">
        {ids.map(
          ([label, id]) =>
            id && (
              <div key={label} className="flex items-center justify-between gap-3">
                <span className="text-fg-2">{label}</span>
                <CopyId value={id} label={label} />
              </div>
            ),
        )}
      </div>
    </details>
  );
}
