const FAST = { milliseconds: 1_000, polls: 20 };
const STEADY = { milliseconds: 3_000, polls: 33 };
const SLOW_MILLISECONDS = 10_000;
const SPREAD = 0.2;

/**
 * Returns the pause, up to a fifth longer or shorter by chance, so that many open pages do not poll at the same moment.
 */
export const spread = (milliseconds: number, chance = Math.random()): number =>
  Math.round(milliseconds * (1 - SPREAD / 2 + SPREAD * chance));

/** Returns the pause before an open run is polled again: 1 s for 20 s, then 3 s, and 10 s after two minutes. */
export function openInterval(polls: number, chance?: number): number {
  if (polls <= FAST.polls) return spread(FAST.milliseconds, chance);
  return spread(polls <= FAST.polls + STEADY.polls ? STEADY.milliseconds : SLOW_MILLISECONDS, chance);
}
