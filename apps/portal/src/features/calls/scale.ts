/**
 * Describes the time axis of a timeline. An idle stretch over a fifth of the whole is folded, which leaves room for the
 * rest.
 */

export interface Span {
  from: number;
  to: number;
}

export interface Fold extends Span {
  /** The place on the folded axis, from 0 to 1. */
  left: number;
  right: number;
}

export interface Scale {
  /** Returns the place, from 0 to 1, of a moment in milliseconds since zero. */
  place: (at: number) => number;
  folds: Fold[];
  ticks: { at: number; left: number }[];
}

const MIN_FOLD = 0.2;
/** Shorter stretches are not folded, because they take little room. */
const MIN_FOLD_MILLISECONDS = 1000;
/** A fold takes this share of the axis. */
const FOLDED = 0.09;
const TICKS = 4;

/** Returns the stretches in which nothing happened, without those too short to fold. */
function idle(spans: Span[], end: number): Span[] {
  const gaps: Span[] = [];
  let busyUntil = 0;
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.from > busyUntil) gaps.push({ from: busyUntil, to: span.from });
    busyUntil = Math.max(busyUntil, span.to);
  }
  if (end > busyUntil) gaps.push({ from: busyUntil, to: end });
  return gaps.filter((gap) => gap.to - gap.from > Math.max(MIN_FOLD_MILLISECONDS, end * MIN_FOLD));
}

/** @param spans the busy stretches, in milliseconds since zero; a stretch that begins before zero is cut there */
export function scaleOf(spans: Span[]): Scale {
  const known = spans.map(({ from, to }) => ({ from: Math.max(0, from), to: Math.max(0, from, to) }));
  const end = Math.max(1, ...known.map((span) => span.to));
  const gaps = idle(known, end);
  const busy = end - gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const room = 1 - gaps.length * FOLDED;
  const unit = busy > 0 ? room / busy : 0;
  const place = (at: number): number => {
    const moment = Math.min(end, Math.max(0, at));
    let left = 0;
    let from = 0;
    for (const gap of gaps) {
      if (moment <= gap.from) break;
      left += (gap.from - from) * unit;
      if (moment < gap.to) return left + (FOLDED * (moment - gap.from)) / (gap.to - gap.from);
      left += FOLDED;
      from = gap.to;
    }
    return Math.min(1, left + (moment - from) * unit);
  };
  const folds = gaps.map((gap) => ({ ...gap, left: place(gap.from), right: place(gap.to) }));
  return { place, folds, ticks: ticksOf(place, folds, end) };
}

/** Returns ticks at round moments outside the folds. */
function ticksOf(place: (at: number) => number, folds: Fold[], end: number): Scale['ticks'] {
  const ticks = [{ at: 0, left: 0 }];
  const moments =
    folds.length > 0
      ? folds.flatMap((fold) => [fold.to])
      : Array.from({ length: TICKS - 1 }, (_, index) => round(((index + 1) * end) / TICKS));
  for (const at of moments) {
    const left = place(at);
    if (left - (ticks.at(-1)?.left ?? 0) > 1 / (TICKS * 2) && left < 0.9) ticks.push({ at, left });
  }
  return ticks;
}

function round(milliseconds: number): number {
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, milliseconds))) - 1);
  return Math.round(milliseconds / digit) * digit;
}

/** The share of the axis that a label needs between its bar and the next one. */
const LABEL_ROOM = 0.12;

/** Says whether the label of a bar fits before the next bar of its row. */
export const hasLabelRoom = (mark: Span, next: Span | undefined, scale: Scale): boolean =>
  next === undefined || scale.place(next.from) - scale.place(mark.to) >= LABEL_ROOM;
