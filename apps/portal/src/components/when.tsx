import { formatDateTime, formatTime, type Where } from '@/lib/format';

/** A moment in the zone of the page's head; the tooltip has it in UTC. */
export function When({ at, style = 'day', where = {} }: { at: string; style?: 'day' | 'time'; where?: Where }) {
  return (
    <time dateTime={at} title={`${at.replace(/\.\d+/, '').replace('T', ' ').replace('Z', '')} UTC`}>
      {style === 'day' ? formatDateTime(at, where) : formatTime(at, where)}
    </time>
  );
}
