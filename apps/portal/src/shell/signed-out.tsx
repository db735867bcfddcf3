'use client';

import { buttonLook } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Mark } from './mark';
import { signInAddress } from './session';

/** The page of somebody who is not signed in. */
export function SignedOutPage() {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-6 px-6 text-center">
      <Mark size={44} />
      <div className="flex flex-col gap-1">
        <h1 className="text-page">Sign in to Patchbay</h1>
        <p className="max-w-80 text-fg-2">
          Calls, bookings and everything that happened on the way, for your agency’s clients.
        </p>
      </div>
      <a href={signInAddress()} className={buttonLook({ kind: 'primary' })}>
        Sign in with Google
      </a>
      <p className="max-w-80 text-second text-fg-3">
        You need an invitation from your agency. Use the address that the invitation was sent to.
      </p>
    </main>
  );
}

/** Over a page whose session ended: what is on it stays until somebody signs in again. */
export function SignedOutDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="You were signed out" onClose={onClose}>
      <p className="text-fg-2">Your session ended. Sign in again to come back to this page.</p>
      <div className="mt-5 flex justify-end">
        <a href={signInAddress()} className={buttonLook({ kind: 'primary' })}>
          Sign in with Google
        </a>
      </div>
    </Dialog>
  );
}
