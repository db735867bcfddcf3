'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Keyboard, LogOut, Phone, Search, SunMoon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { holds, useClients, type Me } from '@/api/queries';
import { OutcomeChip } from '@/components/state-chip';
import { Kbd } from '@/components/ui/card';
import { timelineQuery } from '@/features/calls/queries';
import { formatDateTime, formatPhone } from '@/lib/format';
import { allowed, scoped } from './navigation';
import { useScope } from './scope';
import { signOut } from './session';
import { setTheme, useTheme } from './theme';

interface Props {
  me: Me | undefined;
  onClose: () => void;
  onKeys: () => void;
}

/** Reads the typed text: a whole number, or any other search text. */
export function readQuery(text: string): { kind: 'number' | 'words'; value: string } {
  const digits = text.replace(/[\s().-]/g, '');
  if (/^\+?\d{8,15}$/.test(digits)) return { kind: 'number', value: digits.startsWith('+') ? digits : `+${digits}` };
  return { kind: 'words', value: text.trim() };
}

export function CommandMenu({ me, onClose, onKeys }: Props) {
  const router = useRouter();
  const [client, setClient] = useScope();
  const clients = useClients();
  const { next } = useTheme();
  const [text, setText] = useState('');
  const query = readQuery(text);
  const mayFind = holds(me, 'read:runs') && holds(me, 'read:events');
  const open = (href: string) => {
    router.push(scoped(href, client));
    onClose();
  };
  return (
    <Command.Dialog
      open
      onOpenChange={(shown) => !shown && onClose()}
      label="Search and commands"
      overlayClassName="fixed inset-0 z-40 bg-[rgb(11_11_14/0.45)]"
      contentClassName="fixed top-[14vh] left-1/2 z-50 w-150 max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-raised shadow-float max-md:top-4"
    >
      <div className="flex h-13 items-center gap-3 border-b border-line px-4">
        <Search aria-hidden size={16} className="text-fg-3" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Phone number, run ID or command"
          className="w-full bg-transparent text-section font-normal outline-none placeholder:text-fg-3 max-md:text-[16px]"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-2">
        <Command.Empty className="px-3 py-8 text-center text-fg-2">Nothing matches “{text}”.</Command.Empty>
        {query.kind === 'number' && mayFind && <CallsOfNumber number={query.value} typed={text} onOpen={open} />}
        <Group heading="Go to">
          {allowed(me).map((item) => (
            <Item
              key={item.href}
              value={item.title}
              icon={<item.icon aria-hidden size={16} />}
              onSelect={() => open(item.href)}
              keys={['G', item.key.toUpperCase()]}
            >
              {item.title}
            </Item>
          ))}
        </Group>
        {clients.length > 1 && (
          <Group heading="Clients">
            {clients.map((one) => (
              <Item
                key={one.id}
                value={`${one.name} ${one.id}`}
                icon={<Search aria-hidden size={16} />}
                onSelect={() => {
                  setClient(one.id);
                  onClose();
                }}
              >
                {one.name}
              </Item>
            ))}
          </Group>
        )}
        <Group heading="Commands">
          <Item value="theme" icon={<SunMoon aria-hidden size={16} />} onSelect={() => setTheme(next)}>
            Change the theme to {next}
          </Item>
          <Item value="keyboard shortcuts" icon={<Keyboard aria-hidden size={16} />} onSelect={onKeys} keys={['?']}>
            Keyboard shortcuts
          </Item>
          <Item value="sign out" icon={<LogOut aria-hidden size={16} />} onSelect={() => void signOut()}>
            Sign out
          </Item>
        </Group>
        {query.value !== '' && mayFind && (
          <Group heading="Find">
            <Item
              value={`find ${text}`}
              icon={<Search aria-hidden size={16} />}
              onSelect={() => open(`/find?q=${encodeURIComponent(query.value)}`)}
            >
              Find “{text.trim()}”
            </Item>
          </Group>
        )}
      </Command.List>
      <p className="border-t border-line px-4 py-2 text-second text-fg-3">Type a phone number, an ID or a command</p>
    </Command.Dialog>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-second [&_[cmdk-group-heading]]:text-fg-3"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  value: string;
  /** Further words by which this command is found. */
  keywords?: string[];
  icon: ReactNode;
  onSelect: () => void;
  keys?: string[];
  children: ReactNode;
}

function Item({ value, keywords = [], icon, onSelect, keys = [], children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      keywords={keywords}
      onSelect={onSelect}
      className="flex min-h-10 items-center gap-3 rounded-control px-3 data-[selected=true]:bg-selected max-md:min-h-11"
    >
      <span className="text-fg-3">{icon}</span>
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </Command.Item>
  );
}

const MAX_CALLS = 5;

function CallsOfNumber({ number, typed, onOpen }: { number: string; typed: string; onOpen: (href: string) => void }) {
  const { data } = useQuery(timelineQuery('q', number));
  return (
    <Group heading={`Calls from ${formatPhone(number)}`}>
      {data?.calls.slice(0, MAX_CALLS).map((call) => (
        <Item
          key={call.callId}
          value={call.callId}
          keywords={[typed]}
          icon={<Phone aria-hidden size={16} />}
          onSelect={() => onOpen(`/calls/${encodeURIComponent(call.callId)}`)}
        >
          <span className="font-medium">{call.name ?? formatPhone(number)}</span>
          <span className="truncate text-fg-2">{formatDateTime(call.at)}</span>
          <span className="ml-auto">
            <OutcomeChip outcome={call.outcome} />
          </span>
        </Item>
      ))}
    </Group>
  );
}
