'use client';

import { Copy } from 'lucide-react';
import { notify } from '@/lib/notify';

/** An id that copies itself when it is pressed; long ones are shortened in the middle of the screen, not in the clipboard. */
export function CopyId({ value, label, shown = shorten(value) }: { value: string; label: string; shown?: string }) {
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => notify({ text: `${label} copied` }),
      () => notify({ text: `The browser did not allow copying. ${label}: ${value}`, tone: 'bad' }),
    );
  return (
    <button
      type="button"
      title={value}
      aria-label={`Copy ${label.toLowerCase()} ${value}`}
      onClick={() => void copy()}
      className="inline-flex items-center gap-1.5 rounded-tick font-mono text-code text-fg-2 hover:text-fg max-md:min-h-11"
    >
      {shown}
      <Copy aria-hidden size={12} className="text-fg-3" />
    </button>
  );
}

export const shorten = (id: string): string => (id.length > 16 ? `${id.slice(0, 14)}…` : id);
