'use client';

import {
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
  Search,
  UserRound,
  Webhook,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { SOLID_TONES, type Tone } from '@/components/state-chip';
import { buttonLook } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { Segments } from '@/components/ui/segments';
import { classes } from '@/lib/classes';
import { formatLength, formatOffset, formatTime } from '@/lib/format';
import { scaleOf, type Scale } from './scale';
import type { Mark, Row, RowKind } from './step-rows';

const ICONS: Record<RowKind | 'crm' | 'calendar' | 'refused' | 'messaging', LucideIcon> = {
  call: Phone,
  webhook: Webhook,
  event: CornerDownLeft,
  live: Phone,
  run: Workflow,
  step: CircleDot,
  exchange: Search,
  pause: Hourglass,
  text: CheckCheck,
  ended: OctagonAlert,
  crm: UserRound,
  calendar: CalendarCheck,
  refused: CalendarX,
  messaging: MessageSquare,
};

const BARS: Record<Tone, string> = {
  ok: 'bg-ok-solid',
  info: 'bg-info-solid',
  warn: 'bg-warn-solid',
  bad: 'bg-bad-solid',
  you: 'bg-you-solid',
  idle: 'bg-fg-3',
};
const RINGS: Record<Tone, string> = {
  ok: 'border-ok-solid',
  info: 'border-info-solid',
  warn: 'border-warn-solid',
  bad: 'border-bad-solid',
  you: 'border-you-solid',
  idle: 'border-fg-3',
};

const INDENTS = { 1: '', 2: 'pl-5', 3: 'pl-10' } as const;
const COLUMNS = 'grid grid-cols-[minmax(0,11fr)_minmax(0,13fr)_84px] gap-3 max-md:grid-cols-[minmax(0,1fr)_84px]';
const MIN_LABELLED = 0.05;
/** The call lies before zero, and the last bar keeps room for its label; both values are in percent of the lane. */
const ZERO = 9;
const ROOM = 77;

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

const width = (share: number): string => `${(share * ROOM).toFixed(2)}%`;
const left = (share: number): string => `${(ZERO + share * ROOM).toFixed(2)}%`;

function Ticks({ scale, hasCall }: { scale: Scale; hasCall: boolean }) {
  return (
    <span role="columnheader" className="relative h-4">
      <span className="sr-only">Scale</span>
      <span aria-hidden>
        {hasCall && <span className="absolute">call</span>}
        {scale.ticks.map((tick) => (
          <span key={tick.at} className="absolute whitespace-nowrap" style={{ left: left(tick.left) }}>
            {tick.at === 0 ? '0' : formatLength(tick.at)}
          </span>
        ))}
      </span>
    </span>
  );
}

function Lane({ row, scale }: { row: Row; scale: Scale }) {
  return (
    <div aria-hidden className="relative h-full min-h-9 max-md:hidden">
      {row.marks.map((mark, index) =>
        row.kind === 'call' ? <Before key={index} mark={mark} /> : <Bar key={index} mark={mark} scale={scale} />,
      )}
    </div>
  );
}

const LABEL = 'whitespace-nowrap text-second text-fg-2';

/** Shows the call itself, which has no length on the scale. */
function Before({ mark }: { mark: Mark }) {
  return (
    <span
      className="absolute inset-y-0 left-0 flex items-center justify-center overflow-hidden hatch"
      style={{ width: `${ZERO - 2}%` }}
    >
      <span className={classes(LABEL, 'bg-surface px-0.5')}>{mark.label}</span>
    </span>
  );
}

function Bar({ mark, scale }: { mark: Mark; scale: Scale }) {
  const from = scale.place(mark.from);
  const share = scale.place(mark.to) - from;
  const label = mark.label && <span className={LABEL}>{mark.label}</span>;
  if (mark.idle) {
    return (
      <span
        className="absolute inset-y-1 flex items-center justify-center overflow-hidden hatch"
        style={{ left: left(from), width: width(share) }}
      >
        {share > MIN_LABELLED && <span className="bg-surface px-0.5">{label}</span>}
      </span>
    );
  }
  if (mark.from === mark.to) {
    return (
      <span
        className={classes(
          'absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2',
          RINGS[mark.tone],
        )}
        style={{ left: left(from) }}
      />
    );
  }
  return (
    <span className="absolute top-1/2 flex w-full -translate-y-1/2 items-center gap-1.5" style={{ left: left(from) }}>
      <span
        className={classes('h-2 shrink-0 rounded-tick', BARS[mark.tone])}
        style={{ width: `max(3px, ${width(share)})` }}
      />
      {label}
    </span>
  );
}
