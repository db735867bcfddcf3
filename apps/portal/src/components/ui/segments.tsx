'use client';

import { classes } from '@/lib/classes';

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

/** Shows a choice between two or three views of the same data, one of which is pressed. */
export function Segments<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <div role="group" aria-label={label} className="flex rounded-inner bg-selected p-0.5">
      {options.map(([option, words]) => (
        <button
          key={option}
          type="button"
          aria-pressed={value === option}
          onClick={() => onChange(option)}
          className={classes(
            'h-7 rounded-control px-2.5 font-medium max-md:h-11',
            value === option ? 'bg-surface text-fg shadow-sm' : 'text-fg-2 hover:text-fg',
          )}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
