import { classes } from '@/lib/classes';

/** A change that is good, bad or neither. */
export type Mood = 'good' | 'bad' | 'neutral';

const MOODS: Record<Mood, string> = { good: 'text-ok', bad: 'text-bad', neutral: 'text-fg-2' };

/** Shows by how much a figure rose or fell. Nothing is shown where it stayed. */
export function Change({ by, words, mood }: { by: number; words: string; mood: Mood }) {
  if (by === 0) return null;
  return (
    <span className={classes('text-second font-medium whitespace-nowrap', MOODS[mood])}>
      <span aria-hidden>{by > 0 ? '↑' : '↓'} </span>
      <span className="sr-only">{by > 0 ? 'up ' : 'down '}</span>
      {words}
    </span>
  );
}
