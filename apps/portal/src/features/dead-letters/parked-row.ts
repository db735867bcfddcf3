import type { Client } from '@/api/queries';
import type { RunSummary } from '@/features/runs/queries';
import { formatDateTime, formatPhone } from '@/lib/format';
import { requestedTime } from '@/lib/requested-time';

/** Describes the content of a row for a parked run. */
export interface ParkedRow {
  id: string;
  parked: string;
  parkedTitle: string;
  caller: string;
  phone: string | null;
  client: string;
  requested: string;
  sentence: string;
}

export function parkedRow(run: RunSummary, clients: Client[], zone: string, locale?: string): ParkedRow {
  const client = clients.find((one) => one.id === run.clientId);
  const parked = run.endedAt ?? run.startedAt;
  const phone = run.caller?.phone ? formatPhone(run.caller.phone) : null;
  return {
    id: run.id,
    parked: formatDateTime(parked, { zone, locale }),
    parkedTitle: `${formatDateTime(parked, { zone: 'UTC', locale })} UTC`,
    caller: run.caller?.name ?? phone ?? 'Unknown caller',
    phone: run.caller?.name ? phone : null,
    client: client?.name ?? run.clientId,
    requested: requestedTime(run.requested, client?.timeZone, locale),
    sentence: run.cause?.sentence ?? '',
  };
}
