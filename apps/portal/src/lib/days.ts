/** Days of a calendar, written as the API writes them: "2026-11-30". */
const MILLISECONDS = 86_400_000;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Returns the day that a zone's calendar shows at a moment. */
export function dayAt(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * MILLISECONDS).toISOString().slice(0, 10);

/** Returns the text if it is a day that exists, else null. */
export function readDay(text: string | null): string | null {
  if (!text || !DAY.test(text)) return null;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null;
}

/** Formats a day without a zone: "Nov 29". */
export const formatDate = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day));

/** Formats a day with its weekday: "Sun, Nov 29". */
export const formatLongDate = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(day),
  );
