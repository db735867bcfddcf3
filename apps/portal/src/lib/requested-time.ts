import { formatDateTime } from './format';

const NOTHING = '—';
const TIME = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/;
const LOCAL_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/**
 * Formats the requested time in its client's zone. A time without a zone keeps its clock and says so. A text that is no
 * time is shown in quotes, as the caller's agent recorded it.
 */
export function requestedTime(requested: string | null, zone: string | undefined, locale?: string): string {
  if (!requested) return NOTHING;
  if (LOCAL_TIME.test(requested)) {
    return `${formatDateTime(`${requested.replace(' ', 'T')}Z`, { zone: 'UTC', locale })} (no time zone)`;
  }
  return TIME.test(requested) ? formatDateTime(requested, { zone, locale }) : `“${requested}”`;
}
