'use client';

import { Check, Phone, Undo2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Sentence } from '@/components/sentence';
import { Button, buttonLook } from '@/components/ui/button';
import { Segments } from '@/components/ui/segments';
import { appointmentOf, callerOf, HANDLED, NOTHING } from '@/features/calls/call-row';
import type { CallView, HandledHow } from '@/features/calls/list-queries';
import { classes } from '@/lib/classes';
import { formatDateTime } from '@/lib/format';

const HOWS = Object.entries(HANDLED) as [HandledHow, string][];

interface Props {
  call: CallView;
  href: string;
  zone: string;
  /** Whether the callers belong to several clients. */
  withClient: boolean;
  /** How the call was handled in this view; null while it waits. */
  handled: HandledHow | null;
  isBusy: boolean;
  /** Marks the call, or takes the mark back; null where the user may not. */
  onMark: ((how: HandledHow | null) => void) | null;
}

/** Shows a caller who waits for a call back: who, what they asked for, and the two things to do. */
export function CallBackRow({ call, href, zone, withClient, handled, isBusy, onMark }: Props) {
  const { name, phone } = callerOf(call);
  const number = call.caller.number ?? call.from;
  const requested = appointmentOf(call);
  const facts = [requested === NOTHING ? null : `Requested ${requested}.`, call.sentence];
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 border-b border-line px-4 py-4 last:border-0">
      <div className={classes('min-w-0 flex-1 basis-80', handled && 'text-fg-2')}>
        <Link href={href} prefetch={false} className="text-section hover:underline">
          {name}
        </Link>
        <p className="text-fg-2">
          <Sentence text={facts.filter(Boolean).join(' ')} />
        </p>
        <p className="text-second text-fg-2">
          {[`Called ${formatDateTime(call.calledAt, { zone })}`, phone, withClient && call.client.name]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {handled ? (
        <Handled handled={handled} isBusy={isBusy} onMark={onMark} />
      ) : (
        <Actions>
          {number && /^\+\d+$/.test(number) && (
            <a
              href={`tel:${number}`}
              aria-label={`Call ${name}`}
              className={classes(buttonLook({ kind: 'primary' }), 'max-md:flex-1')}
            >
              <Phone aria-hidden size={14} /> Call
            </a>
          )}
          {onMark && (
            <Button
              aria-label={`Done: ${name}`}
              className="max-md:flex-1"
              disabled={isBusy}
              onClick={() => onMark('called_back')}
            >
              <Check aria-hidden size={14} /> Done
            </Button>
          )}
        </Actions>
      )}
    </li>
  );
}

const Actions = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3 max-md:w-full">{children}</div>
);

function Handled({ handled, isBusy, onMark }: { handled: HandledHow; isBusy: boolean; onMark: Props['onMark'] }) {
  return (
    <Actions>
      <span role="status" className="flex items-center gap-1.5 font-medium text-ok">
        <Check aria-hidden size={14} /> Done
      </span>
      {onMark && (
        <>
          <Segments label="How it was handled" value={handled} options={HOWS} onChange={onMark} />
          <Button kind="ghost" disabled={isBusy} onClick={() => onMark(null)}>
            <Undo2 aria-hidden size={14} /> Undo
          </Button>
        </>
      )}
    </Actions>
  );
}
