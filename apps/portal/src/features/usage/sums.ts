import type { Amount } from './amount';
import type { UsageSum } from './queries';

const DIGITS = 18;

/** Sums of decimal texts, to the last digit: as whole numbers of the smallest place. */
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
  /** One for each currency; empty for readers who see no costs. */
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

/** The lengths of bars: what the provider charges where the reader sees it, else what was talked. */
export function shares(sums: readonly UsageSum[]): number[] {
  const lengths = sums.map((sum) => (sum.cost ? Number(sum.cost.amount) : sum.billedSeconds));
  const longest = Math.max(...lengths, 0);
  return lengths.map((length) => (longest > 0 ? Math.max(0, length / longest) : 0));
}
