/** A message that appears for a moment: what was done, or what went wrong beside the place that says it too. */
export interface Notice {
  text: string;
  tone?: 'ok' | 'bad';
}

type Listener = (notice: Notice) => void;
const listeners = new Set<Listener>();

export function notify(notice: Notice): void {
  listeners.forEach((listener) => listener(notice));
}

export function onNotice(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
