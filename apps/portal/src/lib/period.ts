import { addDays, formatDate, readDay } from './days';

/** The periods that a page offers, by their key in the address. */
export const PERIODS = { '1d': 'today', '7d': 'last 7 days', '30d': 'last 30 days', '90d': 'last 90 days' } as const;
export type PeriodKey = keyof typeof PERIODS;

export interface Period {
  /** The key in the address; null for chosen days. */
  key: PeriodKey | 'all' | null;
  /** The first day; null for no limit. */
  from: string | null;
  /** The last day; null for no limit, because a client's calendar may be a day ahead of the viewer's. */
  to: string | null;
  words: string;
}

const isKey = (text: string): text is PeriodKey => Object.hasOwn(PERIODS, text);

/** Returns the number of days of a period with a key. */
export const lengthOf = (key: PeriodKey): number => Number.parseInt(key, 10);

/** Reads `from` and `to` of an address: a key such as "7d", "all", or days. Any other value stands for the usual period. */
export function readPeriod(parameters: URLSearchParams, today: string, usual: PeriodKey = '7d'): Period {
  const from = parameters.get('from');
  const first = readDay(from);
  const last = readDay(parameters.get('to'));
  if (from === 'all') return { key: 'all', from: null, to: null, words: 'all time' };
  if (first || last) return { key: null, from: first, to: last, words: daysInWords(first, last) };
  const key = from && isKey(from) ? from : usual;
  return { key, from: addDays(today, 1 - lengthOf(key)), to: null, words: PERIODS[key] };
}

function daysInWords(first: string | null, last: string | null): string {
  if (first && last) return first === last ? formatDate(first) : `${formatDate(first)} to ${formatDate(last)}`;
  return first ? `since ${formatDate(first)}` : `until ${formatDate(last ?? '')}`;
}
