import { FigureRow } from '@/components/ui/figure-row';
import type { Figures, Sums } from '@/features/insights/queries';
import { formatAge, formatCount } from '@/lib/format';
import { Change, type Mood } from './change';
import { difference, formatRate, growth, ratePoints, type Difference } from './rates';

/** Calls in which a booking was wanted, whatever came of it. */
const requests = ({ booked, notBooked, needsPerson, undone }: Sums): number =>
  booked + notBooked + needsPerson + undone;

const mood = ({ by }: Difference, isGoodUp: boolean): Mood => (by > 0 === isGoodUp ? 'good' : 'bad');

const change = (by: Difference, isGoodUp: boolean) => <Change {...by} mood={mood(by, isGoodUp)} />;

/** Shows five figures against the period before. */
export function OverviewFigures({ figures, days, now }: { figures: Figures; days: number; now: Date }) {
  const { total, before, oldestWorking } = figures;
  const earlier = (count: number) => `${formatCount(count)} in the ${days === 1 ? 'day' : `${days} days`} before`;
  const age = oldestWorking && Math.max(0, now.getTime() - Date.parse(oldestWorking));
  return (
    <FigureRow
      figures={[
        {
          title: 'Calls',
          value: formatCount(total.calls),
          change: change(growth(total.calls, before.calls), true),
          detail: earlier(before.calls),
        },
        {
          title: 'Booked',
          value: formatCount(total.booked),
          change: change(growth(total.booked, before.booked), true),
          detail: earlier(before.booked),
        },
        {
          title: 'Booking rate',
          value: formatRate(total.booked, total.calls),
          change: change(ratePoints([total.booked, total.calls], [before.booked, before.calls]), true),
          detail: `${formatRate(total.booked, requests(total))} of booking requests`,
        },
        {
          title: 'Not booked',
          value: formatCount(total.notBooked),
          change: change(difference(total.notBooked, before.notBooked), false),
          detail: earlier(before.notBooked),
        },
        {
          title: 'Oldest in progress',
          value: typeof age === 'number' ? formatAge(age) : '–',
          detail: oldestWorking ? 'since its call began' : 'nothing is in progress',
        },
      ]}
    />
  );
}
