import {
  CalendarCheck,
  CalendarX,
  MessageSquare,
  MessageSquareOff,
  Phone,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import { OutcomeChip, SOLID_TONES, type CallOutcome, type Tone } from '@/components/state-chip';
import { Card, CardHead } from '@/components/ui/card';
import type { Step } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { formatDateTime, formatLength, formatPhone, formatTime, plural } from '@/lib/format';
import { requestedTime } from '@/lib/requested-time';
import { ListSteps } from './list-steps';
import { Said } from './said';
import { stepsOf, type Story } from './story';
import { CallBack } from './why';
import { functionWords } from './words';

const TITLES: Record<CallOutcome, string> = {
  booked: 'Booked',
  not_booked: 'Not booked',
  needs_person: 'Not decided yet',
  working: 'In progress',
  no_request: 'No booking requested',
  undone: 'Booking cancelled',
};

/** Gives short reasons for each of the API's causes; the sentence under the title is the API's. */
const REASONS: Record<NonNullable<NonNullable<Story['run']>['cause']>['code'], string> = {
  no_slot: 'time already taken',
  provider_down: 'service unavailable',
  too_late: 'too late',
  rate_limited: 'service too busy',
  auth_expired: 'service not connected',
  bad_input: 'request not understood',
  unknown_outcome: 'check the calendar',
  opted_out: 'no texts wanted',
  bug: 'technical problem',
  raised: 'ended as set up',
  rejected: 'declined',
  cancelled: 'stopped',
};

const GROUNDS: Record<Tone, string> = {
  ok: 'bg-ok-soft border-ok-solid/30',
  info: 'bg-info-soft border-info-solid/30',
  warn: 'bg-warn-soft border-warn-solid/30',
  bad: 'bg-bad-soft border-bad-solid/30',
  you: 'bg-you-soft border-you-solid/30',
  idle: 'bg-idle-soft border-line',
};
const TONES: Record<CallOutcome, Tone> = {
  booked: 'ok',
  not_booked: 'bad',
  needs_person: 'you',
  working: 'info',
  no_request: 'idle',
  undone: 'idle',
};
const CALL_BACK: readonly CallOutcome[] = ['not_booked', 'needs_person'];

const outcomeOf = (story: Story): CallOutcome =>
  story.outcome ?? (story.run?.endedAt === null ? 'working' : story.run?.cause ? 'not_booked' : 'no_request');

/** "Booked for Wed, Dec 2, 9:00 AM", "Not booked: time already taken". */
function titleOf({ call, run }: Story, outcome: CallOutcome): string {
  const title = TITLES[outcome] + (call?.booked ? ` for ${call.booked}` : '');
  return outcome !== 'booked' && run?.cause ? `${title}: ${REASONS[run.cause.code]}` : title;
}

/**
 * Shows the call to the client's own people: the result and what they can do, without ids, providers or states of runs.
 */
export function ClientView({ story, title }: { story: Story; title: string }) {
  const outcome = outcomeOf(story);
  const tone = TONES[outcome];
  const where = { zone: story.zone };
  const Icon = outcome === 'booked' ? CalendarCheck : CalendarX;
  const dialled = CALL_BACK.includes(outcome) && /^\+\d+$/.test(story.phone ?? '') ? story.phone : null;
  return (
    <div className="mx-auto max-w-180">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h1 className="text-page">{title}</h1>
        <span className="flex items-center gap-2">
          <OutcomeChip outcome={outcome} />
          {story.call && <ListSteps callId={story.call.callId} />}
        </span>
        <p className="w-full text-fg-2">
          {formatDateTime(story.at, where)}
          {story.seconds !== null && ` · ${formatLength(story.seconds * 1000)}`}
        </p>
      </div>
      <section aria-label="Why" className={classes('flex gap-3 rounded-card border p-5', GROUNDS[tone])}>
        <Icon aria-hidden size={20} className={classes('mt-0.5 shrink-0', SOLID_TONES[tone])} />
        <div className="min-w-0">
          <h2 className="text-panel">{titleOf(story, outcome)}</h2>
          <p className="mt-1 text-fg-2">
            {outcome !== 'booked' && story.requested && `Requested: ${requestedTime(story.requested, story.zone)}. `}
            {story.call?.forClient}
          </p>
          {dialled && (
            <div className="mt-3">
              <CallBack phone={dialled} words="Call" />
            </div>
          )}
        </div>
      </section>
      <WhatHappened story={story} />
      <Said story={story} plain />
    </div>
  );
}

interface Line {
  icon: LucideIcon;
  tone: Tone;
  title: string;
  detail: string;
}

const LINE_ICONS: [string, LucideIcon, LucideIcon][] = [
  ['crm.', UserRound, UserRound],
  ['calendar.', CalendarCheck, CalendarX],
  ['messaging.', MessageSquare, MessageSquareOff],
];

function WhatHappened({ story }: { story: Story }) {
  const lines = [...callLine(story), ...stepLines(story)];
  if (lines.length === 0) return null;
  return (
    <Card aria-label="What happened" className="mt-4">
      <CardHead title="What happened" />
      <ul>
        {lines.map((line) => (
          <li key={line.title} className="flex items-center gap-3 border-b border-line px-5 py-3 last:border-0">
            <line.icon aria-hidden size={18} strokeWidth={1.75} className={SOLID_TONES[line.tone]} />
            <div>
              <p className="font-medium">{line.title}</p>
              {line.detail && <p className="text-second text-fg-2">{line.detail}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function callLine(story: Story): Line[] {
  if (story.seconds === null) return [];
  const start = story.call?.startedAt ? formatTime(story.call.startedAt, { zone: story.zone }) : '';
  return [{ icon: Phone, tone: 'idle', title: `Call, ${formatLength(story.seconds * 1000)}`, detail: start }];
}

/** Returns a line for each call of the flow, done or not. Steps without a call to a provider are left out. */
function stepLines(story: Story): Line[] {
  const steps = stepsOf(story);
  const over = story.run?.endedAt !== null;
  return (story.run?.calls ?? [])
    .filter(({ call }) => LINE_ICONS.some(([start]) => call.startsWith(start)))
    .flatMap(({ name, call }): Line[] => {
      const step = steps.findLast((one) => one.name === name);
      const done = step?.status === 'completed';
      if (!done && !over) return [];
      const words = functionWords(call, 'Step');
      const [, doneIcon, otherIcon] = LINE_ICONS.find(([start]) => call.startsWith(start)) ?? ['', Phone, Phone];
      return [
        {
          icon: done ? doneIcon : otherIcon,
          tone: done ? 'ok' : step?.status === 'failed' ? 'bad' : 'idle',
          title: done ? words.done : words.notDone,
          detail: detailOf(story, step, call),
        },
      ];
    });
}

function detailOf(story: Story, step: Step | undefined, call: string): string {
  if (!step) return '';
  if (step.status === 'completed' && call.startsWith('crm.')) {
    return [story.name, story.phone && formatPhone(story.phone)].filter(Boolean).join(', ');
  }
  const at = formatTime(step.endedAt ?? step.startedAt, { zone: story.zone });
  return step.attempts.length > 1 ? `${plural(step.attempts.length, 'attempt')}, ${at}` : at;
}
