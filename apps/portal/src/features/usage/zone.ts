import type { Client } from '@/api/queries';
import { viewerZone } from '@/lib/format';
import type { UsageCall } from './queries';

/** The zone whose days count the call: its client's, and UTC while it has none. */
export function zoneOf(call: UsageCall, client: Client | undefined): string {
  return call.clientId === null ? 'UTC' : (client?.timeZone ?? viewerZone());
}
