import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';

/** Lines carry the structure; shadow is only for what floats. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section className={classes('overflow-hidden rounded-card border border-line bg-surface', className)} {...rest} />
  );
}

/** The heading line of a card, with a count or actions at its end. */
export function CardHead({ title, id, children }: { title: string; id?: string; children?: React.ReactNode }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 border-b border-line px-4 py-2">
      <h2 id={id} className="text-section">
        {title}
      </h2>
      {children}
    </div>
  );
}

export function Count({ children }: { children: React.ReactNode }) {
  return <span className="rounded-full bg-selected px-2 text-second text-fg-2">{children}</span>;
}

export function Kbd({ children }: { children: React.ReactNode }) {
  return (
    <kbd className="rounded-tick border border-line px-1.5 font-sans text-[11px] leading-4 text-fg-3 max-md:hidden">
      {children}
    </kbd>
  );
}
