'use client';

import { Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/list/states';
import { buttonLook } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useQueryParams } from '@/lib/use-query-params';
import { usePage } from '@/shell/page';
import { useScope } from '@/shell/scope';
import { formatDate } from '@/lib/days';
import { readMonth } from './month';
import { MonthSteps } from './month-steps';
import { exportAddress } from './queries';

const TITLE = 'Usage';

const Loading = () => (
  <Card>
    <Skeleton rows={6} label="usage" />
  </Card>
);

const UsageBody = dynamic(() => import('./usage-body').then((module) => module.UsageBody), {
  ssr: false,
  loading: Loading,
});

/** Shows a month's usage and cost, by day and by other dimensions. A bar opens its calls, and a call opens its records. */
export function UsageScreen() {
  usePage(TITLE);
  const [client] = useScope();
  const [address, change] = useQueryParams();
  const month = readMonth(address.get('month'), new Date());
  return (
    <>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-page">{TITLE}</h1>
          <p className="mt-1 text-fg-2">
            {formatDate(month.from)} to {formatDate(month.to)}, in the days of each client’s own calendar
          </p>
        </div>
        <div className="flex gap-2">
          <MonthSteps month={month} onChange={(id) => change({ month: id, day: null })} />
          <a href={exportAddress(month, client)} download className={buttonLook({})}>
            <Download aria-hidden size={14} /> Export
          </a>
        </div>
      </div>
      <UsageBody month={month} client={client} />
    </>
  );
}
