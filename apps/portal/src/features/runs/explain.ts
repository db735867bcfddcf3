import type { Tone } from '@/components/state-chip';
import type { RunDetail } from './queries';

/** The answer of a run's page: a title by its code, the API's sentence, and four facts. */
export interface Explanation {
  title: string;
  sentence: string;
  next: string | null;
  tone: Tone;
  facts: [string, string][];
}

type Code = NonNullable<RunDetail['cause']>['code'];

/** Titles by code, total over the API's values; the sentence under one is always the API's. */
const TITLES: Record<Code, string> = {
  no_slot: 'Not completed: the requested time is not available',
  provider_down: 'Not completed: the provider was unavailable',
  rate_limited: 'Not completed: rate limit reached',
  auth_expired: 'Not completed: the credentials were rejected',
  bad_input: 'Not completed: invalid input',
  unknown_outcome: 'Unknown outcome',
  opted_out: 'Text not sent: opted out',
  bug: 'Internal error',
  raised: 'Ended by the flow',
  rejected: 'Ended: rejected by a person',
  cancelled: 'Ended: cancelled by a person',
};

/** The purpose of a function, and the kind of provider that performs it, in words. */
const FUNCTIONS: Record<string, string> = {
  'crm.upsertContact': 'Contact',
  'crm.findContact': 'Contact lookup',
  'calendar.book': 'Appointment',
  'calendar.hold': 'Hold of a time',
  'calendar.cancel': 'Cancellation',
  'messaging.sendSms': 'Text',
  'person.approve': 'Approval',
};

const PROVIDERS: Record<string, string> = {
  google: 'Google Calendar',
  highlevel: 'HighLevel',
  twilio: 'Twilio',
  retell: 'Retell',
  n8n: 'n8n',
};

export const functionName = (call: string | null, name: string): string => (call && FUNCTIONS[call]) || name;
export const providerName = (code: string): string => PROVIDERS[code] ?? code;

/** The steps of the newest pass. */
export const latestSteps = (run: RunDetail): RunDetail['steps'] => run.steps.filter((step) => step.pass === run.pass);

export function explain(run: RunDetail, provider: string | undefined): Explanation {
  const steps = latestSteps(run);
  const done = steps.filter((step) => step.call && step.status === 'completed');
  const completed = done.map((step) => functionName(step.call, step.name)).join(', ') || 'Nothing';
  if (run.cause) return explainCause(run, run.cause, completed, provider);
  const booked = done.some((step) => step.call === 'calendar.book');
  if (run.endedAt === null) {
    const sentence = 'The run has not ended; this page follows it.';
    return { title: 'In progress', sentence, next: null, tone: 'info', facts: [] };
  }
  return {
    title: booked ? 'Booked' : 'Completed',
    sentence: `Completed: ${completed}.`,
    next: null,
    tone: 'ok',
    facts: [],
  };
}

type Cause = NonNullable<RunDetail['cause']>;

function explainCause(run: RunDetail, cause: Cause, completed: string, provider: string | undefined): Explanation {
  const steps = latestSteps(run);
  const stopped = steps.findIndex((step) => step.name === cause.step);
  const unknown = cause.code === 'unknown_outcome';
  const step = cause.step ?? 'The start';
  return {
    title: TITLES[cause.code],
    sentence: cause.sentence,
    next: cause.nextAction,
    tone: toneOf(run, unknown),
    facts: [
      ['Stopped at', stopped < 0 ? step : `${step}, step ${stopped + 1}`],
      [unknown ? 'Unavailable' : 'Blocked by', provider ? providerName(provider) : 'Patchbay'],
      ['Completed', completed],
      [unknown ? 'Unknown' : 'Not completed', functionName(steps[stopped]?.call ?? null, step)],
    ],
  };
}

function toneOf(run: RunDetail, unknown: boolean): Tone {
  if (unknown) return 'you';
  return run.status === 'failed' || run.status === 'cancelled' ? 'warn' : 'bad';
}
