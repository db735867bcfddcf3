import type { Step } from '@/features/runs/queries';
import { formatDateTime } from '@/lib/format';

interface Where {
  zone: string;
  locale: string | undefined;
}

const text = (json: unknown, name: string): string => {
  const value = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** Returns the id that we sent to the provider with the request, where the provider takes one. */
export function sentId(step: Step): string {
  const exchanges = step.attempts.flatMap((attempt) => attempt.exchanges);
  const body = exchanges.map((exchange) => text(exchange.request, 'id')).find(Boolean);
  const looked = exchanges.map((exchange) => /\/events\/([^/?]+)$/.exec(exchange.path)?.[1]).find(Boolean);
  return body ?? looked ?? '';
}

/**
 * Returns the output of a step that was done, from its input and the id. The server checks it against the function's
 * contract.
 */
export function settledOutput(step: Step, id: string, { zone, locale }: Where): Record<string, unknown> {
  const start = text(step.input, 'start');
  if (step.call === 'calendar.book' || step.call === 'calendar.move') {
    const minutes = Number(text(step.input, 'minutes')) || 0;
    return {
      id,
      start,
      end: withMinutes(start, minutes),
      startLocal: formatDateTime(start, { zone, locale }),
    };
  }
  if (step.call === 'calendar.cancel') return { id, cancelled: true };
  if (step.call === 'messaging.sendSms' || step.call === 'messaging.sendMms') return { id, status: 'sent' };
  if (step.call === 'crm.upsertContact') return { id, created: false };
  return { id };
}

/** Returns the moment that many minutes later, written with the same offset. */
function withMinutes(start: string, minutes: number): string {
  const offset = /(Z|[+-]\d\d:\d\d)$/.exec(start)?.[1] ?? 'Z';
  const sign = offset.startsWith('-') ? -1 : 1;
  const [hours = 0, rest = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  const shift = sign * (hours * 60 + rest);
  const local = new Date(Date.parse(start) + (minutes + shift) * 60_000);
  return Number.isNaN(local.getTime()) ? start : `${local.toISOString().slice(0, 19)}${offset}`;
}
