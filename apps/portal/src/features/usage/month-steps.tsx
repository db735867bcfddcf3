'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Month } from './month';

const STEP =
  'flex size-8 items-center justify-center text-fg-2 hover:text-fg disabled:text-fg-3 max-md:size-11 rounded-control';

/** Shows the selected month, with buttons for the previous and the next one. */
export function MonthSteps({ month, onChange }: { month: Month; onChange: (id: string) => void }) {
  return (
    <div className="flex items-center rounded-control border border-line-strong bg-surface">
      <button type="button" aria-label="Previous month" className={STEP} onClick={() => onChange(month.previous)}>
        <ChevronLeft aria-hidden size={14} />
      </button>
      <span aria-live="polite" className="min-w-20 text-center font-medium">
        {month.title}
      </span>
      <button
        type="button"
        aria-label="Next month"
        className={STEP}
        disabled={month.next === null}
        onClick={() => month.next && onChange(month.next)}
      >
        <ChevronRight aria-hidden size={14} />
      </button>
    </div>
  );
}
