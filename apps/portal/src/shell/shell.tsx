'use client';

import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { usePathname, useRouter } from 'next/navigation';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { ApiError } from '@/api/problems';
import { createQueries, holds, useMe } from '@/api/queries';
import { Failed } from '@/components/list/states';
import { attentionQuery } from '@/features/attention/queries';
import { BottomBar } from './bottom-bar';
import { useKeys } from './keys';
import { allowed, scoped } from './navigation';
import { PageContext, type PageInfo } from './page';
import { SideBar } from './side-bar';
import { useScope } from './scope';
import { SupportBanner } from './support-banner';
import { Toasts } from './toasts';
import { TopBar } from './top-bar';

// Each of these is fetched when it is first opened.
const CommandMenu = dynamic(() => import('./command-menu').then((module) => module.CommandMenu));
const KeysDialog = dynamic(() => import('./keys-dialog').then((module) => module.KeysDialog));
const VitalsReporter = dynamic(() => import('./vitals-reporter').then((module) => module.VitalsReporter), {
  ssr: false,
});
const MoreSheet = dynamic(() => import('./more-sheet').then((module) => module.MoreSheet));
const SignedOutPage = dynamic(() => import('./signed-out').then((module) => module.SignedOutPage));
const SignedOutDialog = dynamic(() => import('./signed-out').then((module) => module.SignedOutDialog));

type Open = 'menu' | 'keys' | 'more' | null;

export function Shell({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueries);
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<FrameSkeleton />}>
        <Frame>{children}</Frame>
      </Suspense>
    </QueryClientProvider>
  );
}

/** The exported page until the address is read: the frame, without anything that depends on the user. */
function FrameSkeleton() {
  return (
    <div aria-hidden>
      <div className="fixed inset-y-0 left-0 w-58 border-r border-line bg-canvas max-md:hidden" />
      <div className="h-12 border-b border-line md:ml-58 max-md:h-13" />
    </div>
  );
}

export function Frame({ children }: { children: ReactNode }) {
  const me = useMe();
  const router = useRouter();
  const [client] = useScope();
  const [open, setOpen] = useState<Open>(null);
  const [page, setPage] = useState<PageInfo>({ title: '', above: [] });
  const badges = useBadges();
  useKeys({
    menu: () => setOpen('menu'),
    help: () => setOpen('keys'),
    filter: () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
    go: (letter) => {
      const item = allowed(me.data).find((candidate) => candidate.key === letter);
      if (item) router.push(scoped(item.href, client));
    },
  });
  if (!me.data && me.error instanceof ApiError && me.error.isSignedOut) return <SignedOutPage />;
  const close = () => setOpen(null);
  const agency = me.data?.tenants.find((one) => one.id === me.data.tenantId)?.name ?? 'Agency';
  return (
    <PageContext value={setPage}>
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-control bg-brand px-3 py-2 text-on-brand focus:translate-y-0"
      >
        Skip to content
      </a>
      <SideBar me={me.data} badges={badges} onKeys={() => setOpen('keys')} />
      <div className="flex min-h-dvh flex-col md:pl-58">
        {me.data && <SupportBanner me={me.data} />}
        <TopBar
          crumbs={[{ title: agency, href: '/' }, ...page.above, ...(page.title ? [{ title: page.title }] : [])]}
          onMenu={() => setOpen('menu')}
        />
        <main
          id="main"
          tabIndex={-1}
          className="w-full max-w-306 flex-1 px-8 pt-7 pb-12 outline-none max-md:px-4 max-md:pt-5 max-md:pb-24"
        >
          {!me.data && me.error ? (
            <Failed error={me.error} what="your account" onRetry={() => void me.refetch()} />
          ) : (
            children
          )}
        </main>
      </div>
      <BottomBar me={me.data} onMore={() => setOpen('more')} />
      {open === 'menu' && <CommandMenu me={me.data} onClose={close} onKeys={() => setOpen('keys')} />}
      {open === 'keys' && <KeysDialog onClose={close} />}
      {open === 'more' && <MoreSheet me={me.data} badges={badges} onClose={close} onKeys={() => setOpen('keys')} />}
      <SessionWatch />
      {me.data && <VitalsReporter />}
      <Toasts />
    </PageContext>
  );
}

function useBadges(): Record<string, number | undefined> {
  const me = useMe();
  const [client] = useScope();
  const { data } = useQuery({ ...attentionQuery(client), enabled: holds(me.data, 'read:runs') });
  return { '/dead-letters': data?.counts.dead_letters, '/callbacks': data?.counts.call_backs };
}

/** Notices that any request was answered 401 after the page had loaded. */
function SessionWatch() {
  const queries = useQueryClient();
  const path = usePathname();
  const [endedOn, setEndedOn] = useState<string | null>(null);
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        const { error } = query.state;
        if (error instanceof ApiError && error.isSignedOut) setEndedOn(window.location.pathname);
      }),
    [queries],
  );
  return endedOn === path ? <SignedOutDialog onClose={() => setEndedOn(null)} /> : null;
}
