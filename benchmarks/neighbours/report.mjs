// Writes the page of the neighbours benchmark.

/** The limit is twice the quiet time; a floor keeps a millisecond of noise from counting. */
const MAX_RATIO = 2;
const FLOOR_MS = 50;

export function isWithinBudget({ quiet, attacked }) {
  return attacked.failed === 0 && attacked.p99 <= Math.max(FLOOR_MS, MAX_RATIO * quiet.p99);
}

export function formatNeighbours({ plan, attacks }) {
  const ms = (number) => number.toFixed(1);
  const rows = attacks.map((one) => {
    const { title, quiet, attacked, sent } = one;
    const ratio = (attacked.p99 / quiet.p99).toFixed(1);
    const cells = [sent, ms(quiet.p50), ms(quiet.p99), ms(attacked.p50), ms(attacked.p99), ms(attacked.max)];
    return `| ${title} | ${cells.join(' | ')} | ${ratio} | ${attacked.failed} | ${isWithinBudget(one) ? 'yes' : 'no'} |`;
  });
  return [
    `Another agency reads 50 times a second, ${plan.seconds} s for each figure, in milliseconds from the intended moment of each request.`,
    `The attacker works by one service token. Within: p99 at most ${MAX_RATIO} times the quiet one, or ${FLOOR_MS} ms, and no failed request.`,
    '',
    '| attack | requests | quiet p50 | quiet p99 | attacked p50 | attacked p99 | max | ratio of p99 | failed | within |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|---|',
    ...rows,
  ];
}
