'use client';

import { Check, CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { onNotice, type Notice } from '@/lib/notify';

const SHOWN_MILLISECONDS = 5000;

/** The one polite live region. A message leaves by itself; what went wrong is also said where it happened. */
export function Toasts() {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => onNotice(setNotice), []);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed right-6 bottom-6 z-50 max-md:inset-x-4 max-md:bottom-20"
    >
      {notice && (
        <div className="flex items-center gap-2.5 rounded-inner border border-line bg-raised px-4 py-3 shadow-float">
          {notice.tone === 'bad' ? (
            <CircleAlert aria-hidden size={16} className="text-bad-solid" />
          ) : (
            <Check aria-hidden size={16} className="text-ok-solid" />
          )}
          {notice.text}
        </div>
      )}
    </div>
  );
}
