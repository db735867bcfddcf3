import Link from 'next/link';
import { classes } from '@/lib/classes';
import { formatCount } from '@/lib/format';
import { axisTicks } from './axis';

export interface Series {
  title: string;
  /** A whole class, because Tailwind sees none that is put together at run time. */
  fill: string;
}

export interface Bar {
  key: string;
  label: string;
  href: string;
  /** One value for each series, the lowest part first. */
  values: number[];
}

interface Props {
  title: string;
  series: readonly Series[];
  bars: Bar[];
  /** Each so many bars one has its label below. */
  labelEvery: number;
}

export const Legend = ({ series }: { series: readonly Series[] }) => (
  <ul className="flex flex-wrap gap-x-4 gap-y-1 text-second text-fg-2">
    {series.map(({ title, fill }) => (
      <li key={title} className="flex items-center gap-1.5">
        <span aria-hidden className={classes('size-2.5 rounded-[3px]', fill)} /> {title}
      </li>
    ))}
  </ul>
);

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Shows a bar a day, each a link to what it counts. Its parts are the outcomes, the numbers are in its name. */
export function StackedBars({ title, series, bars, labelEvery }: Props) {
  const ticks = axisTicks(Math.max(...bars.map(({ values }) => sum(values)), 0));
  const top = ticks.at(-1) ?? 1;
  return (
    <div role="group" aria-label={title} className="flex gap-2">
      <div aria-hidden className="relative h-56 w-8 shrink-0 text-right text-second text-fg-2">
        {ticks.map((tick) => (
          <span key={tick} className="absolute right-0 translate-y-1/2" style={{ bottom: `${(tick / top) * 100}%` }}>
            {formatCount(tick)}
          </span>
        ))}
      </div>
      <div className="min-w-0 flex-1">
        <div className="relative h-56">
          {ticks.map((tick) => (
            <span
              key={tick}
              aria-hidden
              className={classes(
                'absolute inset-x-0 border-t border-line',
                tick === 0 ? 'border-line-strong' : 'border-dashed',
              )}
              style={{ bottom: `${(tick / top) * 100}%` }}
            />
          ))}
          <ul className="relative flex h-full items-end gap-1">
            {bars.map((bar) => (
              <li key={bar.key} className="h-full min-w-0 flex-1">
                <BarLink bar={bar} series={series} top={top} />
              </li>
            ))}
          </ul>
        </div>
        <div aria-hidden className="mt-2 flex gap-1 text-second text-fg-2">
          {bars.map(({ key, label }, index) => (
            <span key={key} className="flex min-w-0 flex-1 justify-center overflow-visible whitespace-nowrap">
              {(bars.length - 1 - index) % labelEvery === 0 && <span>{label}</span>}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function BarLink({ bar, series, top }: { bar: Bar; series: readonly Series[]; top: number }) {
  const total = sum(bar.values);
  const parts = series.map(({ title }, index) => `${title}: ${formatCount(bar.values[index] ?? 0)}`);
  const name = `${bar.label}, all calls: ${formatCount(total)}, ${parts.join(', ')}`;
  return (
    <Link
      href={bar.href}
      prefetch={false}
      aria-label={name}
      title={name}
      className="flex h-full items-end justify-center rounded-tick hover:bg-hover/60"
    >
      <span
        aria-hidden
        className="flex w-full max-w-7 flex-col-reverse gap-px overflow-hidden rounded-t-tick max-md:max-w-4"
        style={{ height: `${(total / top) * 100}%` }}
      >
        {series.map(({ title, fill }, index) => {
          const value = bar.values[index] ?? 0;
          return value > 0 && <span key={title} className={classes('min-h-px', fill)} style={{ flexGrow: value }} />;
        })}
      </span>
    </Link>
  );
}
