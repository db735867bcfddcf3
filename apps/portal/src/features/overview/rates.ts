/** Shares and changes of figures, as people read them. */

/** Returns the share in thousandths, so that differences between shares are exact to a tenth of a point. */
const thousandths = (part: number, whole: number): number => Math.round((part * 1000) / whole);

/** Formats a share: "61.2%". Without calls there is no share. */
export function formatRate(part: number, whole: number, locale?: string): string {
  if (whole === 0) return '–';
  return new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    thousandths(part, whole) / 1000,
  );
}

export interface Difference {
  by: number;
  words: string;
}

const NONE: Difference = { by: 0, words: '' };

/** Returns the difference of two shares in points: "4.8 pt". */
export function ratePoints(now: [number, number], before: [number, number], locale?: string): Difference {
  if (now[1] === 0 || before[1] === 0) return NONE;
  const by = (thousandths(...now) - thousandths(...before)) / 10;
  return { by, words: `${new Intl.NumberFormat(locale).format(Math.abs(by))} pt` };
}

/** Returns the growth in percent: "12%". There is none from zero. */
export function growth(now: number, before: number, locale?: string): Difference {
  if (before === 0) return NONE;
  const by = Math.round(((now - before) * 100) / before);
  return { by, words: new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.abs(by) / 100) };
}

export function difference(now: number, before: number, locale?: string): Difference {
  return { by: now - before, words: new Intl.NumberFormat(locale).format(Math.abs(now - before)) };
}
