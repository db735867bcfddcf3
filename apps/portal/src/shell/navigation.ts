import { Gauge, House, LayoutGrid, OctagonAlert, Phone, PhoneMissed, Scale, type LucideIcon } from 'lucide-react';
import { holds, isAgencyStaff, type Me } from '@/api/queries';

export interface NavigationItem {
  href: string;
  title: string;
  /** The word in the phone's bottom bar. */
  short: string;
  icon: LucideIcon;
  group: 'main' | 'Operate' | 'Money';
  /** The permissions without which the item is hidden. */
  needs: readonly string[];
  /** The people for whom the item is shown; all of them without it. */
  audience?: 'agency' | 'client';
  /** The letter that opens the page after G. */
  key: string;
}

const RUNS = ['read:runs'];
const CALLS = ['read:runs', 'read:events'];

/** Lists the pages that exist; a new page adds itself here. */
export const NAVIGATION: readonly NavigationItem[] = [
  {
    href: '/',
    title: 'Overview',
    short: 'Overview',
    icon: LayoutGrid,
    group: 'main',
    needs: RUNS,
    audience: 'agency',
    key: 'o',
  },
  { href: '/', title: 'Today', short: 'Today', icon: House, group: 'main', needs: CALLS, audience: 'client', key: 'o' },
  { href: '/calls', title: 'Calls', short: 'Calls', icon: Phone, group: 'main', needs: CALLS, key: 'c' },
  {
    href: '/callbacks',
    title: 'Call back',
    short: 'Call back',
    icon: PhoneMissed,
    group: 'main',
    needs: CALLS,
    audience: 'client',
    key: 'k',
  },
  {
    href: '/dead-letters',
    title: 'Dead letters',
    short: 'Attention',
    icon: OctagonAlert,
    group: 'Operate',
    needs: RUNS,
    audience: 'agency',
    key: 'd',
  },
  {
    href: '/callbacks',
    title: 'Call back',
    short: 'Call back',
    icon: PhoneMissed,
    group: 'Operate',
    needs: CALLS,
    audience: 'agency',
    key: 'k',
  },
  { href: '/usage', title: 'Usage', short: 'Usage', icon: Gauge, group: 'Money', needs: ['read:billing'], key: 'u' },
  {
    href: '/reconciliation',
    title: 'Reconciliation',
    short: 'Invoices',
    icon: Scale,
    group: 'Money',
    needs: ['read:costs'],
    key: 'b',
  },
];

/** Returns the pages that this user may open, by permission and never by the name of a role. */
export function allowed(me: Me | undefined): NavigationItem[] {
  const audience = isAgencyStaff(me) ? 'agency' : 'client';
  return NAVIGATION.filter(
    (item) => item.needs.every((permission) => holds(me, permission)) && (item.audience ?? audience) === audience,
  );
}

export const isCurrent = (item: NavigationItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);

/** Returns the address of a page with the chosen client kept. */
export const scoped = (href: string, client: string | null): string =>
  client ? `${href}${href.includes('?') ? '&' : '?'}client=${encodeURIComponent(client)}` : href;
