'use client';

import type { Me } from '@/api/queries';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { allowed } from './navigation';
import { Agency, NavigationLink, ScopeSelect, type Badges } from './side-bar';
import { signOut } from './session';

interface Props {
  me: Me | undefined;
  badges: Badges;
  onClose: () => void;
  onKeys: () => void;
}

/** Everything that has no place in the phone's bottom bar. */
export function MoreSheet({ me, badges, onClose, onKeys }: Props) {
  return (
    <Dialog title="More" sheet onClose={onClose}>
      <Agency me={me} />
      <ScopeSelect className="my-3" />
      <ul onClickCapture={onClose}>
        {allowed(me).map((item) => (
          <li key={item.href}>
            <NavigationLink item={item} badge={badges[item.href]} />
          </li>
        ))}
      </ul>
      <div className="mt-6 flex flex-col gap-3">
        <Button onClick={onKeys}>Keyboard shortcuts</Button>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    </Dialog>
  );
}
