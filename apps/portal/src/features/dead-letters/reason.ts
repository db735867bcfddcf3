import {
  CalendarClock,
  CalendarX,
  CircleHelp,
  CloudOff,
  Bug,
  FileWarning,
  Gauge,
  KeyRound,
  MessageSquareOff,
  type LucideIcon,
} from 'lucide-react';
import type { components } from '@/api/schema';

export type Reason = components['schemas']['flows.Group']['reason'];

/** Title and icon of each reason; total over the API's values. The sentence under it is the API's. */
export const REASONS: Record<Reason, { title: string; icon: LucideIcon }> = {
  no_slot: { title: 'Slot unavailable', icon: CalendarX },
  provider_down: { title: 'Provider unavailable', icon: CloudOff },
  too_late: { title: 'Too late', icon: CalendarClock },
  rate_limited: { title: 'Rate limited', icon: Gauge },
  auth_expired: { title: 'Authentication failed', icon: KeyRound },
  bad_input: { title: 'Invalid input', icon: FileWarning },
  unknown_outcome: { title: 'Unknown outcome', icon: CircleHelp },
  opted_out: { title: 'Text not sent: opted out', icon: MessageSquareOff },
  bug: { title: 'Internal error', icon: Bug },
};

/** Returns the title of a reason; null for what is no reason of a dead letter. */
export const reasonTitle = (reason: string | null | undefined): string | null =>
  reason && Object.hasOwn(REASONS, reason) ? REASONS[reason as Reason].title : null;

/** Returns the reason within a sentence: "slot unavailable". */
export const reasonWords = (reason: string | null): string | null => reasonTitle(reason)?.toLowerCase() ?? null;
