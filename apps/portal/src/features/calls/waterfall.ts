import type { Tone } from '@/components/state-chip';
import type { Exchange, RunDetail, Step } from '@/features/runs/queries';
import { formatLength, plural } from '@/lib/format';
import type { Item } from './queries';
import { placeOf, stepsOf, stoppedStep, type Story } from './story';
import { functionName, operationName, providerName } from './words';

export type RowKind = 'call' | 'webhook' | 'event' | 'live' | 'run' | 'step' | 'exchange' | 'pause' | 'text' | 'ended';

export interface Mark {
  /** Milliseconds since zero. */
  from: number;
  to: number;
  tone: Tone;
  label?: string;
  /** An idle stretch, hatched. */
  idle?: boolean;
}

export interface Row {
  id: string;
  kind: RowKind;
  /** 1 for what stands alone, 2 for steps, 3 for what belongs to a step. */
  level: 1 | 2 | 3;
  title: string;
  detail: string;
  tone: Tone;
  /** When it happened; null where it did not. */
  at: number | null;
  marks: Mark[];
  /** The step that it opens. */
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

const RUN_TONES: Record<RunDetail['status'], Tone> = {
  running: 'info',
  waiting: 'info',
  paused: 'idle',
  completed: 'ok',
  failed: 'warn',
  cancelled: 'idle',
  parked: 'bad',
};

/** The deciding exchange of a step's newest attempt. */
export const decidingExchange = (step: Step): Exchange | undefined =>
  step.attempts.flatMap((attempt) => attempt.exchanges).findLast((exchange) => exchange.decided);

export const providerOf = (step: Step): string | undefined =>
  step.attempts.flatMap((attempt) => attempt.exchanges).at(-1)?.provider;

/** Zero of the scale: the webhook that started the run, else the first thing known. */
export function zeroOf(story: Story): number {
  const items = story.timeline?.items ?? [];
  const webhook = items.find((item) => item.kind === 'webhook.accepted' && item.ref.id === story.run?.event);
  const first = webhook ?? (story.run ? undefined : items.find((item) => item.kind === 'webhook.accepted'));
  return Date.parse(first?.at ?? story.run?.startedAt ?? items[0]?.at ?? story.at);
}

/** The rows of a story, in order of time within each level. Pure; moments are relative to zero. */
export function waterfall(story: Story, everything: boolean): Row[] {
  const zero = zeroOf(story);
  const at = (iso: string): number => Math.max(0, Date.parse(iso) - zero);
  const items = ofConversation(story);
  const started = story.run?.event ?? null;
  const before = items.filter((item) => item.kind === 'live.function').map((item) => liveRow(item, zero));
  const webhooks = items.filter(
    (item) => item.kind === 'webhook.accepted' && (everything || item.ref.id === started || started === null),
  );
  const others = everything ? items.filter((item) => ['event', 'trigger.missed'].includes(item.kind)) : [];
  const texts = items.filter((item) => item.kind === 'message.sms.status');
  const ownTexts = everything ? texts : texts.slice(-1);
  return [
    ...callRow(story),
    ...before,
    ...[...webhooks, ...others]
      .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
      .map((item) => eventRow(item, at)),
    ...runRows(story, at),
    ...(everything ? [] : echoes(items).map((item) => eventRow(item, at))),
    ...ownTexts.map((item) => textRow(item, at)),
    ...endRow(story, at),
  ];
}

/** A search may cover more than this call. */
function ofConversation(story: Story): Item[] {
  return story.timeline?.items ?? [];
}

const echoes = (items: Item[]): Item[] =>
  items.filter((item) => item.kind === 'event' && item.detail?.startsWith('caused by ')).slice(0, 1);

function callRow(story: Story): Row[] {
  if (story.seconds === null) return [];
  const length = formatLength(story.seconds * 1000);
  return [
    {
      id: 'call',
      kind: 'call',
      level: 1,
      title: `Call, ${length}`,
      detail: 'before the timeline',
      tone: 'idle',
      at: null,
      marks: [],
      step: null,
    },
  ];
}

function point(kind: RowKind, item: Item, at: number, title: string, detail: string, tone: Tone): Row {
  const id = `${item.kind} ${item.ref.id} ${item.at} ${item.status ?? ''}`;
  return { id, kind, level: 1, title, detail, tone, at, marks: [{ from: at, to: at, tone }], step: null };
}

const INVOCATION_TONES: Record<string, Tone> = { done: 'ok', pending: 'info', unknown: 'you' };

const liveRow = (item: Item, zero: number): Row => {
  const row = point('live', item, 0, item.title, item.detail ?? '', INVOCATION_TONES[item.status ?? ''] ?? 'bad');
  return { ...row, at: Date.parse(item.at) - zero, marks: [] };
};

const eventRow = (item: Item, at: (iso: string) => number): Row => {
  const title = item.title.replace(/^Webhook accepted: (?:\w+\.)?/, 'Webhook: ').replaceAll('.', ' ');
  const echo = item.detail?.startsWith('caused by ') ?? false;
  const detail = echo ? 'echo of our own update, ignored' : (item.detail ?? '');
  return point(item.kind === 'webhook.accepted' ? 'webhook' : 'event', item, at(item.at), title, detail, 'idle');
};

const TEXT_TONES: Record<string, Tone> = { delivered: 'ok', failed: 'bad', undelivered: 'bad' };

const textRow = (item: Item, at: (iso: string) => number): Row =>
  point('text', item, at(item.at), item.title, 'reported by the carrier', TEXT_TONES[item.status ?? ''] ?? 'info');

function runRows(story: Story, at: (iso: string) => number): Row[] {
  const { run } = story;
  if (!run) return [];
  const steps = stepsOf(story);
  const from = at(steps[0]?.startedAt ?? run.startedAt);
  const ends = steps.map((step) => endOf(step, at));
  const to = Math.max(from, run.endedAt && story.pass === run.pass ? at(run.endedAt) : 0, ...ends);
  const stopped = stoppedStep(story);
  const reached = new Set(steps.map((step) => step.name));
  const left = run.endedAt && run.status !== 'completed' ? run.calls.filter((call) => !reached.has(call.name)) : [];
  const tone = run.cause?.code === 'unknown_outcome' ? 'you' : RUN_TONES[run.status];
  return [
    {
      id: 'run',
      kind: 'run',
      level: 1,
      title: `${run.flow.name} ${run.flow.version}`,
      detail: stopped
        ? `${run.status === 'waiting' ? 'Waiting' : 'Stopped'} at ${placeOf(story, stopped.name) || stopped.name}`
        : plural(steps.length, 'step'),
      tone,
      at: from,
      marks: [{ from, to, tone, ...(to - from > 0 ? { label: formatLength(to - from) } : {}) }],
      step: null,
    },
    ...steps.flatMap((step) => stepRows(story, step, at, step === stopped)),
    ...left.map((call): Row => ({
      id: `left ${call.name}`,
      kind: 'step',
      level: 2,
      title: functionName(call.call, call.name),
      detail: 'Not reached',
      tone: 'idle',
      at: null,
      marks: [],
      step: null,
    })),
  ];
}

function endOf(step: Step, at: (iso: string) => number): number {
  const last = step.attempts.at(-1);
  return Math.max(at(step.endedAt ?? step.startedAt), last ? at(last.startedAt) + last.milliseconds : 0);
}

/** The API's sentence up to its reason: the row has one line, the panel says the rest. */
const shortTitle = (title: string): string => title.split(': ')[0] ?? title;

function stepRows(story: Story, step: Step, at: (iso: string) => number, open: boolean): Row[] {
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

/** One bar, or one for each attempt with its status. */
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

/** Of the newest attempt: each request where it began, one after the other. */
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

function endRow(story: Story, at: (iso: string) => number): Row[] {
  const { run } = story;
  if (run?.status !== 'parked' || !run.endedAt || !run.cause) return [];
  const end = at(run.endedAt);
  return [
    {
      id: 'ended',
      kind: 'ended',
      level: 1,
      title: 'Parked, needs attention',
      detail: `dead letter: ${run.cause.code}`,
      tone: 'bad',
      at: end,
      marks: [{ from: end, to: end, tone: 'bad' }],
      step: null,
    },
  ];
}
