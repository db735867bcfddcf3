'use client';

import { Plus, X } from 'lucide-react';
import { classes } from '@/lib/classes';

interface Props {
  label: string;
  /** The chosen value; null where the filter is not used. */
  value: string | null;
  /** The chosen value in words. */
  shown?: string | null;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | null) => void;
}

/** A filter on the browser's own select: dashed while it is not used, else with its value and a way to remove it. */
export function FilterSelect({ label, value, shown, options, onChange }: Props) {
  const words = shown ?? options.find(([option]) => option === value)?.[1] ?? value;
  return (
    <span
      className={classes(
        'inline-flex h-7 items-center rounded-control border max-md:h-11',
        value === null ? 'border-dashed border-line-strong text-fg-2' : 'border-line-strong bg-surface',
      )}
    >
      <label className="relative flex h-full items-center gap-1.5 rounded-control px-2 whitespace-nowrap hover:bg-hover has-[select:focus-visible]:outline-2 has-[select:focus-visible]:outline-offset-2 has-[select:focus-visible]:outline-brand max-md:px-3">
        {value === null && <Plus aria-hidden size={14} />}
        <span className="text-fg-2">{label}</span>
        {value !== null && <span className="max-w-40 truncate">{words}</span>}
        <select
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
          className="absolute inset-0 w-full opacity-0 max-md:text-[16px]"
        >
          <option value="">{value === null ? 'Choose…' : 'Any'}</option>
          {options.map(([option, name]) => (
            <option key={option} value={option} className="bg-surface text-fg">
              {name}
            </option>
          ))}
        </select>
      </label>
      {value !== null && (
        <button
          type="button"
          aria-label={`Remove the filter ${label}`}
          onClick={() => onChange(null)}
          className="flex h-full w-7 items-center justify-center rounded-control text-fg-2 hover:bg-hover hover:text-fg max-md:w-11"
        >
          <X aria-hidden size={13} />
        </button>
      )}
    </span>
  );
}
