'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useClients } from '@/api/queries';
import { buttonLook } from '@/components/ui/button';
import { dayAt } from '@/lib/days';
import { viewerZone } from '@/lib/format';
import { useLetters } from '@/shell/keys';
import { scoped } from '@/shell/navigation';
import { listFilter, readFilters } from './filters';
import { callsQuery } from './list-queries';

/** A call further down is not searched for; its page then has no neighbours. */
const MAX_PAGES_SEARCHED = 4;

/** Leads to the previous and the next call of the list that the person came from. */
export function ListSteps({ callId }: { callId: string }) {
  const list = useSearchParams().get('list');
  return list === null ? null : <Steps callId={callId} list={list} />;
}

function Steps({ callId, list }: { callId: string; list: string }) {
  const router = useRouter();
  const client = useSearchParams().get('client');
  const { previous, next } = useNeighbours(callId, list, client);
  const hrefOf = (id: string | undefined) =>
    id === undefined ? null : scoped(`/calls/${encodeURIComponent(id)}?list=${encodeURIComponent(list)}`, client);
  const open = (href: string | null) => href && router.push(href);
  useLetters({ '[': () => open(hrefOf(previous)), ']': () => open(hrefOf(next)) });
  return (
    <nav aria-label="Calls of the list" className="flex gap-1">
      <Step icon={ChevronUp} label="Previous call" letter="[" href={hrefOf(previous)} />
      <Step icon={ChevronDown} label="Next call" letter="]" href={hrefOf(next)} />
    </nav>
  );
}

/** Finds the neighbours in the pages that the list has loaded, and loads further ones where they are needed. */
function useNeighbours(callId: string, list: string, client: string | null) {
  const [now] = useState(() => new Date());
  const zone = useClients().find((one) => one.id === client)?.timeZone ?? viewerZone();
  const parameters = new URLSearchParams(list);
  if (client) parameters.set('client', client);
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...callsQuery(listFilter(readFilters(parameters, dayAt(now, zone)))),
    // The list stays as the person saw it while they walk along it.
    staleTime: Infinity,
    refetchInterval: false,
  });
  const ids = data?.pages.flatMap((page) => page.items).map((call) => call.callId) ?? [];
  const here = ids.indexOf(callId);
  const pages = data?.pages.length ?? 0;
  const isSearching = here < 0 && pages < MAX_PAGES_SEARCHED;
  const needsPage = hasNextPage && !isFetching && (isSearching || here === ids.length - 1);
  useEffect(() => {
    if (needsPage) void fetchNextPage();
  }, [needsPage, pages, fetchNextPage]);
  return here < 0 ? {} : { previous: ids[here - 1], next: ids[here + 1] };
}

interface StepProps {
  icon: LucideIcon;
  label: string;
  letter: string;
  href: string | null;
}

function Step({ icon: Icon, label, letter, href }: StepProps) {
  const look = buttonLook({ size: 'icon' });
  if (!href) {
    return (
      <span role="link" aria-disabled aria-label={label} className={`${look} bg-selected text-fg-3`}>
        <Icon aria-hidden size={16} />
      </span>
    );
  }
  return (
    <Link href={href} prefetch={false} aria-label={label} title={`${label} (${letter})`} className={look}>
      <Icon aria-hidden size={16} />
    </Link>
  );
}
