import type { ReactNode } from 'react';
import { classes } from '@/lib/classes';

export interface Figure {
  title: string;
  value: string;
  /** The change against the period before. */
  change?: ReactNode;
  detail: string;
}

/** Shows a row of figures; on a phone two columns, or three where there are just three. */
export function FigureRow({ figures }: { figures: Figure[] }) {
  return (
    <div
      className={classes(
        'grid auto-cols-fr grid-flow-col max-md:grid-flow-row',
        figures.length === 3 ? 'max-md:grid-cols-3' : 'max-md:grid-cols-2',
      )}
    >
      {figures.map(({ title, value, change, detail }) => (
        <div
          key={title}
          className="min-w-0 border-l border-line px-5 py-4 first:border-l-0 max-md:-mb-px max-md:-ml-px max-md:border-b max-md:border-l max-md:px-4"
        >
          <p className="truncate text-fg-2">{title}</p>
          <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-figure">
            {value}
            {change}
          </p>
          <p className="truncate text-second text-fg-2" title={detail}>
            {detail}
          </p>
        </div>
      ))}
    </div>
  );
}
