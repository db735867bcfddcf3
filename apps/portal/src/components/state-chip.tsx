import {
  CalendarCheck,
  CalendarX,
  Check,
  CircleSlash,
  Hand,
  Hourglass,
  LoaderCircle,
  Minus,
  OctagonAlert,
  Pause,
  Undo2,
  X,
  type LucideIcon,
} from 'lucide-react';
import type { components } from '@/api/schema';
import { classes } from '@/lib/classes';

export type RunStatus = components['schemas']['flows.RunSummary']['status'];
export type CallOutcome = 'booked' | 'not_booked' | 'needs_person' | 'working' | 'no_request' | 'undone';
export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'you' | 'idle';

interface Look {
  word: string;
  icon: LucideIcon;
  tone: Tone;
  turning?: boolean;
}

/** A state is an icon, a word and a colour, never a colour alone. Both tables are total over the API's values. */
export const RUN_LOOKS: Record<RunStatus, Look> = {
  running: { word: 'Running', icon: LoaderCircle, tone: 'info', turning: true },
  waiting: { word: 'Waiting', icon: Hourglass, tone: 'info' },
  paused: { word: 'Paused', icon: Pause, tone: 'idle' },
  completed: { word: 'Completed', icon: Check, tone: 'ok' },
  failed: { word: 'Ended by flow', icon: CircleSlash, tone: 'warn' },
  cancelled: { word: 'Cancelled', icon: X, tone: 'idle' },
  parked: { word: 'Parked', icon: OctagonAlert, tone: 'bad' },
};

export const OUTCOME_LOOKS: Record<CallOutcome, Look> = {
  booked: { word: 'Booked', icon: CalendarCheck, tone: 'ok' },
  not_booked: { word: 'Not booked', icon: CalendarX, tone: 'bad' },
  needs_person: { word: 'Action needed', icon: Hand, tone: 'you' },
  working: { word: 'In progress', icon: LoaderCircle, tone: 'info', turning: true },
  no_request: { word: 'No booking requested', icon: Minus, tone: 'idle' },
  undone: { word: 'Undone', icon: Undo2, tone: 'idle' },
};

const CHIP_TONES: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok border-ok-solid/30',
  info: 'bg-info-soft text-info border-info-solid/30',
  warn: 'bg-warn-soft text-warn border-warn-solid/30',
  bad: 'bg-bad-soft text-bad border-bad-solid/30',
  you: 'bg-you-soft text-you border-you-solid/30',
  idle: 'bg-idle-soft text-fg-2 border-line-strong',
};

/** The solid colour of a tone, for icons and bars. */
export const SOLID_TONES: Record<Tone, string> = {
  ok: 'text-ok-solid',
  info: 'text-info-solid',
  warn: 'text-warn-solid',
  bad: 'text-bad-solid',
  you: 'text-you-solid',
  idle: 'text-fg-3',
};

export function Chip({ look }: { look: Look }) {
  const Icon = look.icon;
  return (
    <span
      className={classes(
        'inline-flex h-5.5 items-center gap-1.5 rounded-full border px-2 text-second font-medium whitespace-nowrap',
        CHIP_TONES[look.tone],
      )}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} className={classes(look.turning && 'spin')} />
      {look.word}
    </span>
  );
}

export const RunChip = ({ status }: { status: RunStatus }) => <Chip look={RUN_LOOKS[status]} />;
export const OutcomeChip = ({ outcome }: { outcome: CallOutcome }) => <Chip look={OUTCOME_LOOKS[outcome]} />;
