/** Times, numbers and phone numbers as people read them. The locale is the viewer's unless a test says otherwise. */
export const viewerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const NANP = /^\+1(\d{3})(\d{3})(\d{4})$/;

/** Groups the digits of North American numbers; other numbers stay as the API writes them. */
export function formatPhone(e164: string): string {
  return e164.replace(NANP, '+1 $1 $2 $3');
}

export interface Where {
  locale?: string | undefined;
  zone?: string | undefined;
}

function format(iso: string, options: Intl.DateTimeFormatOptions, { locale, zone }: Where): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
}

/** "5:27 AM", and "05:27" where the clock has 24 hours. */
const hour = ({ locale }: Where): 'numeric' | '2-digit' =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit';

/** Weekday, day and minute: "Sun, Nov 29, 10:27 PM". */
export function formatDateTime(iso: string, where: Where = {}): string {
  const clock = { hour: hour(where), minute: '2-digit' } as const;
  return format(iso, { weekday: 'short', month: 'short', day: 'numeric', ...clock }, where);
}

export function formatDay(iso: string, where: Where = {}): string {
  return format(iso, { weekday: 'short', month: 'short', day: 'numeric' }, where);
}

/** To the minute: "10:27 PM". */
export function formatClock(iso: string, where: Where = {}): string {
  return format(iso, { hour: hour(where), minute: '2-digit' }, where);
}

/** To the second: "10:27:50 PM". */
export function formatTime(iso: string, where: Where = {}): string {
  return format(iso, { hour: hour(where), minute: '2-digit', second: '2-digit' }, where);
}

/** The zone's name for people: "Central Time". */
export function formatZone(zone: string, locale?: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts();
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** The zone's letters at that moment: "CST". */
export function formatZoneShort(iso: string, zone: string, locale?: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(new Date(iso));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A length of time: "417 ms", "5.6 s", "1 min 4 s", "2 h 5 min". */
export function formatLength(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10 * SECOND) return `${(Math.round(milliseconds / 100) / 10).toString()} s`;
  const whole = Math.round(milliseconds / SECOND) * SECOND;
  if (whole < 2 * MINUTE) return `${whole / SECOND} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min ${(whole % MINUTE) / SECOND} s`;
  return `${Math.floor(whole / HOUR)} h ${Math.floor((whole % HOUR) / MINUTE)} min`;
}

/** The length of a call in a column: "0:57", "1:33", "1:02:05". */
export function formatDuration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes < 60 ? minutes : two(minutes % 60)}:${two(seconds % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock}`;
}

/** A length of time in its largest unit, for an age: "40 s", "4 min", "3 h", "2 days". */
export function formatAge(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.max(0, Math.floor(milliseconds / SECOND))} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < 48 * HOUR) return `${Math.floor(milliseconds / HOUR)} h`;
  return `${Math.floor(milliseconds / (24 * HOUR))} days`;
}

/** A moment on the timeline: "+417 ms". */
export const formatOffset = (milliseconds: number): string =>
  `${milliseconds < 0 ? '−' : '+'}${formatLength(Math.abs(milliseconds))}`;

/** A count that may be capped: "1,000+". */
export function formatCount(count: number, capped = false, locale?: string): string {
  return `${new Intl.NumberFormat(locale).format(count)}${capped ? '+' : ''}`;
}

/** "1 run", "6 runs". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
