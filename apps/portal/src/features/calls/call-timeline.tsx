'use client';

import {
  ArrowLeftRight,
  CalendarCheck,
  CalendarX,
  CheckCheck,
  CircleDot,
  CornerDownLeft,
  Download,
  Hourglass,
  MessageSquare,
  OctagonAlert,
  Phone,
  UserRound,
  Webhook,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { SOLID_TONES } from '@/components/state-chip';
import { buttonLook } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { Segments } from '@/components/ui/segments';
import { classes } from '@/lib/classes';
import { formatOffset, formatTime } from '@/lib/format';
import { scaleOf } from './scale';
import type { Row, RowKind } from './step-rows';
import { Lane, Ticks } from './timeline-lane';

const ICONS: Record<RowKind | 'crm' | 'calendar' | 'refused' | 'messaging', LucideIcon> = {
  call: Phone,
  webhook: Webhook,
  event: CornerDownLeft,
  live: Phone,
  run: Workflow,
  step: CircleDot,
  exchange: ArrowLeftRight,
  pause: Hourglass,
  text: CheckCheck,
  ended: OctagonAlert,
  crm: UserRound,
  calendar: CalendarCheck,
  refused: CalendarX,
  messaging: MessageSquare,
};

const INDENTS = { 1: '', 2: 'pl-5', 3: 'pl-10' } as const;
const COLUMNS = 'grid grid-cols-[minmax(0,11fr)_minmax(0,13fr)_84px] gap-3 max-md:grid-cols-[minmax(0,1fr)_84px]';
export type Extent = 'steps' | 'everything';
const EXTENTS: Record<Extent, string> = { steps: 'Steps', everything: 'Everything' };

interface Props {
  rows: Row[];
  /** The time at which the call began, which lies before the scale. */
  callStartedAt: string | null;
  zone: string;
  selected: string | null;
  extent: Extent;
  /** The address at which the data is available as JSON. */
  source: string;
  onSelect: (pointer: string) => void;
  onExtent: (extent: Extent) => void;
}

/**
 * Shows the steps and events of a call as a tree beside a scale. The scale is only visual; each row has its time as
 * text.
 */
export function CallTimeline({ rows, callStartedAt, zone, selected, extent, source, onSelect, onExtent }: Props) {
  const scale = scaleOf(rows.flatMap((row) => row.marks.filter((mark) => !mark.idle)));
  const grid = useRef<HTMLDivElement>(null);
  const [focused, focus] = useState<string | null>(null);
  const tabStop = rows.find((row) => row.id === focused) ?? rows.find((row) => row.id === selected) ?? rows[0];
  const move = (event: KeyboardEvent, row: Row) => {
    const here = rows.indexOf(row);
    const next = { ArrowDown: here + 1, j: here + 1, ArrowUp: here - 1, k: here - 1, Home: 0, End: rows.length - 1 };
    const target = rows[next[event.key as keyof typeof next] ?? -1];
    if (event.key === 'Enter' && row.step) onSelect(row.step);
    if (!target) return;
    event.preventDefault();
    focus(target.id);
    grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(target.id)}"]`)?.focus();
  };
  return (
    <Card aria-label="Timeline">
      <CardHead title="Timeline">
        <div className="flex items-center gap-2">
          <Segments
            label="Rows"
            value={extent}
            options={Object.entries(EXTENTS) as [Extent, string][]}
            onChange={onExtent}
          />
          <a href={source} download="timeline.json" className={classes(buttonLook({ kind: 'ghost' }), 'max-md:hidden')}>
            <Download aria-hidden size={14} /> JSON
          </a>
        </div>
      </CardHead>
      <div role="treegrid" aria-label="Timeline" ref={grid}>
        <div role="rowgroup">
          <div
            role="row"
            aria-level={1}
            className={classes(
              COLUMNS,
              'h-8 items-center border-b border-line bg-sunken px-4 text-second text-fg-2 max-md:hidden',
            )}
          >
            <span role="columnheader">Step</span>
            <Ticks scale={scale} hasCall={rows[0]?.kind === 'call'} />
            <span role="columnheader" className="text-right">
              at
            </span>
          </div>
        </div>
        <div role="rowgroup">
          {rows.map((row) => (
            <div
              key={row.id}
              role="row"
              data-row={row.id}
              aria-level={row.level}
              aria-selected={row.step !== null && row.kind === 'step' && row.step === selected}
              tabIndex={row === tabStop ? 0 : -1}
              onFocus={() => focus(row.id)}
              onKeyDown={(event) => move(event, row)}
              onClick={() => row.step && onSelect(row.step)}
              className={classes(
                COLUMNS,
                'min-h-12 items-center border-b border-l-2 border-b-line px-4 py-1 last:border-b-0 focus-visible:-outline-offset-2',
                row.kind === 'step' && row.step === selected ? 'border-l-brand bg-row' : 'border-l-transparent',
                row.step && 'cursor-pointer hover:bg-hover',
              )}
            >
              <RowHead row={row} />
              <Lane row={row} scale={scale} />
              <span role="gridcell" className="text-right text-second text-fg-2">
                {row.kind === 'call'
                  ? callStartedAt && formatTime(callStartedAt, { zone })
                  : row.at !== null && formatOffset(row.at)}
              </span>
            </div>
          ))}
        </div>
      </div>
    </Card>
  );
}

/** Returns the icon of a row; a step has the icon of its kind of provider. */
function iconOf(row: Row): keyof typeof ICONS {
  const port = row.kind === 'step' ? row.detail.split('.')[0] : '';
  if (port === 'calendar' && row.tone === 'bad') return 'refused';
  return port === 'crm' || port === 'calendar' || port === 'messaging' ? port : row.kind;
}

function RowHead({ row }: { row: Row }) {
  const Icon = ICONS[iconOf(row)];
  return (
    <div role="gridcell" className={classes('flex min-w-0 items-center gap-3', INDENTS[row.level])}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className={classes('shrink-0', SOLID_TONES[row.tone])} />
      <div className="min-w-0">
        <span className="block truncate font-medium" title={row.title}>
          {row.title}
        </span>
        <span className="block truncate text-second text-fg-2" title={row.detail}>
          {row.detail}
        </span>
      </div>
    </div>
  );
}
