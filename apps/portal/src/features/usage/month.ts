/** A month as the page's address names it, for example 2026-10, with its days. */
export interface Month {
  id: string;
  from: string;
  to: string;
  title: string;
  previous: string;
  /** The next month; null when it is in the future. */
  next: string | null;
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

const write = (date: Date): string => date.toISOString().slice(0, 7);

const at = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day));

/** Reads the month that the text names; without one, returns the present month by the viewer's clock. */
export function readMonth(text: string | null, now: Date, locale?: string): Month {
  const found = MONTH.exec(text ?? '');
  const year = found ? Number(found[1]) : now.getFullYear();
  const month = found ? Number(found[2]) - 1 : now.getMonth();
  const present = write(at(now.getFullYear(), now.getMonth(), 1));
  const id = write(at(year, month, 1));
  const next = write(at(year, month + 1, 1));
  return {
    id,
    from: `${id}-01`,
    to: at(year, month + 1, 0)
      .toISOString()
      .slice(0, 10),
    title: new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
      at(year, month, 1),
    ),
    previous: write(at(year, month - 1, 1)),
    next: next > present ? null : next,
  };
}

/** Returns all days of the month, in order. */
export function daysOf({ id, to }: Month): string[] {
  return Array.from({ length: Number(to.slice(8)) }, (_, day) => `${id}-${String(day + 1).padStart(2, '0')}`);
}
