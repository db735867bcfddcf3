'use client';

import { ChevronLeft, ChevronRight, Moon, Search, Sun, SunMoon } from 'lucide-react';
import Link from 'next/link';
import { Kbd } from '@/components/ui/card';
import { Mark } from './mark';
import { scoped } from './navigation';
import { useScope } from './scope';
import { setTheme, useTheme, type Theme } from './theme';

export interface Crumb {
  title: string;
  href?: string;
}

const THEME_ICONS: Record<Theme, typeof Sun> = { system: SunMoon, light: Sun, dark: Moon };

export function TopBar({ crumbs, onMenu }: { crumbs: Crumb[]; onMenu: () => void }) {
  return (
    <header className="sticky top-0 z-10 flex h-12 items-center gap-3 border-b border-line bg-canvas px-8 max-md:h-13 max-md:px-4">
      <Breadcrumbs crumbs={crumbs} />
      <PhoneTitle crumbs={crumbs} />
      <button
        type="button"
        onClick={onMenu}
        className="ml-auto flex h-8 w-72 items-center gap-2 rounded-control border border-line-strong bg-surface px-2.5 text-fg-2 hover:bg-hover max-md:size-11 max-md:w-11 max-md:justify-center max-md:border-0 max-md:bg-transparent"
      >
        <Search aria-hidden size={14} className="text-fg-3 max-md:size-5" />
        <span className="max-md:sr-only">Phone, call or run ID</span>
        <span className="ml-auto max-md:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <ThemeButton />
    </header>
  );
}

export function Breadcrumbs({ crumbs }: { crumbs: Crumb[] }) {
  const [client] = useScope();
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 max-md:hidden">
      <ol className="flex items-center gap-1.5">
        {crumbs.map((crumb, position) => (
          <li key={crumb.title} className="flex min-w-0 items-center gap-1.5">
            {position > 0 && <ChevronRight aria-hidden size={13} className="shrink-0 text-fg-3" />}
            {crumb.href ? (
              <Link href={scoped(crumb.href, client)} prefetch={false} className="text-fg-2 hover:text-fg">
                {crumb.title}
              </Link>
            ) : (
              <span aria-current="page" className="truncate font-semibold">
                {crumb.title}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** On a phone: the mark and the page, or the way back and the page above. */
function PhoneTitle({ crumbs }: { crumbs: Crumb[] }) {
  const [client] = useScope();
  const parent = crumbs.length > 2 ? crumbs.at(-2) : undefined;
  return (
    <div className="flex min-w-0 items-center gap-3 text-panel md:hidden">
      {parent?.href ? (
        <Link href={scoped(parent.href, client)} className="flex h-11 items-center gap-3">
          <ChevronLeft aria-hidden size={20} /> {parent.title}
        </Link>
      ) : (
        <>
          <Mark /> <span className="truncate">{crumbs.at(-1)?.title}</span>
        </>
      )}
    </div>
  );
}

export function ThemeButton() {
  const { theme, next } = useTheme();
  const Icon = THEME_ICONS[theme];
  return (
    <button
      type="button"
      aria-label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => setTheme(next)}
      className="flex size-8 items-center justify-center rounded-control text-fg-2 hover:bg-hover max-md:size-11"
    >
      <Icon aria-hidden size={16} />
    </button>
  );
}
