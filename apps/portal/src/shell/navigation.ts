import { Gauge, LayoutGrid, OctagonAlert, Scale, type LucideIcon } from 'lucide-react';
import { holds, type Me } from '@/api/queries';

export interface NavigationItem {
  href: string;
  title: string;
  /** The word in the phone's bottom bar. */
  short: string;
  icon: LucideIcon;
  group: 'main' | 'Operate' | 'Money';
  /** The permission without which the item is hidden. */
  needs: string;
  /** The letter that opens the page after G. */
  key: string;
}

/** Lists the pages that exist; a new page adds itself here. */
export const NAVIGATION: readonly NavigationItem[] = [
  { href: '/', title: 'Overview', short: 'Overview', icon: LayoutGrid, group: 'main', needs: 'read:runs', key: 'o' },
  {
    href: '/dead-letters',
    title: 'Dead letters',
    short: 'Attention',
    icon: OctagonAlert,
    group: 'Operate',
    needs: 'read:runs',
    key: 'd',
  },
  { href: '/usage', title: 'Usage', short: 'Usage', icon: Gauge, group: 'Money', needs: 'read:billing', key: 'u' },
  {
    href: '/reconciliation',
    title: 'Reconciliation',
    short: 'Invoices',
    icon: Scale,
    group: 'Money',
    needs: 'read:costs',
    key: 'b',
  },
];

/** Returns the pages that this user may open, by permission and never by the name of a role. */
export const allowed = (me: Me | undefined): NavigationItem[] => NAVIGATION.filter((item) => holds(me, item.needs));

export const isCurrent = (item: NavigationItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);

/** Returns the address of a page with the chosen client kept. */
export const scoped = (href: string, client: string | null): string =>
  client ? `${href}${href.includes('?') ? '&' : '?'}client=${encodeURIComponent(client)}` : href;
