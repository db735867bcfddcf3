import type { CallOutcome, Tone } from '@/components/state-chip';
import { reasonTitle, reasonWords } from '@/features/dead-letters/reason';
import { dayAt } from '@/lib/days';
import { formatClock, formatDateTime, formatDuration, formatPhone } from '@/lib/format';
import { requestedTime } from '@/lib/requested-time';
import type { CallView, HandledHow } from './list-queries';
import { functionWords } from './words';

/** Describes the content of a row for a call. */
export interface CallRow {
  id: string;
  /** The day of the row's group, in the zone of the list. */
  day: string;
  time: string;
  /** The time in UTC, for the tooltip. */
  timeTitle: string;
  caller: string;
  phone: string | null;
  client: string;
  outcome: CallOutcome;
  /** The appointment's time, or the time that the caller asked for. */
  requested: string;
  details: string;
  /** The API's sentence, for the tooltip. */
  sentence: string;
  tone: Tone;
  duration: string;
}

export const HANDLED: Record<HandledHow, string> = {
  called_back: 'Called back',
  not_needed: 'No call back needed',
  booked_by_hand: 'Booked by hand',
};

export const NOTHING = '—';

/** Returns the caller's name, else the number. */
export function callerOf({ caller, from }: CallView): { name: string; phone: string | null } {
  const number = caller.number ?? from;
  const phone = number ? formatPhone(number) : null;
  return { name: caller.name ?? phone ?? 'Unknown caller', phone: caller.name ? phone : null };
}

/** Names the functions that were not done although the appointment stands: "No confirmation text sent: rate limited". */
function leftOf(call: CallView): string | null {
  if (call.left.length === 0) return null;
  const left = call.left.map((name) => functionWords(name, name).notDone).join(', ');
  // Some titles name the function too: "Text not sent: opted out".
  return [left, reasonWords(call.reason)?.split(': ').at(-1)].filter(Boolean).join(': ');
}

/** Returns what to know about the call beyond its outcome, and how urgent it is. */
export function detailsOf(call: CallView): { details: string; tone: Tone } {
  if (call.handled) return { details: HANDLED[call.handled.how], tone: 'idle' };
  const left = leftOf(call);
  if (left) return { details: left, tone: 'warn' };
  // Agencies read a short title by the reason; the sentence of the API is a click, or the tooltip, away.
  const details = (call.outcome === 'booked' ? null : reasonTitle(call.reason)) ?? call.sentence ?? '';
  return { details, tone: call.outcome === 'booked' && call.sentence ? 'warn' : 'idle' };
}

export function appointmentOf(call: CallView, locale?: string): string {
  const zone = call.client.timeZone;
  if (call.booked?.start) return formatDateTime(call.booked.start, { zone, locale });
  return call.booked?.local ?? requestedTime(call.requested, zone, locale);
}

export function callRow(call: CallView, zone: string, locale?: string): CallRow {
  const { name, phone } = callerOf(call);
  return {
    id: call.callId,
    day: dayAt(new Date(call.calledAt), zone),
    time: formatClock(call.calledAt, { zone, locale }),
    timeTitle: `${formatDateTime(call.calledAt, { zone: 'UTC', locale })} UTC`,
    caller: name,
    phone,
    client: call.client.name,
    outcome: call.outcome,
    requested: appointmentOf(call, locale),
    ...detailsOf(call),
    sentence: call.sentence ?? '',
    duration: call.seconds > 0 ? formatDuration(call.seconds) : NOTHING,
  };
}
