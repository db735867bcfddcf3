import { type CallOutcome, OUTCOME_LOOKS } from '@/components/state-chip';
import { readPeriod, type Period } from '@/lib/period';
import type { CallFilter, CountFilter } from './list-queries';

/** The filters of the list of calls, as the address holds them. */
export interface CallFilters {
  search: string | null;
  client: string | null;
  outcome: CallOutcome | null;
  needsPerson: boolean;
  callBack: boolean;
  reason: string | null;
  flow: string | null;
  period: Period;
}

/** The keys of the address that hold a filter of their own; the client is the scope of all pages. */
export const FILTER_KEYS = ['q', 'outcome', 'needsPerson', 'callBack', 'reason', 'flow', 'from', 'to'] as const;

const isOutcome = (text: string | null): text is CallOutcome => text !== null && Object.hasOwn(OUTCOME_LOOKS, text);
const MAX_SEARCH_LENGTH = 100;

/** Reads the filters of an address. Values that cannot be read are left out. */
export function readFilters(parameters: URLSearchParams, today: string): CallFilters {
  const outcome = parameters.get('outcome');
  return {
    search: parameters.get('q')?.trim().slice(0, MAX_SEARCH_LENGTH) || null,
    client: parameters.get('client'),
    outcome: isOutcome(outcome) ? outcome : null,
    needsPerson: parameters.get('needsPerson') === 'true',
    callBack: parameters.get('callBack') === 'true',
    reason: parameters.get('reason'),
    flow: parameters.get('flow'),
    period: readPeriod(parameters, today),
  };
}

/** Returns the parameters that counts and lists share: all but the outcome, which the tabs choose. */
export function countFilter(filters: CallFilters): CountFilter {
  const { search, client, reason, flow, period } = filters;
  return {
    ...(search ? { q: search } : {}),
    ...(client ? { client } : {}),
    ...(reason ? { reason } : {}),
    ...(flow ? { flow } : {}),
    ...(period.from ? { from: period.from } : {}),
    ...(period.to ? { to: period.to } : {}),
  };
}

export function listFilter(filters: CallFilters): CallFilter {
  return {
    ...countFilter(filters),
    ...(filters.outcome ? { outcome: [filters.outcome] } : {}),
    ...(filters.needsPerson ? { needsPerson: true } : {}),
    ...(filters.callBack ? { callBack: true } : {}),
  };
}

/** Returns the filters of an address as the value of `list`, by which a call's page knows its neighbours. */
export function listParameter(parameters: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const key of FILTER_KEYS) {
    const value = parameters.get(key);
    if (value) kept.set(key, value);
  }
  return kept.toString();
}

/** The views of the list that have a tab, by the keys of the address that choose them. */
export const TABS = [
  { title: 'All', outcome: null, needsPerson: null },
  { title: 'Action needed', outcome: null, needsPerson: 'true' },
  { title: 'Not booked', outcome: 'not_booked', needsPerson: null },
  { title: 'Booked', outcome: 'booked', needsPerson: null },
  { title: 'No booking requested', outcome: 'no_request', needsPerson: null },
] as const;
export type Tab = (typeof TABS)[number];

/** Returns the tab that the filters choose; null where a filter that no tab offers chooses the view. */
export const tabOf = ({ outcome, needsPerson, callBack }: CallFilters): Tab | null =>
  callBack
    ? null
    : (TABS.find((tab) => tab.outcome === outcome && (tab.needsPerson === 'true') === needsPerson) ?? null);

/** Says which calls the filters select, for an empty list: "call of the last 7 days matches “Ada”". */
export function describeFilters(filters: CallFilters): string {
  const { outcome, needsPerson, callBack, reason, search, period, flow, client } = filters;
  const words = [
    outcome && `outcome “${OUTCOME_LOOKS[outcome].word}”`,
    needsPerson && 'an action needed',
    callBack && 'a call back due',
    reason && 'this reason',
    flow && `flow “${flow}”`,
    client && 'this client',
    search && `“${search}”`,
  ].filter((word): word is string => typeof word === 'string');
  const when = period.key === 'all' ? '' : ` (${period.words})`;
  return words.length === 0 ? `No calls${when}` : `No call with ${words.join(', ')}${when}`;
}
