'use client';

import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { classes } from '@/lib/classes';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** A sheet comes from the side, and fills a phone. */
  sheet?: boolean;
}

/** A modal on the browser's own dialog: it keeps the focus inside, closes by Escape, and gives the focus back. */
export function Dialog({ title, onClose, children, sheet = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={classes(
        'bg-surface text-fg shadow-float',
        sheet
          ? 'fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-130 max-w-full border-l border-line max-md:w-full'
          : 'm-auto w-120 max-w-[calc(100vw-32px)] rounded-card border border-line',
      )}
    >
      <div className="flex h-13 items-center justify-between border-b border-line px-5">
        <h2 id={heading} className="text-panel">
          {title}
        </h2>
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="flex size-8 items-center justify-center rounded-control text-fg-2 hover:bg-hover max-md:size-11"
        >
          <X aria-hidden size={16} />
        </button>
      </div>
      <div className="max-h-[calc(100dvh-52px)] overflow-y-auto p-5">{children}</div>
    </dialog>
  );
}
