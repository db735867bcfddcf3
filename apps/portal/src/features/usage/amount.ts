import type { components } from '@/api/schema';

export type Amount = components['schemas']['usage.Amount'];

type DecimalText = `${number}`;

/** Formats an amount for people: "$162.84". The decimal text is rounded as text and never becomes a float. */
export function formatAmount({ amount, currency }: Amount, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount as DecimalText);
}

/** Formats an amount with every digit that the provider stated: "0.065333333 USD". */
export const formatExactly = ({ amount, currency }: Amount): string => `${amount} ${currency}`;

const MAX_SECONDS_AS_SUCH = 120;

/** Formats a length of calls: "57 s", "2,310 min". */
export function formatMinutes(seconds: number, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return seconds < MAX_SECONDS_AS_SUCH ? `${format.format(seconds)} s` : `${format.format(seconds / 60)} min`;
}
