'use client';

import { CloudOff, Inbox, Lock, RotateCcw, SearchX, WifiOff, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '@/api/problems';
import { CopyId } from '@/components/copy-id';
import { Button } from '@/components/ui/button';
import { formatTime } from '@/lib/format';

/** Rows of the height that the data will have. */
export function Skeleton({ rows = 4, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-11 items-center gap-4 border-b border-line px-4 last:border-0">
          <span className="skeleton h-2.5 w-28" />
          <span className="skeleton h-2.5 w-40 max-w-1/3" />
          <span className="skeleton ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  );
}

interface MessageProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  alert?: boolean;
}

function Message({ icon: Icon, title, children, actions, alert = false }: MessageProps) {
  return (
    <div role={alert ? 'alert' : undefined} className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <span className="mb-2 flex size-10 items-center justify-center rounded-inner bg-selected text-fg-2">
        <Icon aria-hidden size={18} />
      </span>
      <p className="font-semibold">{title}</p>
      <div className="max-w-72 text-fg-2">{children}</div>
      {actions && <div className="mt-3 flex flex-wrap items-center justify-center gap-3">{actions}</div>}
    </div>
  );
}

export const Empty = ({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) => (
  <Message icon={Inbox} title={title} actions={actions}>
    {children}
  </Message>
);

/** Nothing matches: the title names the filter. */
export const FilteredEmpty = ({ title, onClear }: { title: string; onClear: () => void }) => (
  <Message icon={SearchX} title={title} actions={<Button onClick={onClear}>Clear filters</Button>} />
);

function reasonOf(error: Error): string {
  if (!(error instanceof ApiError)) return 'This page has a defect. Try again, then report it.';
  if (error.status === null) return 'The server did not answer. Check your connection.';
  return error.message;
}

/** The failure with a way to try again, or the refusal. */
export function Failed({ error, what, onRetry }: { error: Error; what: string; onRetry: () => void }) {
  const known = error instanceof ApiError ? error : null;
  if (known?.isForbidden) {
    return (
      <Message icon={Lock} alert title={`You don’t have access to ${what}`}>
        {known.message} Ask an administrator of your agency for it.
      </Message>
    );
  }
  if (known?.isMissing) {
    return (
      <Message icon={SearchX} alert title={`There is no such ${what}`}>
        It may belong to another agency, or its data was erased.
      </Message>
    );
  }
  const correlation = known?.problem.correlationId;
  return (
    <Message
      icon={CloudOff}
      alert
      title={`Couldn’t load ${what}`}
      actions={
        <>
          <Button onClick={onRetry}>
            <RotateCcw aria-hidden size={14} /> Try again
          </Button>
          {correlation && <CopyId value={correlation} label="Correlation ID" />}
        </>
      }
    >
      {reasonOf(error)}
    </Message>
  );
}

/** Data that could not be refreshed stays, under this line. */
export function Stale({ since, onRetry }: { since: number; onRetry: () => void }) {
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-second text-warn"
    >
      <WifiOff aria-hidden size={14} />
      Not refreshed since {formatTime(new Date(since).toISOString())}.
      <button type="button" onClick={onRetry} className="ml-auto font-medium underline max-md:min-h-11">
        Retry
      </button>
    </div>
  );
}
