import type { Tone } from '@/components/state-chip';
import { functionName, latestSteps, providerName } from './explain';
import type { RunDetail, Timeline } from './queries';

export type Exchange = NonNullable<Timeline['items'][number]['exchanges']>[number];
type Step = RunDetail['steps'][number];

export interface Row {
  id: string;
  kind: 'call' | 'run' | 'step' | 'ended';
  depth: number;
  title: string;
  detail: string;
  tone: Tone;
  /** Milliseconds since the start of the run; null where nothing is drawn. */
  from: number | null;
  to: number | null;
  step: Step | null;
}

const STEP_TONES: Record<Step['status'], Tone> = {
  running: 'info',
  waiting: 'info',
  completed: 'ok',
  failed: 'bad',
  skipped: 'idle',
  undone: 'idle',
};

const key = (runId: string, pointer: string) => `${runId}#${pointer}`;

/** The requests to providers, by step. */
export function exchangesOf(timeline: Timeline | undefined, run: RunDetail, step: Step): Exchange[] {
  const id = key(run.id, step.pointer);
  return timeline?.items.filter((item) => item.ref.id === id).flatMap((item) => item.exchanges ?? []) ?? [];
}

/** The provider that a step asked last. */
export const providerOf = (
  timeline: Timeline | undefined,
  run: RunDetail,
  step: Step | undefined,
): string | undefined => step && exchangesOf(timeline, run, step).at(-1)?.provider;

export const stoppedStep = (run: RunDetail): Step | undefined =>
  latestSteps(run).find((step) => step.name === run.cause?.step);

/** The call, the run, its steps and its end as rows with their place on the scale. Pure; times are relative to the start. */
export function waterfall(run: RunDetail, timeline: Timeline | undefined, callSeconds: number | null): Row[] {
  const zero = Date.parse(run.startedAt);
  const at = (iso: string | null) => (iso === null ? null : Math.max(0, Date.parse(iso) - zero));
  const titles = new Map(
    timeline?.items.filter((item) => item.kind === 'step').map((item) => [item.ref.id, item.title]),
  );
  const steps = latestSteps(run);
  const end = at(run.endedAt);
  const last = Math.max(end ?? 0, ...steps.map((step) => at(step.endedAt ?? step.startedAt) ?? 0));
  const tone: Tone =
    run.status === 'completed' ? 'ok' : run.status === 'parked' ? 'bad' : end === null ? 'info' : 'idle';
  const rows: Row[] = steps.map((step) => {
    const provider = providerOf(timeline, run, step);
    const words = functionName(step.call, step.name);
    return {
      id: step.pointer,
      kind: 'step',
      depth: 1,
      title: titles.get(key(run.id, step.pointer)) ?? words,
      detail: [step.call ?? step.name, provider && providerName(provider)].filter(Boolean).join(' · '),
      tone: STEP_TONES[step.status],
      from: at(step.startedAt),
      to: at(step.endedAt) ?? last,
      step,
    };
  });
  const whole: Row = {
    id: 'run',
    kind: 'run',
    depth: 0,
    title: `${run.flow.name} ${run.flow.version}`,
    detail: `${steps.length} of its steps were reached`,
    tone,
    from: 0,
    to: last,
    step: null,
  };
  const call: Row[] =
    callSeconds === null
      ? []
      : [
          {
            id: 'call',
            kind: 'call',
            depth: 0,
            title: `Call, ${callSeconds} s`,
            detail: 'before the timeline',
            tone: 'idle',
            from: null,
            to: null,
            step: null,
          },
        ];
  const ended: Row[] =
    run.status === 'parked' && end !== null
      ? [
          {
            id: 'ended',
            kind: 'ended',
            depth: 0,
            title: 'Parked, needs attention',
            detail: 'The run waits for a decision',
            tone: 'bad',
            from: end,
            to: end,
            step: null,
          },
        ]
      : [];
  return [...call, whole, ...rows, ...ended];
}

/** Where a bar lies, in percent of the scale; at least as wide as a point. */
export function place(row: Row, last: number): { left: string; width: string } | null {
  if (row.from === null || row.to === null) return null;
  const scale = Math.max(1, last);
  return {
    left: `${Math.min(98, (row.from / scale) * 98).toFixed(2)}%`,
    width: `max(3px, ${(((row.to - row.from) / scale) * 98).toFixed(2)}%)`,
  };
}
