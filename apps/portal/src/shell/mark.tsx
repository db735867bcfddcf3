/** The product's mark: a cord between two jacks. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <span
      aria-hidden
      className="inline-flex shrink-0 items-center justify-center rounded-inner bg-brand text-on-brand"
      style={{ width: size, height: size }}
    >
      <svg
        width={size * 0.64}
        height={size * 0.64}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <path d="M4 5v4a4 4 0 0 0 4 4h4a4 4 0 0 1 4 4" strokeLinecap="round" />
        <circle cx="4" cy="3.4" r="1.6" fill="currentColor" stroke="none" />
        <circle cx="15.6" cy="4" r="1.6" fill="currentColor" stroke="none" />
        <path d="M15.6 5.4v3.4" strokeLinecap="round" />
      </svg>
    </span>
  );
}
