import { OUTCOME_LOOKS, type Tone } from '@/components/state-chip';
import type { Cause, RunDetail, Step } from '@/features/runs/queries';
import { requestedTime } from '@/lib/requested-time';
import { placeOf, stepsOf, type Story } from './story';
import { functionName, providerName } from './words';

/** Explains the outcome on a call's page: a title by its code, the API's sentence, and four facts. */
export interface Explanation {
  title: string;
  sentence: string;
  next: string | null;
  tone: Tone;
  facts: [string, string][];
}

interface Words {
  requested: string;
  provider: string;
  /** "Not booked", or the name of another thing that did not happen. */
  failed: string;
}

/** Gives a title for each code of the API; the sentence under it is always the API's. */
const TITLES: Record<Cause['code'], (words: Words) => string> = {
  no_slot: ({ failed, requested }) => `${failed}: ${requested} is already taken`,
  provider_down: ({ failed, provider }) => `${failed}: ${provider} was unavailable`,
  too_late: ({ failed }) => `${failed}: too late`,
  rate_limited: ({ failed, provider }) => `${failed}: rate limit of ${provider} reached`,
  auth_expired: ({ failed, provider }) => `${failed}: ${provider} rejected the credentials`,
  bad_input: ({ failed }) => `${failed}: invalid input`,
  unknown_outcome: ({ requested }) => `Unknown outcome: was ${requested} booked?`,
  opted_out: () => 'Text not sent: opted out',
  bug: () => 'Internal error',
  raised: () => 'Ended by the flow',
  rejected: () => 'Ended: rejected',
  cancelled: () => 'Ended: cancelled',
};

const BOOK = 'calendar.book';
const isDone = (step: Step): boolean => step.call !== null && step.status === 'completed';

export function explain(story: Story, locale?: string): Explanation {
  const { run } = story;
  if (run?.cause) return explainCause(story, run, run.cause, locale);
  return run?.endedAt === null ? explainOpen(story, run) : explainEnd(story);
}

function explainEnd(story: Story): Explanation {
  const { run, call, outcome } = story;
  const booked = call?.booked ?? outputTime(story);
  const sentence = call?.sentence ?? '';
  return {
    title: booked ? `Booked for ${booked}` : outcome ? titleOf(story, outcome) : 'Completed',
    sentence: run ? whatWasDone(story) : withoutNext(sentence),
    next: run ? null : nextOf(sentence),
    tone: outcome ? OUTCOME_LOOKS[outcome].tone : 'ok',
    facts: [],
  };
}

function explainOpen(story: Story, run: RunDetail): Explanation {
  const asks = stepsOf(story).some((step) => step.call === 'person.approve' && step.status === 'waiting');
  return {
    title: asks ? 'A decision is needed' : 'In progress',
    sentence: asks ? 'The run waits for an answer.' : 'The run has not ended; this page follows it.',
    next: null,
    tone: asks ? 'you' : run.status === 'paused' ? 'idle' : 'info',
    facts: [],
  };
}

const titleOf = (story: Story, outcome: keyof typeof OUTCOME_LOOKS): string =>
  outcome === 'no_request' && story.run === null ? 'No flow matched this call' : OUTCOME_LOOKS[outcome].word;

/** The API's sentence ends with the next thing to do, after this text. */
const NEXT = ' Next: ';
const withoutNext = (sentence: string): string => sentence.split(NEXT)[0] ?? '';
const nextOf = (sentence: string): string | null => sentence.split(NEXT)[1] ?? null;

function outputTime(story: Story): string | null {
  const booking = stepsOf(story).findLast((step) => step.call === BOOK && isDone(step));
  const output = booking?.output as { startLocal?: unknown } | null | undefined;
  return typeof output?.startLocal === 'string' ? output.startLocal : null;
}

const names = (steps: Step[]): string =>
  [...new Set(steps.map((step) => functionName(step.call, step.name)))].join(', ');

function whatWasDone(story: Story): string {
  const done = stepsOf(story).filter(isDone);
  return done.length === 0 ? 'The flow completed without a request to a provider.' : `Completed: ${names(done)}.`;
}

function explainCause(story: Story, run: RunDetail, cause: Cause, locale?: string): Explanation {
  const steps = stepsOf(story);
  const stopped = steps.findLast((step) => step.name === cause.step);
  const unknown = cause.code === 'unknown_outcome';
  const booked = steps.some((step) => step.call === BOOK && isDone(step));
  const failed = booked ? 'Booked, but not completed' : isBooking(run) ? 'Not booked' : 'Not completed';
  const provider = run.blockedBy ? providerName(run.blockedBy) : 'Patchbay';
  const requested = requestedTime(story.requested, story.zone, locale);
  const left = run.calls.filter((call) => !steps.some((step) => step.name === call.name && isDone(step)));
  const place = cause.step ? placeOf(story, cause.step) : '';
  return {
    title: TITLES[cause.code]({ failed, provider, requested }),
    sentence: cause.sentence,
    next: cause.nextAction,
    tone: toneOf(run, unknown),
    facts: [
      [
        'Stopped at',
        [functionName(stopped?.call ?? null, cause.step ?? 'The start'), place].filter(Boolean).join(', '),
      ],
      [unknown ? 'Unavailable' : 'Blocked by', provider],
      ['Completed', names(steps.filter(isDone)) || 'Nothing'],
      [
        unknown ? 'Unknown' : 'Not completed',
        unknown
          ? functionName(stopped?.call ?? null, cause.step ?? '')
          : left.map((call) => functionName(call.call, call.name)).join(', ') || 'Nothing',
      ],
    ],
  };
}

const isBooking = (run: RunDetail): boolean => run.calls.some((call) => call.call === BOOK);

function toneOf(run: RunDetail, unknown: boolean): Tone {
  if (unknown) return 'you';
  return run.status === 'failed' || run.status === 'cancelled' ? 'warn' : 'bad';
}
