import { plural } from '@/lib/format';
import { classes } from '@/lib/classes';
import { formatDate } from '@/lib/days';
import { formatAmount, formatMinutes } from './amount';
import { daysOf, type Month } from './month';
import type { UsageSum } from './queries';
import { shares, totalOf } from './sums';

interface Props {
  month: Month;
  sums: readonly UsageSum[];
  selected: string | null;
  onSelect: (day: string | null) => void;
}

const EMPTY: Omit<UsageSum, 'key'> = {
  calls: 0,
  talkSeconds: 0,
  billedSeconds: 0,
  currency: '',
  price: null,
  upto: 0,
};

/** Shows a bar for each day of the month. Pressing one opens the day's calls. */
export function DayBars({ month, sums, selected, onSelect }: Props) {
  const days = daysOf(month);
  const ofDays = days.map((day) => sums.filter((sum) => sum.key === day));
  const heights = shares(ofDays.map((found, at) => found[0] ?? { ...EMPTY, key: days[at] ?? '' }));
  return (
    <div className="px-4 pt-5 pb-3">
      <div role="group" aria-label="Usage by day" className="flex h-40 items-end gap-1 max-md:gap-px">
        {days.map((day, at) => {
          const total = totalOf(ofDays[at] ?? []);
          const label = [
            formatDate(day),
            `${plural(total.calls, 'call')}, ${formatMinutes(total.talkSeconds)}`,
            ...total.costs.map((cost) => formatAmount(cost)),
          ].join(', ');
          return (
            <button
              key={day}
              type="button"
              aria-label={label}
              title={label}
              aria-pressed={day === selected}
              onClick={() => onSelect(day === selected ? null : day)}
              className="group flex h-full min-w-0 flex-1 flex-col justify-end rounded-tick hover:bg-hover"
            >
              <span
                aria-hidden
                style={{ height: `${(heights[at] ?? 0) * 100}%` }}
                className={classes(
                  'block w-full rounded-t-tick',
                  total.calls > 0 && 'min-h-[3px]',
                  selected === null || day === selected ? 'bg-brand' : 'bg-line-strong group-hover:bg-brand',
                )}
              />
            </button>
          );
        })}
      </div>
      <div aria-hidden className="mt-1 flex justify-between border-t border-line pt-1.5 text-second text-fg-2">
        {[1, 8, 15, 22, days.length].map((day) => (
          <span key={day}>{formatDate(days[day - 1] ?? month.to)}</span>
        ))}
      </div>
    </div>
  );
}
