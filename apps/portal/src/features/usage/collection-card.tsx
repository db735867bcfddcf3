'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Empty, Failed, Skeleton } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { When } from '@/components/when';
import { plural } from '@/lib/format';
import { notify } from '@/lib/notify';
import type { Month } from './month';
import { providerName } from './provider';
import { collectionsQuery, collectNow, type Collection } from './queries';

const PASSES: Record<string, string> = {
  latest: 'Latest calls, every 5 minutes',
  recent: 'Last 3 days, every hour',
  settled: 'Last 35 days, every night',
  requested: 'On request',
};

const STATES: Record<Collection['state'], { word: string; look: string }> = {
  waiting: { word: 'Waiting', look: 'text-fg-2' },
  running: { word: 'Collecting', look: 'text-info' },
  done: { word: 'Done', look: 'text-ok' },
  unavailable: { word: 'Unavailable', look: 'text-bad' },
};

/** Shows the progress of the collections, and a button that collects the month now. */
export function CollectionCard({ month }: { month: Month }) {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(collectionsQuery);
  const providers = [...new Set(data?.items.map((one) => one.provider))];
  const collect = useMutation({
    mutationFn: (provider: string) => collectNow(provider, `${month.from}T00:00:00Z`),
    onMutate: () => void queries.invalidateQueries({ queryKey: collectionsQuery.queryKey }),
    onError: (failure) => notify({ text: failure.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['usage'] }),
  });
  return (
    <Card>
      <CardHead title="Collection">
        <span className="flex gap-2">
          {providers.map((provider) => (
            <Button
              key={provider}
              size="small"
              disabled={collect.isPending}
              onClick={() => collect.mutate(provider)}
              title={`Lists all calls of ${providerName(provider)} since ${month.from}`}
            >
              Collect {providerName(provider)}
            </Button>
          ))}
        </span>
      </CardHead>
      {!data && error && <Failed error={error} what="collections" onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} label="collections" />}
      {data?.items.length === 0 && (
        <Empty title="Nothing to collect from">Connect an account of a provider that states costs.</Empty>
      )}
      <ul>
        {data?.items
          .filter((one) => one.state !== 'waiting')
          .map((one) => (
            <li
              key={`${one.connectionId} ${one.pass}`}
              className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line px-4 py-2.5 last:border-0"
            >
              <span className="font-medium">
                {providerName(one.provider)}: {PASSES[one.pass] ?? one.pass}
              </span>
              <span className={STATES[one.state].look}>
                {STATES[one.state].word}
                {one.finishedAt && (
                  <span className="text-fg-2">
                    {' '}
                    <When at={one.finishedAt} />
                  </span>
                )}
              </span>
              <span className="w-full text-second text-fg-2">{one.detail ?? countsOf(one)}</span>
            </li>
          ))}
      </ul>
    </Card>
  );
}

function countsOf(one: Collection): string {
  const counts: [number, string][] = [
    [one.fresh, 'new'],
    [one.corrected, 'corrected'],
    [one.vanished, 'vanished'],
    [one.unattributed, 'without a client'],
    [one.pending, 'without a cost yet'],
    [one.failed, 'rejected'],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [`${plural(one.read, 'statement')} read`, ...parts].join(', ');
}
