import Link from 'next/link';
import { Count } from '@/components/ui/card';
import { classes } from '@/lib/classes';
import { formatCount } from '@/lib/format';
import { TABS, tabOf, type CallFilters, type Tab } from './filters';
import type { Counts } from './list-queries';

/** The API counts single calls up to this number. */
const MAX_COUNT = 1000;

function countOf({ outcome, needsPerson }: Tab, counts: Counts): string {
  const all = Object.values(counts.by);
  const count = needsPerson
    ? counts.needsPerson
    : outcome
      ? counts.by[outcome]
      : all.reduce((sum, one) => sum + one, 0);
  const parts = needsPerson ? [counts.needsPerson] : outcome ? [counts.by[outcome]] : all;
  return formatCount(count ?? 0, counts.capped && parts.includes(MAX_COUNT));
}

interface Props {
  filters: CallFilters;
  counts: Counts | undefined;
  address: URLSearchParams;
}

/** Shows the views of the list with their counts. Each is a link, so it opens in a tab of its own too. */
export function CallTabs({ filters, counts, address }: Props) {
  const current = tabOf(filters);
  return (
    <nav aria-label="Views" className="mt-5 mb-4 overflow-x-auto border-b border-line max-md:mt-0">
      <ul className="flex gap-6">
        {TABS.map((tab) => (
          <li key={tab.title}>
            <Link
              href={addressOf(tab, address)}
              prefetch={false}
              scroll={false}
              aria-current={tab === current ? 'page' : undefined}
              className={classes(
                'flex h-11 items-center gap-2 border-b-2 font-medium whitespace-nowrap focus-visible:-outline-offset-2',
                tab === current ? 'border-brand text-fg' : 'border-transparent text-fg-2 hover:text-fg',
              )}
            >
              {`${tab.title} `}
              {counts && <Count>{countOf(tab, counts)}</Count>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function addressOf({ outcome, needsPerson }: Tab, address: URLSearchParams): string {
  const next = new URLSearchParams(address);
  for (const [key, value] of Object.entries({ outcome, needsPerson, callBack: null })) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next.size > 0 ? `/calls?${next.toString()}` : '/calls';
}
