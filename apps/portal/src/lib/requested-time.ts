import { formatDateTime } from './format';

const NOTHING = '—';
const TIME = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/;

/** The requested time in its client's zone; a text that is no time stands in quotes, as the caller's agent recorded it. */
export function requestedTime(requested: string | null, zone: string | undefined, locale?: string): string {
  if (!requested) return NOTHING;
  return TIME.test(requested) ? formatDateTime(requested, { zone, locale }) : `“${requested}”`;
}
