'use client';

import { useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ApiError } from '@/api/problems';
import { Failed, Skeleton } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { classes } from '@/lib/classes';
import { requestedTime } from '@/lib/requested-time';
import { transcriptQuery } from './queries';
import type { Story } from './story';

const ENDINGS: Record<string, string> = {
  user_hangup: 'caller',
  agent_hangup: 'agent',
  call_transfer: 'transfer',
  voicemail_reached: 'voicemail',
  inactivity: 'silence',
};

/** Shows the call's summary. Its transcript is loaded when a person asks for it, because each reading is recorded. */
export function Said({ story, plain = false }: { story: Story; plain?: boolean }) {
  const { call, summary } = story;
  const [asked, ask] = useState(false);
  if (!call && !summary) return null;
  return (
    <Card aria-label="The call" className="mt-4">
      <CardHead title="The call">
        {call && !asked && (
          <span className="flex flex-wrap items-center justify-end gap-3">
            {!plain && <span className="text-second text-fg-2 max-md:hidden">Access is recorded in the audit log</span>}
            <Button onClick={() => ask(true)}>
              <MessagesSquare aria-hidden size={14} /> Show transcript
            </Button>
          </span>
        )}
      </CardHead>
      <div className={classes('grid', asked && !plain && 'md:grid-cols-[2fr_3fr]')}>
        <div className="p-5">
          {!plain && <h3 className="text-second text-fg-2">Summary</h3>}
          <p className="mt-1">{summary ?? 'There is no summary of this call.'}</p>
          {!plain && <Chips story={story} />}
        </div>
        {asked && call && (
          <div className={classes('border-line', plain ? 'px-5 pb-5' : 'border-t p-5 md:border-t-0 md:border-l')}>
            <Transcript callId={call.callId} />
          </div>
        )}
      </div>
    </Card>
  );
}

function Chips({ story }: { story: Story }) {
  const { call } = story;
  const chips: [string, string][] = [];
  if (story.requested) chips.push(['Requested', requestedTime(story.requested, story.zone)]);
  if (call?.sentiment) chips.push(['Sentiment', call.sentiment]);
  if (call?.endedBy) chips.push(['Ended by', ENDINGS[call.endedBy] ?? call.endedBy.replaceAll('_', ' ')]);
  if (call?.cost)
    chips.push(['Cost', `${call.cost.currency === 'USD' ? '$' : `${call.cost.currency} `}${call.cost.amount}`]);
  if (chips.length === 0) return null;
  return (
    <dl className="mt-3 flex flex-wrap gap-2">
      {chips.map(([name, value]) => (
        <div
          key={name}
          className="flex gap-2 rounded-control border border-line-strong bg-sunken px-2 py-0.5 text-second"
        >
          <dt className="text-fg-2">{name}</dt>
          <dd className="font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Transcript({ callId }: { callId: string }) {
  const { data, error, refetch } = useQuery(transcriptQuery(callId));
  if (error instanceof ApiError && error.isMissing) {
    return <Quiet>Nothing of what was said in this call is kept.</Quiet>;
  }
  if (error) return <Failed error={error} what="the transcript" onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} label="the transcript" />;
  return (
    <dl aria-label="Transcript" className="grid grid-cols-[64px_minmax(0,1fr)] gap-y-2">
      {data.utterances.map((said, index) => (
        <div key={index} className="contents">
          <dt className={classes('font-medium', said.speaker === 'agent' ? 'text-link' : 'text-fg-2')}>
            {said.speaker === 'agent' ? 'Agent' : 'Caller'}
          </dt>
          <dd>{said.text}</dd>
        </div>
      ))}
    </dl>
  );
}

const Quiet = ({ children }: { children: ReactNode }) => <p className="text-fg-2">{children}</p>;
