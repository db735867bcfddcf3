const MAX_STEPS = 5;
const STEPS = [1, 2, 5];

/** Returns round numbers from zero to at least the largest value, at most six of them. */
export function axisTicks(largest: number): number[] {
  let step = 1;
  for (let power = 0; step * MAX_STEPS < largest; power++) {
    step = (STEPS[power % STEPS.length] ?? 1) * 10 ** Math.floor(power / STEPS.length);
  }
  const count = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
