'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useClients } from '@/api/queries';
import { Loaded, LoadMore } from '@/components/list/loaded';
import { Empty } from '@/components/list/states';
import { Card, CardHead } from '@/components/ui/card';
import { ParkedRuns } from './parked-runs';
import { parkedRunsQuery, type Group } from './queries';

/** Shows the runs that stopped for one reason, the newest first. */
export function GroupRuns({ group, client }: { group: Group; client: string | null }) {
  const clients = useClients();
  const runs = useInfiniteQuery(parkedRunsQuery(group.reason, client));
  return (
    <Card>
      <CardHead title="Runs" id="runs-of-reason">
        <span className="text-second text-fg-2">newest first</span>
      </CardHead>
      <Loaded
        query={{ ...runs, data: runs.data?.pages.flatMap((page) => page.items) }}
        what="runs"
        rows={Math.min(group.runs, 8)}
      >
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="These runs have just continued" />
          ) : (
            <ParkedRuns runs={rows} clients={clients} client={client} />
          )
        }
      </Loaded>
      <LoadMore pages={runs} />
    </Card>
  );
}
