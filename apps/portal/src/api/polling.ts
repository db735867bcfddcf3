const FAST = { milliseconds: 1_000, polls: 20 };
const STEADY = { milliseconds: 3_000, polls: 33 };
const SLOW_MILLISECONDS = 10_000;
const SPREAD = 0.2;

/** A fifth more or less by chance, so that many open pages do not ask at the same moment. */
export const spread = (milliseconds: number, chance = Math.random()): number =>
  Math.round(milliseconds * (1 - SPREAD / 2 + SPREAD * chance));

/** The pause before an open run is asked for again: 1 s for 20 s, then 3 s, after two minutes 10 s. */
export function openInterval(polls: number, chance?: number): number {
  if (polls <= FAST.polls) return spread(FAST.milliseconds, chance);
  return spread(polls <= FAST.polls + STEADY.polls ? STEADY.milliseconds : SLOW_MILLISECONDS, chance);
}
