'use client';

import { useMe } from '@/api/queries';
import { Dialog } from '@/components/ui/dialog';
import { allowed } from './navigation';

const KEYS: readonly [string, string][] = [
  ['Ctrl K or ⌘ K', 'Search and commands'],
  ['/', 'Filter the list'],
  ['J, K', 'Next and previous row'],
  ['Enter', 'Open the row'],
  ['[, ]', 'Previous and next call of the list'],
  ['Esc', 'Close'],
  ['?', 'This list'],
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
        {[
          ...KEYS,
          ...allowed(me.data).map((item): [string, string] => [`G then ${item.key.toUpperCase()}`, item.title]),
        ].map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt className="font-mono text-code text-fg-2">{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
