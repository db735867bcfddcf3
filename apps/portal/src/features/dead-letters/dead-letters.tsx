'use client';

import { useQuery } from '@tanstack/react-query';
import { Empty, Failed, FilteredEmpty, Skeleton, Stale } from '@/components/list/states';
import { Sentence } from '@/components/sentence';
import { Card, CardHead, Count } from '@/components/ui/card';
import { formatCount, plural } from '@/lib/format';
import { classes } from '@/lib/classes';
import { useQueryParam } from '@/lib/use-query-param';
import { useScope } from '@/shell/scope';
import { GroupRuns } from './group-runs';
import { deadLettersQuery, type Group } from './queries';
import { REASONS } from './reason';

/** Runs that stopped and need a decision: reasons at the left, the runs of one reason at the right. */
export function DeadLetters() {
  const [client, setClient] = useScope();
  const [reason, setReason] = useQueryParam('reason');
  const { data, error, refetch, dataUpdatedAt } = useQuery(deadLettersQuery(client));
  const groups = data?.items;
  const selected = groups?.find((group) => group.reason === reason) ?? groups?.[0];
  return (
    <>
      {!groups && error && (
        <Card>
          <Failed error={error} what="dead letters" onRetry={() => void refetch()} />
        </Card>
      )}
      {!groups && !error && (
        <Card>
          <Skeleton rows={6} label="dead letters" />
        </Card>
      )}
      {groups?.length === 0 && (
        <Card>
          {client ? (
            <FilteredEmpty title="No run of this client needs a decision" onClear={() => setClient(null)} />
          ) : (
            <Empty title="Nothing needs a decision">A run appears here when it cannot continue by itself.</Empty>
          )}
        </Card>
      )}
      {groups && selected && (
        <div className="grid grid-cols-[288px_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
          <Reasons groups={groups} selected={selected} onSelect={(next) => setReason(next)}>
            {error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
          </Reasons>
          <div className="flex min-w-0 flex-col gap-4">
            <Why group={selected} />
            <GroupRuns group={selected} client={client} />
          </div>
        </div>
      )}
    </>
  );
}

interface ReasonsProps {
  groups: Group[];
  selected: Group;
  onSelect: (reason: string) => void;
  children: React.ReactNode;
}

function Reasons({ groups, selected, onSelect, children }: ReasonsProps) {
  return (
    <Card>
      <CardHead title="Reason">
        <Count>{formatCount(groups.reduce((sum, group) => sum + group.runs, 0))}</Count>
      </CardHead>
      {children}
      <ul>
        {groups.map((group) => {
          const { title, icon: Icon } = REASONS[group.reason];
          const current = group.reason === selected.reason;
          return (
            <li key={group.reason} className="border-b border-line last:border-0">
              <button
                type="button"
                aria-pressed={current}
                onClick={() => onSelect(group.reason)}
                className={classes(
                  'flex w-full items-start gap-3 border-l-2 px-4 py-3 text-left',
                  current ? 'border-brand bg-row' : 'border-transparent hover:bg-hover',
                )}
              >
                <Icon aria-hidden size={16} className="mt-0.5 shrink-0 text-fg-2" />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{title}</span>
                  <span className="line-clamp-3 text-second text-fg-2">
                    <Sentence text={group.latest} />
                  </span>
                </span>
                <span className="text-panel">{formatCount(group.runs)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Why({ group }: { group: Group }) {
  return (
    <Card className="p-5">
      <h2 className="text-panel">
        {plural(group.runs, 'run')}: {REASONS[group.reason].title.toLowerCase()}
      </h2>
      <p className="mt-1 text-fg-2">{group.meaning}</p>
      <p className="mt-3">
        <span className="text-fg-3">Next step: </span>
        {group.nextAction}
      </p>
    </Card>
  );
}
