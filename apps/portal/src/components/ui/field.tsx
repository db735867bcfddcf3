import { useId, type ReactNode } from 'react';

interface Props {
  label: string;
  error?: string | null;
  hint?: string;
  children: (attributes: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

export const INPUT =
  'w-full rounded-control border border-line-strong bg-surface px-2.5 min-h-8 max-md:min-h-11 max-md:text-[16px] aria-invalid:border-bad-solid';

/** Shows a control with its label. The line for its error is reserved, so that nothing moves. */
export function Field({ label, error, hint, children }: Props) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-says`, 'aria-invalid': Boolean(error) })}
      <p id={`${id}-says`} className={error ? 'min-h-4 text-second text-bad' : 'min-h-4 text-second text-fg-2'}>
        {error ?? hint}
      </p>
    </div>
  );
}
