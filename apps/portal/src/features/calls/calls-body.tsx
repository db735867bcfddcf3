'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useClients } from '@/api/queries';
import { Loaded, LoadMore } from '@/components/list/loaded';
import { Empty, FilteredEmpty } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { dayAt } from '@/lib/days';
import { viewerZone } from '@/lib/format';
import { useQueryParams } from '@/lib/use-query-params';
import { CallTabs } from './call-tabs';
import { CallsTable } from './calls-table';
import { callRow } from './call-row';
import { FilterBar } from './filter-bar';
import {
  countFilter,
  describeFilters,
  FILTER_KEYS,
  listFilter,
  listParameter,
  readFilters,
  type CallFilters,
} from './filters';
import { callsQuery, countsQuery } from './list-queries';

/** Shows tabs, filters and the list. All of them are part of the address. */
export function CallsBody() {
  const [address, change] = useQueryParams();
  const clients = useClients();
  const [now] = useState(() => new Date());
  const scope = clients.find((one) => one.id === address.get('client'));
  const zone = scope?.timeZone ?? viewerZone();
  const filters = readFilters(address, dayAt(now, zone));
  const counts = useQuery(countsQuery(countFilter(filters)));
  const calls = useInfiniteQuery(callsQuery(listFilter(filters)));
  const pages = calls.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items).map((call) => callRow(call, zone)), [pages, zone]);
  return (
    <>
      <CallTabs filters={filters} counts={counts.data} address={address} />
      <FilterBar filters={filters} clients={clients} onChange={change} />
      <Card>
        <Loaded query={{ ...calls, data: rows }} what="calls" rows={10}>
          {(all) =>
            all.length === 0 ? (
              <NoCalls filters={filters} onChange={change} />
            ) : (
              <CallsTable
                rows={all}
                zone={zone}
                list={listParameter(address)}
                client={filters.client}
                withClient={clients.length > 1 && !scope}
              />
            )
          }
        </Loaded>
        <LoadMore pages={calls} />
      </Card>
    </>
  );
}

interface NoCallsProps {
  filters: CallFilters;
  onChange: (changes: Record<string, string | null>) => void;
}

/** Names the filters that no call matches; without any, says when the first call appears. */
function NoCalls({ filters, onChange }: NoCallsProps) {
  if (Object.keys(listFilter(filters)).length === 0) {
    return <Empty title="No calls yet">A call appears here moments after it has ended.</Empty>;
  }
  const keys = [...FILTER_KEYS, 'client'];
  const cleared = Object.fromEntries(keys.map((key) => [key, key === 'from' ? 'all' : null]));
  return <FilteredEmpty title={describeFilters(filters)} onClear={() => onChange(cleared)} />;
}
