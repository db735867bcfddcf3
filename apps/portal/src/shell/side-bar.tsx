'use client';

import { Building2, ChevronDown, ChevronsUpDown, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useClients, type Me } from '@/api/queries';
import { initials } from '@/lib/initials';
import { classes } from '@/lib/classes';
import { Mark } from './mark';
import { allowed, isCurrent, scoped, type NavigationItem } from './navigation';
import { useScope } from './scope';
import { signOut, switchTenant } from './session';

const GROUPS: readonly NavigationItem['group'][] = ['main', 'Operate', 'Money'];

export function SideBar({ me, badges, onKeys }: { me: Me | undefined; badges: Badges; onKeys: () => void }) {
  return (
    <aside className="fixed inset-y-0 left-0 z-20 flex w-58 flex-col border-r border-line bg-canvas max-md:hidden">
      <Agency me={me} />
      <ScopeSelect className="mx-2.5 mb-2" />
      <Navigation me={me} badges={badges} />
      <Person me={me} onKeys={onKeys} />
    </aside>
  );
}

/** Holds the count beside each navigation item, by its address. */
export type Badges = Record<string, number | undefined>;

/** Shows the name of the agency, and a way to another one for users who have several. */
export function Agency({ me }: { me: Me | undefined }) {
  const name = me?.tenants.find((one) => one.id === me.tenantId)?.name ?? me?.tenantId;
  const several = (me?.tenants.length ?? 0) > 1 && !me?.impersonation;
  return (
    <div className="relative flex h-13.5 items-center gap-2.5 px-3.5 font-semibold">
      <Mark />
      {name ? <span className="truncate">{name}</span> : <span className="skeleton h-3 w-24" />}
      {several && me && (
        <label className="ml-auto flex items-center">
          <span className="sr-only">Agency</span>
          <ChevronsUpDown aria-hidden size={14} className="text-fg-3" />
          <select
            value={me.tenantId}
            onChange={(event) => void switchTenant(event.target.value)}
            className="absolute inset-0 opacity-0"
          >
            {me.tenants.map((tenant) => (
              <option key={tenant.id} value={tenant.id}>
                {tenant.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** Shows the client whose data all pages show. It is hidden where there is nothing to choose. */
export function ScopeSelect({ className }: { className?: string }) {
  const clients = useClients();
  const [client, setClient] = useScope();
  if (clients.length < 2) return null;
  return (
    <label
      className={classes(
        'relative flex h-8 items-center gap-2 rounded-control border border-line-strong bg-surface px-2.5 max-md:h-11',
        className,
      )}
    >
      <Building2 aria-hidden size={14} className="text-fg-3" />
      <span className="sr-only">Client</span>
      <select
        value={client ?? ''}
        onChange={(event) => setClient(event.target.value || null)}
        className="w-full appearance-none bg-surface outline-none max-md:text-[16px]"
      >
        <option value="">All clients</option>
        {clients.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden size={14} className="pointer-events-none absolute right-2.5 text-fg-3" />
    </label>
  );
}

function Navigation({ me, badges }: { me: Me | undefined; badges: Badges }) {
  const items = allowed(me);
  return (
    <nav aria-label="Main" className="flex-1 overflow-y-auto px-2.5 py-1">
      {GROUPS.map((group) => {
        const inGroup = items.filter((item) => item.group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group} className="mb-3">
            {group !== 'main' && <p className="px-2.5 pt-2 pb-1.5 text-second text-fg-3">{group}</p>}
            <ul>
              {inGroup.map((item) => (
                <li key={item.href}>
                  <NavigationLink item={item} badge={badges[item.href]} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

export function NavigationLink({ item, badge }: { item: NavigationItem; badge: number | undefined }) {
  const current = isCurrent(item, usePathname());
  const [client] = useScope();
  const Icon = item.icon;
  return (
    <Link
      href={scoped(item.href, client)}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className={classes(
        'flex h-8 items-center gap-2.5 rounded-control px-2.5 font-medium max-md:h-11',
        current ? 'bg-selected text-fg' : 'text-fg-2 hover:bg-hover hover:text-fg',
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} className={current ? 'text-brand' : 'text-fg-3'} />
      {item.title}
      {badge ? (
        <span className="ml-auto rounded-full bg-bad-soft px-2 text-second text-bad">
          {badge}
          <span className="sr-only"> waiting</span>
        </span>
      ) : null}
    </Link>
  );
}

function Person({ me, onKeys }: { me: Me | undefined; onKeys: () => void }) {
  const name = me?.user?.name ?? me?.subject;
  return (
    <div className="flex h-14 items-center gap-2.5 border-t border-line px-3.5">
      {me && name ? (
        <>
          <Avatar name={name} />
          <span className="min-w-0">
            <span className="block truncate font-medium">{name}</span>
            <span className="block truncate text-second text-fg-3">{roleOf(me)}</span>
          </span>
          <PersonMenu onKeys={onKeys} />
        </>
      ) : (
        <span className="skeleton h-3 w-28" />
      )}
    </div>
  );
}

export function PersonMenu({ onKeys }: { onKeys: () => void }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="person-menu"
        aria-label="Account"
        className="ml-auto flex size-8 shrink-0 items-center justify-center rounded-control text-fg-2 hover:bg-hover"
      >
        <Ellipsis aria-hidden size={16} />
      </button>
      <div
        id="person-menu"
        popover="auto"
        className="fixed inset-auto bottom-14 left-3 w-52 rounded-inner border border-line bg-raised p-1 text-fg shadow-float"
      >
        <MenuButton onClick={onKeys}>Keyboard shortcuts</MenuButton>
        <MenuButton onClick={() => void signOut()}>Sign out</MenuButton>
      </div>
    </>
  );
}

export function MenuButton({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      popoverTarget="person-menu"
      popoverTargetAction="hide"
      onClick={onClick}
      className="flex h-8 w-full items-center rounded-control px-2.5 text-left hover:bg-hover max-md:h-11"
    >
      {children}
    </button>
  );
}

export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="flex size-7 shrink-0 items-center justify-center rounded-full bg-you-soft text-[11px] font-semibold text-you"
    >
      {initials(name)}
    </span>
  );
}

/** Returns the user's first role in words, for example "Tenant admin" for tenant-admin. */
export function roleOf(me: Me): string {
  const role = me.roles[0]?.role;
  if (!role) return 'No role';
  const words = role.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
