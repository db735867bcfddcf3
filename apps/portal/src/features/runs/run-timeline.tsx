'use client';

import { OctagonAlert, Phone, Workflow, CircleDot, type LucideIcon } from 'lucide-react';
import { useRef } from 'react';
import { SOLID_TONES, type Tone } from '@/components/state-chip';
import { Card, CardHead } from '@/components/ui/card';
import { classes } from '@/lib/classes';
import { formatLength, formatOffset } from '@/lib/format';
import { moveInList } from '@/shell/keys';
import { place, type Row } from './waterfall';

const ICONS: Record<Row['kind'], LucideIcon> = { call: Phone, run: Workflow, step: CircleDot, ended: OctagonAlert };

const BARS: Record<Tone, string> = {
  ok: 'bg-ok-solid',
  info: 'bg-info-solid',
  warn: 'bg-warn-solid',
  bad: 'bg-bad-solid',
  you: 'bg-you-solid',
  idle: 'bg-fg-3',
};

interface Props {
  rows: Row[];
  selected: string | null;
  onSelect: (pointer: string) => void;
}

/** The events of a run, as a list of rows beside a scale. The scale is for the eye; each row says its time in words. */
export function RunTimeline({ rows, selected, onSelect }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const last = Math.max(1, ...rows.map((row) => row.to ?? 0));
  return (
    <Card>
      <CardHead title="Timeline">
        <span className="text-second text-fg-2">{formatLength(last)}</span>
      </CardHead>
      <ol ref={list}>
        {rows.map((row) => (
          <li
            key={row.id}
            className={classes(
              'relative grid min-h-11 grid-cols-[minmax(0,1fr)_minmax(0,1fr)_76px] items-center gap-3 border-b border-l-2 border-b-line px-4 py-1 last:border-b-0 max-md:grid-cols-[minmax(0,1fr)_76px]',
              row.id === selected ? 'border-l-brand bg-row' : 'border-l-transparent',
              row.step && 'hover:bg-hover',
            )}
          >
            <RowHead
              row={row}
              selected={row.id === selected}
              onSelect={onSelect}
              onMove={(step) => moveInList(list.current, step)}
            />
            <Bar row={row} last={last} />
            <span className="text-right text-second text-fg-2">{row.from === null ? '' : formatOffset(row.from)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

interface RowHeadProps {
  row: Row;
  selected: boolean;
  onSelect: (pointer: string) => void;
  onMove: (step: 1 | -1) => void;
}

function RowHead({ row, selected, onSelect, onMove }: RowHeadProps) {
  const Icon = ICONS[row.kind];
  const words = (
    <>
      <span className="block truncate font-medium" title={row.title}>
        {row.title}
      </span>
      <span className="block truncate text-second text-fg-2">{row.detail}</span>
    </>
  );
  return (
    <div className={classes('flex min-w-0 items-center gap-3', row.depth > 0 && 'pl-5')}>
      <Icon aria-hidden size={16} className={classes('shrink-0', SOLID_TONES[row.tone])} />
      {row.step ? (
        <button
          type="button"
          data-row
          aria-pressed={selected}
          onClick={() => onSelect(row.id)}
          onKeyDown={(event) => {
            if (event.key === 'j' || event.key === 'ArrowDown') onMove(1);
            if (event.key === 'k' || event.key === 'ArrowUp') onMove(-1);
          }}
          className="min-w-0 text-left after:absolute after:inset-0"
        >
          {words}
        </button>
      ) : (
        <div className="min-w-0">{words}</div>
      )}
    </div>
  );
}

function Bar({ row, last }: { row: Row; last: number }) {
  const where = place(row, last);
  return (
    <div aria-hidden className={classes('relative h-full min-h-6 max-md:hidden', row.kind === 'call' && 'hatch')}>
      {where && (
        <span className={classes('absolute top-1/2 h-2 -translate-y-1/2 rounded-tick', BARS[row.tone])} style={where} />
      )}
    </div>
  );
}
