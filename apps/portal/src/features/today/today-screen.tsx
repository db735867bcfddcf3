'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useClients, useMe, type Me } from '@/api/queries';
import { Loaded } from '@/components/list/loaded';
import { Empty } from '@/components/list/states';
import { OutcomeChip } from '@/components/state-chip';
import { Card, CardHead } from '@/components/ui/card';
import { FigureRow } from '@/components/ui/figure-row';
import { attentionQuery } from '@/features/attention/queries';
import { CallBackList } from '@/features/callbacks/call-back-list';
import { appointmentOf, callerOf, detailsOf, NOTHING } from '@/features/calls/call-row';
import { callsQuery, type CallView } from '@/features/calls/list-queries';
import { figuresQuery, type Figures } from '@/features/insights/queries';
import { addDays, dayAt, formatLongDate } from '@/lib/days';
import { formatAge, formatCount, formatDateTime, plural, viewerZone } from '@/lib/format';
import { scoped } from '@/shell/navigation';
import { usePage } from '@/shell/page';
import { useScope } from '@/shell/scope';

const LATEST = 5;
const NOON = 12;
const EVENING = 18;

/** Shows a client's person whom to call back and what was booked. */
export function TodayScreen() {
  usePage('Today');
  const me = useMe();
  const [client] = useScope();
  const clients = useClients();
  const [now] = useState(() => new Date());
  const zone = (clients.find((one) => one.id === client) ?? (clients.length === 1 ? clients[0] : undefined))?.timeZone;
  const today = dayAt(now, zone ?? viewerZone());
  const figures = useQuery(figuresQuery({ from: addDays(today, -6), to: today, by: 'day', client }));
  const attention = useQuery(attentionQuery(client));
  const callBacks = attention.data && (attention.data.counts.call_backs ?? 0);
  return (
    <>
      <h1 className="text-page">{greeting(me.data, now, zone)}</h1>
      <p className="mt-1 mb-6 text-fg-2">
        {formatLongDate(today)}
        {figures.data && ` · your agent has answered ${plural(ofDay(figures.data, today).calls, 'call')} today`}
      </p>
      <div className="flex flex-col gap-4">
        <Card>
          <Loaded query={figures} what="figures" rows={2}>
            {(data) => <DayFigures figures={data} today={today} callBacks={callBacks} client={client} now={now} />}
          </Loaded>
        </Card>
        <CallBackList key={client} client={client} count={callBacks} />
        <LatestCalls client={client} />
      </div>
    </>
  );
}

function greeting(me: Me | undefined, now: Date, zone: string | undefined): string {
  const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(now));
  const words = hour < NOON ? 'Good morning' : hour < EVENING ? 'Good afternoon' : 'Good evening';
  const name = me?.user?.name.split(' ')[0];
  return name ? `${words}, ${name}` : words;
}

const ofDay = (figures: Figures, day: string) =>
  figures.rows.find((row) => row.key === day)?.sums ?? { calls: 0, booked: 0 };

interface DayProps {
  figures: Figures;
  today: string;
  callBacks: number | undefined;
  client: string | null;
  now: Date;
}

function DayFigures({ figures, today, callBacks, client, now }: DayProps) {
  const { data } = useInfiniteQuery(callsQuery({ callBack: true, ...(client ? { client } : {}) }));
  const oldest = data?.pages.at(-1)?.next === null ? data.pages.at(-1)?.items.at(-1) : undefined;
  const day = ofDay(figures, today);
  return (
    <FigureRow
      figures={[
        { title: 'Calls', value: formatCount(day.calls), detail: 'today' },
        { title: 'Booked', value: formatCount(day.booked), detail: `${formatCount(figures.total.booked)} in 7 days` },
        {
          title: 'Call back',
          value: callBacks === undefined ? NOTHING : formatCount(callBacks),
          detail: oldest ? `oldest ${formatAge(now.getTime() - Date.parse(oldest.calledAt))}` : 'in all',
        },
      ]}
    />
  );
}

function LatestCalls({ client }: { client: string | null }) {
  const query = useInfiniteQuery(callsQuery({ limit: LATEST, ...(client ? { client } : {}) }));
  return (
    <Card aria-label="Latest calls">
      <CardHead title="Latest calls">
        <Link href={scoped('/calls', client)} prefetch={false} className="font-medium text-link">
          All calls
        </Link>
      </CardHead>
      <Loaded query={{ ...query, data: query.data?.pages[0]?.items }} what="calls" rows={LATEST}>
        {(calls) =>
          calls.length === 0 ? (
            <Empty title="No calls yet">A call appears here moments after it has ended.</Empty>
          ) : (
            <ul>
              {calls.map((call) => (
                <LatestCall key={call.callId} call={call} client={client} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function LatestCall({ call, client }: { call: CallView; client: string | null }) {
  return (
    <li className="relative flex items-center gap-3 border-b border-line px-4 py-3 last:border-0 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <Link
          href={scoped(`/calls/${encodeURIComponent(call.callId)}?list=from%3Dall`, client)}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {callerOf(call).name}
        </Link>
        <p className="truncate text-second text-fg-2">{summaryOf(call)}</p>
      </div>
      <OutcomeChip outcome={call.outcome} />
    </li>
  );
}

/** When the person called, and the appointment or what went wrong. */
function summaryOf(call: CallView): string {
  const at = formatDateTime(call.calledAt, { zone: call.client.timeZone });
  const appointment = call.outcome === 'booked' ? appointmentOf(call) : detailsOf(call).details;
  return [at, appointment].filter((words) => words && words !== NOTHING).join(' · ');
}
