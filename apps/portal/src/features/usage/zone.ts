import type { Client } from '@/api/queries';
import { viewerZone } from '@/lib/format';
import type { UsageCall } from './queries';

/** Returns the zone by which the call's day is determined: its client's zone, or UTC while it has no client. */
export function zoneOf(call: UsageCall, client: Client | undefined): string {
  return call.clientId === null ? 'UTC' : (client?.timeZone ?? viewerZone());
}
