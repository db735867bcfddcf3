'use client';

import type { Tone } from '@/components/state-chip';
import { classes } from '@/lib/classes';
import { formatLength } from '@/lib/format';
import { hasLabelRoom, type Scale } from './scale';
import type { Mark, Row } from './step-rows';

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

const MIN_LABELLED = 0.05;
/** The call lies before zero, and the last bar keeps room for its label; both values are in percent of the lane. */
const ZERO = 9;
const ROOM = 77;

const width = (share: number): string => `${(share * ROOM).toFixed(2)}%`;
const left = (share: number): string => `${(ZERO + share * ROOM).toFixed(2)}%`;

/** Names the moments of the scale above the bars. */
export function Ticks({ scale, hasCall }: { scale: Scale; hasCall: boolean }) {
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

/** Shows the bars of one row on the scale. */
export function Lane({ row, scale }: { row: Row; scale: Scale }) {
  return (
    <div aria-hidden className="relative h-full min-h-9 max-md:hidden">
      {row.marks.map((mark, index) =>
        row.kind === 'call' ? (
          <Before key={index} mark={mark} />
        ) : (
          <Bar key={index} mark={mark} scale={scale} labelled={hasLabelRoom(mark, row.marks[index + 1], scale)} />
        ),
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

function Bar({ mark, scale, labelled }: { mark: Mark; scale: Scale; labelled: boolean }) {
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
      {labelled && label}
    </span>
  );
}
