import { reasonWords } from '@/features/dead-letters/reason';
import type { Tone } from '@/components/state-chip';
import type { RunDetail } from '@/features/runs/queries';
import { formatLength, plural } from '@/lib/format';
import type { Item } from './queries';
import { placeOf, stepsOf, stoppedStep, type Story } from './story';
import { endOf, stepRows, type Row, type RowKind } from './step-rows';
import { functionName } from './words';

const RUN_TONES: Record<RunDetail['status'], Tone> = {
  running: 'info',
  waiting: 'info',
  paused: 'idle',
  completed: 'ok',
  failed: 'warn',
  cancelled: 'idle',
  parked: 'bad',
};

/** Returns the zero of the scale: the webhook that started the run, else the first known moment. */
export function zeroOf(story: Story): number {
  const items = story.timeline?.items ?? [];
  const webhook = items.find((item) => item.kind === 'webhook.accepted' && item.ref.id === story.run?.event);
  const first = webhook ?? (story.run ? undefined : items.find((item) => item.kind === 'webhook.accepted'));
  return Date.parse(first?.at ?? story.run?.startedAt ?? items[0]?.at ?? story.at);
}

/** Returns the rows of a story, in order of time within each level. It is pure; moments are relative to zero. */
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

/** Returns the items of the timeline, which may cover more than this call. */
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
      marks: [{ from: 0, to: 0, tone: 'idle', idle: true, label: length }],
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
      detail: `dead letter: ${reasonWords(run.cause.code) ?? 'ended'}`,
      tone: 'bad',
      at: end,
      marks: [{ from: end, to: end, tone: 'bad' }],
      step: null,
    },
  ];
}
