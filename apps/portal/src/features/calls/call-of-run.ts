import type { RunDetail } from '@/features/runs/queries';

/** Describes the call that started a run, as the run's page shows it. */
export interface CallOfRun {
  name: string | null;
  phone: string | null;
  to: string | null;
  seconds: number | null;
  summary: string | null;
  requested: string | null;
}

type Json = Record<string, unknown>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** Reads the event's data, which may belong to any flow and have any shape. */
export function callOfRun(run: RunDetail): CallOfRun {
  const call = object(object(run.input).call);
  const analysis = object(call.analysis);
  const recorded = object(analysis.custom);
  const name = [text(recorded.first_name), text(recorded.last_name)].filter(Boolean).join(' ');
  return {
    name: name || null,
    phone: text(call.from),
    to: text(call.to),
    seconds: typeof call.durationSeconds === 'number' ? call.durationSeconds : null,
    summary: text(analysis.summary),
    requested: text(recorded.slot),
  };
}
