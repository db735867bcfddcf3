'use client';

import { ArrowRight, Plug } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const ConnectDialog = dynamic(() => import('./connect-dialog').then((module) => module.ConnectDialog));

interface Props {
  /** The accounts among which the broken one is. */
  select: { connectionId: string } | { provider: string };
  /** The account's name, for people who only hear the button. */
  name?: string;
  /** A link is the action of a line; a button is the first thing to do on a page. */
  kind: 'link' | 'button';
}

/** Opens what connects a broken account again. */
export function ConnectButton({ select, name, kind }: Props) {
  const [isOpen, open] = useState(false);
  return (
    <>
      {kind === 'button' ? (
        <Button kind="primary" onClick={() => open(true)}>
          <Plug aria-hidden size={14} /> Connect…
        </Button>
      ) : (
        <button
          type="button"
          onClick={() => open(true)}
          className="flex shrink-0 items-center gap-1 font-medium text-link after:absolute after:inset-0"
        >
          Connect {name && <span className="sr-only">{name}</span>} <ArrowRight aria-hidden size={14} />
        </button>
      )}
      {isOpen && <ConnectDialog select={select} onClose={() => open(false)} />}
    </>
  );
}
