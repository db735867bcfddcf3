import type { Tone } from '@/components/state-chip';
import type { Exchange, Step } from '@/features/runs/queries';
import { formatLength, plural } from '@/lib/format';
import type { Story } from './story';
import { functionName, operationName, providerName } from './words';

export type RowKind = 'call' | 'webhook' | 'event' | 'live' | 'run' | 'step' | 'exchange' | 'pause' | 'text' | 'ended';

export interface Mark {
  /** The beginning of the bar, in milliseconds since zero. */
  from: number;
  to: number;
  tone: Tone;
  label?: string;
  /** Whether the bar is an idle stretch, which is hatched. */
  idle?: boolean;
}

export interface Row {
  id: string;
  kind: RowKind;
  /** The level: 1 for rows that belong to no step, 2 for steps, 3 for parts of a step. */
  level: 1 | 2 | 3;
  title: string;
  detail: string;
  tone: Tone;
  /** The time of the row; null where there is none. */
  at: number | null;
  marks: Mark[];
  /** The step that the row opens. */
  step: string | null;
}

const STEP_TONES: Record<Step['status'], Tone> = {
  running: 'info',
  waiting: 'info',
  completed: 'ok',
  failed: 'bad',
  skipped: 'idle',
  undone: 'idle',
};

/** Returns the deciding exchange of a step's newest attempt. */
export const decidingExchange = (step: Step): Exchange | undefined =>
  step.attempts.flatMap((attempt) => attempt.exchanges).findLast((exchange) => exchange.decided);

export const providerOf = (step: Step): string | undefined =>
  step.attempts.flatMap((attempt) => attempt.exchanges).at(-1)?.provider;

/** Returns the moment at which a step, or its last attempt, ended. */
export function endOf(step: Step, at: (iso: string) => number): number {
  const last = step.attempts.at(-1);
  return Math.max(at(step.endedAt ?? step.startedAt), last ? at(last.startedAt) + last.milliseconds : 0);
}

/** Returns the API's sentence up to its reason: the row has one line, and the panel shows the rest. */
const shortTitle = (title: string): string => title.split(': ')[0] ?? title;

/** Returns the row of a step; the open step also gets rows for its requests and pauses. */
export function stepRows(story: Story, step: Step, at: (iso: string) => number, open: boolean): Row[] {
  const item = story.timeline?.items.find(
    (one) => one.kind === 'step' && one.ref.id === `${story.run?.id ?? ''}#${step.pointer}`,
  );
  const provider = providerOf(step);
  const unknown = step.effect?.waitsForPerson === true || step.effect?.state === 'UNKNOWN';
  const tone = unknown ? 'you' : STEP_TONES[step.status];
  const words = functionName(step.call, step.name);
  const row: Row = {
    id: step.pointer,
    kind: 'step',
    level: 2,
    title: step.reused ? `${words} reused` : shortTitle(item?.title ?? words),
    detail: [step.call ?? step.name, provider && providerName(provider), attemptsOf(step)].filter(Boolean).join(' · '),
    tone,
    at: at(step.startedAt),
    marks: marksOf(step, at, tone),
    step: step.pointer,
  };
  return open ? [row, ...exchangeRows(step, at), ...pauseRow(step, at)] : [row];
}

const attemptsOf = (step: Step): string | false => step.attempts.length > 1 && plural(step.attempts.length, 'attempt');

/** Returns one bar, or one for each attempt with its status. */
function marksOf(step: Step, at: (iso: string) => number, tone: Tone): Mark[] {
  if (step.attempts.length < 2) {
    const from = at(step.startedAt);
    const to = Math.max(from, endOf(step, at));
    return [{ from, to, tone, ...(to > from ? { label: formatLength(to - from) } : {}) }];
  }
  return step.attempts.map((attempt): Mark => {
    const from = at(attempt.startedAt);
    const status = attempt.exchanges.findLast((exchange) => exchange.decided)?.status;
    const failed = attempt.outcome === 'succeeded' ? 'ok' : status === null || status === undefined ? 'you' : 'bad';
    return {
      from,
      to: from + attempt.milliseconds,
      tone: failed,
      ...(status ? { label: String(status) } : {}),
    };
  });
}

/** Returns the rows of the newest attempt: each request at its beginning, one after the other. */
function exchangeRows(step: Step, at: (iso: string) => number): Row[] {
  const attempt = step.attempts.at(-1);
  if (!attempt) return [];
  let from = at(attempt.startedAt);
  return attempt.exchanges.map((exchange, index): Row => {
    const mark: Mark = {
      from,
      to: from + exchange.milliseconds,
      tone: exchange.decided ? (attempt.outcome === 'succeeded' ? 'ok' : 'bad') : 'idle',
      label: formatLength(exchange.milliseconds),
    };
    from = mark.to;
    return {
      id: `${step.pointer} ${index}`,
      kind: 'exchange',
      level: 3,
      title: operationName(exchange.operation),
      detail: exchange.error ?? `${providerName(exchange.provider)} answered ${exchange.status ?? 'nothing'}`,
      tone: mark.tone,
      at: mark.from,
      marks: [mark],
      step: step.pointer,
    };
  });
}

function pauseRow(step: Step, at: (iso: string) => number): Row[] {
  const pauses = step.attempts.slice(1).map((attempt, index): Mark => {
    const before = step.attempts[index];
    const from = before ? at(before.startedAt) + before.milliseconds : 0;
    const to = Math.max(from, at(attempt.startedAt));
    return { from, to, tone: 'idle', idle: true, label: formatLength(to - from) };
  });
  if (pauses.length === 0) return [];
  return [
    {
      id: `${step.pointer} pauses`,
      kind: 'pause',
      level: 3,
      title: 'Backoff between attempts',
      detail: pauses.map((pause) => pause.label).join(', then '),
      tone: 'idle',
      at: null,
      marks: pauses,
      step: step.pointer,
    },
  ];
}
