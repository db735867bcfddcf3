import type { Amount } from './amount';
import type { UsageSum } from './queries';

const DIGITS = 18;

/** Adds decimal texts without losing a digit, by adding whole numbers of the smallest decimal place. */
export function addAmounts(amounts: readonly Amount[]): Amount[] {
  const byCurrency = new Map<string, bigint>();
  for (const { amount, currency } of amounts) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + toUnits(amount));
  }
  return [...byCurrency].map(([currency, units]) => ({ amount: toText(units), currency }));
}

function toUnits(text: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const units = BigInt(whole + fraction.padEnd(DIGITS, '0').slice(0, DIGITS));
  return sign === '-' ? -units : units;
}

function toText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '').padEnd(2, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${fraction}`;
}

export interface Total {
  calls: number;
  talkSeconds: number;
  billedSeconds: number;
  /** One amount for each currency; empty for readers who may not see costs. */
  costs: Amount[];
}

export function totalOf(sums: readonly UsageSum[]): Total {
  return {
    calls: sums.reduce((sum, one) => sum + one.calls, 0),
    talkSeconds: sums.reduce((sum, one) => sum + one.talkSeconds, 0),
    billedSeconds: sums.reduce((sum, one) => sum + one.billedSeconds, 0),
    costs: addAmounts(sums.flatMap((one) => (one.cost ? [one.cost] : []))),
  };
}

/** Computes the lengths of bars from the provider's cost, or from the billed seconds when the reader may not see costs. */
export function shares(sums: readonly UsageSum[]): number[] {
  const lengths = sums.map((sum) => (sum.cost ? Number(sum.cost.amount) : sum.billedSeconds));
  const longest = Math.max(...lengths, 0);
  return lengths.map((length) => (longest > 0 ? Math.max(0, length / longest) : 0));
}
