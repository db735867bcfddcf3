import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, CircleX, Copy, Info, Phone, RotateCcw, type LucideIcon } from 'lucide-react';
import { holds, useMe } from '@/api/queries';
import { Sentence } from '@/components/sentence';
import { SOLID_TONES, type Tone } from '@/components/state-chip';
import { Button, buttonLook } from '@/components/ui/button';
import { ConnectButton } from '@/features/connections/connect-button';
import { connectionsQuery, isBroken } from '@/features/connections/queries';
import type { Cause } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { formatPhone } from '@/lib/format';
import { notify } from '@/lib/notify';
import type { Explanation } from './explain';
import type { Story } from './story';

const GROUNDS: Record<Tone, string> = {
  ok: 'bg-ok-soft border-ok-solid/30',
  info: 'bg-info-soft border-info-solid/30',
  warn: 'bg-warn-soft border-warn-solid/30',
  bad: 'bg-bad-soft border-bad-solid/30',
  you: 'bg-you-soft border-you-solid/30',
  idle: 'bg-idle-soft border-line',
};

const ICONS: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  info: Info,
  warn: Info,
  bad: CircleX,
  you: CircleHelp,
  idle: Info,
};

/** Names the action of a cause's first button; a question to a person has its own card below. */
type First = 'call' | 'replay' | 'connect' | 'edit' | 'report' | null;
const FIRST: Record<Cause['code'], First> = {
  no_slot: 'call',
  provider_down: 'replay',
  too_late: 'replay',
  rate_limited: 'replay',
  auth_expired: 'connect',
  bad_input: 'edit',
  unknown_outcome: null,
  opted_out: 'call',
  bug: 'report',
  raised: null,
  rejected: null,
  cancelled: null,
};

interface Props {
  explanation: Explanation;
  story: Story;
  /** Starts a replay; null where the user may not replay, or nothing can be replayed. */
  onReplay: ((edit: boolean) => void) | null;
}

/** Shows the answer in one sentence, the first thing to do about it, and four facts. */
export function Why({ explanation, story, onReplay }: Props) {
  const { title, sentence, next, tone, facts } = explanation;
  const Icon = ICONS[tone];
  const code = story.run?.cause?.code;
  return (
    <section aria-label="Why" className={classes('overflow-hidden rounded-card border', GROUNDS[tone])}>
      <div className="flex gap-3 p-5">
        <Icon aria-hidden size={18} className={classes('mt-0.5 shrink-0', SOLID_TONES[tone])} />
        <div className="min-w-0">
          <h2 className="text-panel">{title}</h2>
          <p className="mt-1 text-fg-2">
            <Sentence text={[sentence, next].filter(Boolean).join(' ')} />
          </p>
          {code && <Actions first={FIRST[code]} story={story} onReplay={onReplay} />}
        </div>
      </div>
      {facts.length > 0 && (
        <dl className="grid grid-cols-4 border-t border-inherit bg-surface/60 max-md:grid-cols-2">
          {facts.map(([name, value]) => (
            <div key={name} className="border-l border-line px-5 py-3 first:border-l-0 max-md:border-t">
              <dt className="text-second text-fg-2">{name}</dt>
              <dd className="font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

interface ActionsProps {
  first: First;
  story: Story;
  onReplay: Props['onReplay'];
}

const REPLAY_WORDS = {
  call: 'Replay with another time…',
  connect: 'Replay…',
  edit: 'Replay with edited input…',
  replay: 'Replay…',
} as const;

const replays = (first: First): first is keyof typeof REPLAY_WORDS =>
  first !== null && Object.hasOwn(REPLAY_WORDS, first);

function Actions({ first, story, onReplay }: ActionsProps) {
  const dialled = /^\+\d+$/.test(story.phone ?? '') ? story.phone : null;
  const provider = useBrokenProvider(first === 'connect' ? (story.run?.blockedBy ?? null) : null);
  return (
    <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
      {first === 'call' && dialled && <CallBack phone={dialled} />}
      {provider && <ConnectButton select={{ provider }} kind="button" />}
      {onReplay && replays(first) && (
        <Button
          kind={(first === 'call' && dialled) || provider ? 'secondary' : 'primary'}
          onClick={() => onReplay(first === 'call' || first === 'edit')}
        >
          <RotateCcw aria-hidden size={14} /> {REPLAY_WORDS[first]}
        </Button>
      )}
      {first === 'report' && (
        <Button kind="primary" onClick={() => copyReport(story)}>
          <Copy aria-hidden size={14} /> Copy report
        </Button>
      )}
    </div>
  );
}

/** Returns the provider while one of its accounts has to be connected again; null once all of them are well. */
function useBrokenProvider(provider: string | null): string | null {
  const me = useMe();
  const { data } = useQuery({
    ...connectionsQuery,
    enabled: provider !== null && holds(me.data, 'read:connections'),
  });
  const isWell = data && !data.items.some((one) => one.provider === provider && isBroken(one));
  return isWell ? null : provider;
}

export const CallBack = ({ phone, words = 'Call back' }: { phone: string; words?: string }) => (
  <a href={`tel:${phone}`} className={buttonLook({ kind: 'primary' })}>
    <Phone aria-hidden size={14} /> {words} {formatPhone(phone)}
  </a>
);

/** Copies a report, which contains ids only, because a report leaves the agency. */
function copyReport({ run, call }: Story): void {
  const report = { run: run?.id, correlation: run?.correlationId, call: call?.callId, cause: run?.cause?.code };
  void navigator.clipboard.writeText(JSON.stringify(report, null, 2)).then(
    () => notify({ text: 'Report copied: IDs only' }),
    () => notify({ text: 'The browser did not allow copying.', tone: 'bad' }),
  );
}
