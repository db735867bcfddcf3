'use client';

import { Menu } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Me } from '@/api/queries';
import { classes } from '@/lib/classes';
import { allowed, isCurrent, scoped } from './navigation';
import { useScope } from './scope';

const MAX_LINKS = 3;

/** The phone's navigation: three pages and the rest. */
export function BottomBar({ me, onMore }: { me: Me | undefined; onMore: () => void }) {
  const path = usePathname();
  const [client] = useScope();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {allowed(me)
        .slice(0, MAX_LINKS)
        .map((item) => {
          const current = isCurrent(item, path);
          const Icon = item.icon;
          return (
            <Link
              key={item.href}
              href={scoped(item.href, client)}
              prefetch={false}
              aria-current={current ? 'page' : undefined}
              className={classes(
                'flex h-14 flex-1 flex-col items-center justify-center gap-1 text-second font-medium',
                current ? 'text-link' : 'text-fg-2',
              )}
            >
              <Icon aria-hidden size={20} strokeWidth={1.75} />
              {item.short}
            </Link>
          );
        })}
      <button
        type="button"
        onClick={onMore}
        className="flex h-14 flex-1 flex-col items-center justify-center gap-1 text-second font-medium text-fg-2"
      >
        <Menu aria-hidden size={20} strokeWidth={1.75} />
        More
      </button>
    </nav>
  );
}
