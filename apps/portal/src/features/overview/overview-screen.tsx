'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useClients, type Client } from '@/api/queries';
import { Loaded } from '@/components/list/loaded';
import { Card } from '@/components/ui/card';
import { Segments } from '@/components/ui/segments';
import { AttentionCard } from '@/features/attention/attention-card';
import { figuresQuery } from '@/features/insights/queries';
import { addDays, dayAt, formatLongDate } from '@/lib/days';
import { viewerZone } from '@/lib/format';
import { lengthOf, type PeriodKey } from '@/lib/period';
import { useQueryParam } from '@/lib/use-query-param';
import { scoped } from '@/shell/navigation';
import { usePage } from '@/shell/page';
import { useScope } from '@/shell/scope';
import { ClientsCard } from './clients-card';
import { OutcomeChart } from './outcome-chart';
import { OverviewFigures } from './overview-figures';

const TITLE = 'Overview';
const PERIODS = [
  ['1d', 'Today'],
  ['7d', '7 days'],
  ['30d', '30 days'],
] as const satisfies readonly (readonly [PeriodKey, string])[];
type Shown = (typeof PERIODS)[number][0];

/** The chart shows two weeks at least, so that a day has others to be compared with. */
const MIN_CHART_DAYS = 14;

/** Returns the latest day that a calendar of the clients shows, so that each client's newest calls count. */
const latestDay = (now: Date, zones: string[]): string =>
  zones.map((zone) => dayAt(now, zone)).reduce((latest, day) => (day > latest ? day : latest));

/** Shows how all clients do: figures, outcomes by day, what needs a person, and each client. */
export function OverviewScreen() {
  usePage(TITLE);
  const [client] = useScope();
  const clients = useClients();
  const [from, setFrom] = useQueryParam('from');
  const [now] = useState(() => new Date());
  const period: Shown = PERIODS.find(([key]) => key === from)?.[0] ?? '7d';
  const days = lengthOf(period);
  const zones = zonesOf(clients, client);
  const today = latestDay(now, zones);
  const figures = useQuery(figuresQuery({ from: addDays(today, 1 - days), to: today, by: 'client', client }));
  const chartFrom = addDays(today, 1 - Math.max(days, MIN_CHART_DAYS));
  return (
    <>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-page max-md:sr-only">{TITLE}</h1>
          <p className="mt-1 text-fg-2">
            {formatLongDate(today)}, compared with the {days === 1 ? 'day' : `${days} days`} before
          </p>
        </div>
        <Segments
          label="Period"
          value={period}
          options={PERIODS}
          onChange={(key) => setFrom(key === '7d' ? null : key)}
        />
      </div>
      <div className="flex flex-col gap-4">
        <Connected client={client} />
        <Card>
          <Loaded query={figures} what="figures" rows={2}>
            {(data) => <OverviewFigures figures={data} days={days} now={now} />}
          </Loaded>
        </Card>
        <div className="grid grid-cols-[minmax(0,1.55fr)_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
          <OutcomeChart from={chartFrom} to={today} client={client} />
          <AttentionCard client={client} zone={zones[0] ?? viewerZone()} />
        </div>
        {figures.data && clients.length > 1 && !client && (
          <ClientsCard rows={figures.data.rows} clients={clients} period={period} />
        )}
      </div>
    </>
  );
}

/** Says that the account is connected, to a person who comes back from the provider's page. */
function Connected({ client }: { client: string | null }) {
  const [connected] = useQueryParam('connected');
  if (connected === null) return null;
  return (
    <p role="status" className="rounded-card border border-ok-solid/30 bg-ok-soft px-5 py-3">
      The account is connected.{' '}
      <Link
        href={scoped('/dead-letters?reason=auth_expired', client)}
        prefetch={false}
        className="font-medium text-link underline"
      >
        Replay what stopped
      </Link>
    </p>
  );
}

/** Returns the zones whose days are counted, the one of the page's times first. */
function zonesOf(clients: Client[], client: string | null): string[] {
  const scope = clients.find((one) => one.id === client);
  return scope ? [scope.timeZone] : [viewerZone(), ...clients.map((one) => one.timeZone)];
}
