/** Matches a time as programs write it. */
const WRITTEN_TIME = /(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)/;

/** Shows a sentence of the API. A time as programs write it, such as the example of an input's rule, is code. */
export function Sentence({ text }: { text: string }) {
  return text.split(WRITTEN_TIME).map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="font-mono text-code">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
