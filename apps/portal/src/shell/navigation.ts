import { Gauge, LayoutGrid, OctagonAlert, Scale, type LucideIcon } from 'lucide-react';
import { holds, type Me } from '@/api/queries';

export interface NavigationItem {
  href: string;
  title: string;
  /** The word in the phone's bottom bar. */
  short: string;
  icon: LucideIcon;
  group: 'main' | 'Operate' | 'Money';
  /** Shown only when the caller holds this. */
  needs: string;
  /** The letter after G that opens it. */
  key: string;
}

/** Pages that exist; each of the others joins with its page. */
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

/** The pages that this caller may open, by permission and never by the name of a role. */
export const allowed = (me: Me | undefined): NavigationItem[] => NAVIGATION.filter((item) => holds(me, item.needs));

export const isCurrent = (item: NavigationItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);

/** The address of a page with the client's scope kept. */
export const scoped = (href: string, client: string | null): string =>
  client ? `${href}${href.includes('?') ? '&' : '?'}client=${encodeURIComponent(client)}` : href;
