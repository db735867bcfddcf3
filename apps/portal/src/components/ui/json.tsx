import { classes } from '@/lib/classes';

/** Matches a member's name, a text, or any other part of JSON. */
const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|[^"]+/g;

/** Shows JSON with coloured names and texts. It scrolls on its own, also by keyboard. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value ?? null, null, 2);
  return (
    <pre
      tabIndex={0}
      aria-label={label}
      role="region"
      className="max-h-72 overflow-auto rounded-inner border border-line bg-sunken p-3 font-mono text-code"
    >
      {[...text.matchAll(TOKENS)].map((token) => (
        <span key={token.index} className={classes(token[1] && (token[2] ? 'text-link' : 'text-ok'))}>
          {token[0]}
        </span>
      ))}
    </pre>
  );
}
