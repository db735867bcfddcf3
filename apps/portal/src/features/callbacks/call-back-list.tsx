'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { holds, useClients, useMe } from '@/api/queries';
import { Loaded, LoadMore } from '@/components/list/loaded';
import { Empty } from '@/components/list/states';
import { Card, CardHead, Count } from '@/components/ui/card';
import { callsQuery, markHandled, unmarkHandled, type CallView, type HandledHow } from '@/features/calls/list-queries';
import { formatCount, viewerZone } from '@/lib/format';
import { notify } from '@/lib/notify';
import { scoped } from '@/shell/navigation';
import { CallBackRow } from './call-back-row';

interface Marked {
  call: CallView;
  how: HandledHow;
}

const LIST = encodeURIComponent('callBack=true&from=all');

/** Lists the callers to call back. A call that was marked here stays in its place, so that the mark can be taken back. */
export function CallBackList({ client, count }: { client: string | null; count: number | undefined }) {
  const me = useMe();
  const clients = useClients();
  const query = useInfiniteQuery(callsQuery({ callBack: true, ...(client ? { client } : {}) }));
  const { marked, busy, mark } = useMarks();
  const waiting = query.data?.pages.flatMap((page) => page.items).filter((call) => !marked.has(call.callId));
  const calls = waiting && [...waiting, ...[...marked.values()].map(({ call }) => call)].sort(newestFirst);
  const zone = clients.find((one) => one.id === client)?.timeZone ?? (clients.length > 1 ? viewerZone() : null);
  const mayMark = holds(me.data, 'run:flows');
  return (
    <Card aria-label="Callers to call back">
      <CardHead title="Callers to call back">
        {waiting && <Count>{formatCount(count ?? waiting.length, count === undefined && query.hasNextPage)}</Count>}
      </CardHead>
      <Loaded query={{ ...query, data: calls }} what="the callers to call back" rows={3}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="Nobody waits for a call back">
              Callers appear here when they did not get what they asked for.
            </Empty>
          ) : (
            <ul>
              {all.map((call) => (
                <CallBackRow
                  key={call.callId}
                  call={call}
                  href={scoped(`/calls/${encodeURIComponent(call.callId)}?list=${LIST}`, client)}
                  zone={zone ?? call.client.timeZone}
                  withClient={clients.length > 1 && !client}
                  handled={marked.get(call.callId)?.how ?? null}
                  isBusy={busy === call.callId}
                  onMark={mayMark ? (how) => void mark(call, how) : null}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore pages={query} />
    </Card>
  );
}

const newestFirst = (one: CallView, other: CallView): number => other.calledAt.localeCompare(one.calledAt);

/** Marks calls as handled, and remembers the marks of this view. */
function useMarks() {
  const queries = useQueryClient();
  const [marked, setMarked] = useState<ReadonlyMap<string, Marked>>(new Map());
  const [busy, setBusy] = useState<string | null>(null);
  const mark = async (call: CallView, how: HandledHow | null) => {
    setBusy(call.callId);
    try {
      await (how ? markHandled(call.callId, how) : unmarkHandled(call.callId));
      setMarked((before) => {
        const next = new Map(before);
        if (how) next.set(call.callId, { call, how });
        else next.delete(call.callId);
        return next;
      });
      await Promise.all(['calls', 'attention'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    } catch (failure) {
      notify({ text: failure instanceof Error ? failure.message : 'That did not work. Try again.', tone: 'bad' });
    } finally {
      setBusy(null);
    }
  };
  return { marked, busy, mark };
}
