'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight, CircleHelp, Hand, OctagonAlert, PhoneMissed, Unplug, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { Loaded } from '@/components/list/loaded';
import { Empty } from '@/components/list/states';
import { Sentence } from '@/components/sentence';
import { SOLID_TONES, type Tone } from '@/components/state-chip';
import { Card, CardHead, Count } from '@/components/ui/card';
import { ConnectButton } from '@/features/connections/connect-button';
import { reasonTitle } from '@/features/dead-letters/reason';
import { classes } from '@/lib/classes';
import { formatCount, formatDateTime } from '@/lib/format';
import { scoped } from '@/shell/navigation';
import { MapButton } from './map-button';
import { attentionQuery, type AttentionLine } from './queries';

const ICONS: Record<AttentionLine['kind'], LucideIcon> = {
  connection_unhealthy: Unplug,
  dead_letters: OctagonAlert,
  question: Hand,
  call_backs: PhoneMissed,
  unattributed: CircleHelp,
};

const toneOf = ({ kind, severity }: AttentionLine): Tone =>
  kind === 'question' ? 'you' : severity === 'bad' ? 'bad' : 'warn';

/** Shows what needs a person, each line with the one action that mends it. */
export function AttentionCard({ client, zone }: { client: string | null; zone: string }) {
  const query = useQuery(attentionQuery(client));
  return (
    <Card aria-label="Needs attention">
      <CardHead title="Needs attention">{query.data && <Count>{query.data.lines.length}</Count>}</CardHead>
      <Loaded query={query} what="what needs attention" rows={4}>
        {({ lines }) =>
          lines.length === 0 ? (
            <Empty title="Nothing needs attention">Every flow ended, or continues by itself.</Empty>
          ) : (
            <ul>
              {lines.map((line) => (
                <Line key={keyOf(line)} line={line} client={client} zone={zone} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

const keyOf = ({ kind, action }: AttentionLine): string => `${kind} ${action.path} ${JSON.stringify(action.body)}`;

function titleOf({ kind, title, count, action }: AttentionLine): string {
  const reason = reasonTitle(action.body.reason);
  if (kind === 'dead_letters' && reason) return `${reason}: ${title}`;
  return kind === 'call_backs' || kind === 'question' ? `${title}: ${formatCount(count)}` : title;
}

function Line({ line, client, zone }: { line: AttentionLine; client: string | null; zone: string }) {
  const Icon = ICONS[line.kind];
  const since = line.since && `Since ${formatDateTime(line.since, { zone })}.`;
  return (
    <li className="relative flex items-start gap-3 border-b border-line px-4 py-3.5 last:border-0 hover:bg-hover">
      <Icon aria-hidden size={16} className={classes('mt-0.5 shrink-0', SOLID_TONES[toneOf(line)])} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{titleOf(line)}</p>
        <p className="text-second text-fg-2">
          <Sentence text={[line.detail, since].filter(Boolean).join(' ')} />
        </p>
      </div>
      <Mend line={line} client={client} />
    </li>
  );
}

/** Returns the page on which a person solves the line, and the word that leads there. */
function pageOf({ action }: AttentionLine): [string, string] | null {
  switch (action.operation) {
    case 'replay':
      return [`/dead-letters?reason=${encodeURIComponent(action.body.reason ?? '')}`, 'Review'];
    case 'review':
      return ['/calls?outcome=needs_person&from=all', 'Decide'];
    case 'call_back':
      return ['/callbacks', 'Call back'];
    case 'reconnect':
    case 'map':
      return null;
  }
}

function Mend({ line, client }: { line: AttentionLine; client: string | null }) {
  if (line.action.operation === 'reconnect') {
    const connectionId = line.action.path.split('/').at(-1) ?? '';
    return <ConnectButton select={{ connectionId }} name={line.title} kind="link" />;
  }
  if (line.action.operation === 'map') return <MapButton line={line} />;
  const page = pageOf(line);
  if (!page) return null;
  const [href, words] = page;
  return (
    <Link
      href={scoped(href, client)}
      prefetch={false}
      className="flex shrink-0 items-center gap-1 font-medium text-link after:absolute after:inset-0"
    >
      {words} <span className="sr-only">{titleOf(line)}</span> <ArrowRight aria-hidden size={14} />
    </Link>
  );
}
