'use client';

import { useQuery } from '@tanstack/react-query';
import { Legend, StackedBars, type Series } from '@/components/charts/stacked-bars';
import { Loaded } from '@/components/list/loaded';
import { Empty } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { figuresQuery, type Sums } from '@/features/insights/queries';
import { addDays, formatDate } from '@/lib/days';
import { scoped } from '@/shell/navigation';

interface Part extends Series {
  value: (sums: Sums) => number;
}

const PARTS: readonly Part[] = [
  { title: 'Booked', fill: 'bg-brand', value: ({ booked }) => booked },
  { title: 'Not booked', fill: 'bg-bad-solid', value: ({ notBooked }) => notBooked },
  { title: 'Action needed', fill: 'bg-you-solid', value: ({ needsPerson }) => needsPerson },
  { title: 'Other', fill: 'bg-line-strong', value: ({ noRequest, working, undone }) => noRequest + working + undone },
];

const daysBetween = (from: string, to: string): string[] => {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Shows the calls of each day by outcome. A bar opens the day's calls. */
export function OutcomeChart({ from, to, client }: { from: string; to: string; client: string | null }) {
  const query = useQuery(figuresQuery({ from, to, by: 'day', client }));
  const total = query.data?.total;
  const parts = PARTS.filter(({ title, value }) => title !== 'Action needed' || (total && value(total) > 0));
  const days = daysBetween(from, to);
  return (
    <Card aria-label="Calls by outcome">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 pt-4 pb-2">
        <h2 className="text-section">Calls by outcome</h2>
        <Legend series={parts} />
      </div>
      <Loaded query={query} what="the days" rows={6}>
        {(data) =>
          data.total.calls === 0 ? (
            <Empty title="No calls in these days">A call appears here moments after it has ended.</Empty>
          ) : (
            <div className="p-5 pt-6">
              <StackedBars
                title="Calls by day and outcome"
                series={parts}
                labelEvery={days.length > MAX_LABELLED ? 7 : 3}
                bars={days.map((day) => {
                  const sums = data.rows.find((row) => row.key === day)?.sums;
                  return {
                    key: day,
                    label: formatDate(day),
                    href: scoped(`/calls?from=${day}&to=${day}`, client),
                    values: parts.map(({ value }) => (sums ? value(sums) : 0)),
                  };
                })}
              />
            </div>
          )
        }
      </Loaded>
    </Card>
  );
}

/** The number of days up to which every third one is labelled. */
const MAX_LABELLED = 14;
