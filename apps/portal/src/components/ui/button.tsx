import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';

/** How a button, or a link that acts like one, looks. 32 px high, 44 px on a phone. */
export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control text-body font-medium whitespace-nowrap ' +
    'disabled:bg-selected disabled:text-fg-3 disabled:border-transparent',
  {
    variants: {
      kind: {
        primary: 'bg-brand text-on-brand border border-transparent hover:brightness-110',
        secondary: 'bg-surface text-fg border border-line-strong hover:bg-hover',
        ghost: 'text-fg-2 border border-transparent hover:bg-hover hover:text-fg',
        danger: 'bg-surface text-bad border border-line-strong hover:bg-bad-soft',
      },
      size: {
        normal: 'h-8 px-3 max-md:h-11 max-md:px-4',
        small: 'h-7 px-2.5 max-md:h-11',
        icon: 'size-8 max-md:size-11',
      },
    },
    defaultVariants: { kind: 'secondary', size: 'normal' },
  },
);

type Props = ComponentProps<'button'> & VariantProps<typeof buttonLook>;

export function Button({ kind, size, className, type = 'button', ...rest }: Props) {
  return <button type={type} className={classes(buttonLook({ kind, size }), className)} {...rest} />;
}
