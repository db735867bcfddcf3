'use client';

import { LifeBuoy } from 'lucide-react';
import type { Me } from '@/api/queries';
import { formatTime } from '@/lib/format';
import { endImpersonation } from './session';

/** On every page of a support session: who acts for whom, why, until when, and the end of it. */
export function SupportBanner({ me }: { me: Me }) {
  const { impersonation, session, user } = me;
  if (!impersonation) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-you-soft px-8 py-2 text-you max-md:px-4"
    >
      <LifeBuoy aria-hidden size={16} />
      <span>
        <strong className="font-semibold">{impersonation.name}</strong> of Patchbay acts for {user?.name ?? me.subject}{' '}
        until {formatTime(impersonation.until)}. Reason: {impersonation.reason}
      </span>
      {session && (
        <button
          type="button"
          onClick={() => void endImpersonation(session.id)}
          className="ml-auto font-medium underline max-md:min-h-11"
        >
          End session
        </button>
      )}
    </div>
  );
}
