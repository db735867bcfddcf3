import type { Client } from '@/api/queries';
import type { CallOutcome } from '@/components/state-chip';
import type { RunDetail, Step } from '@/features/runs/queries';
import { viewerZone } from '@/lib/format';
import { callOfRun, type CallOfRun } from './call-of-run';
import type { Call, Timeline } from './queries';

/** Combines a call and its run, or one of them, as one page shows them. */
export interface Story extends CallOfRun {
  call: Call | null;
  run: RunDetail | null;
  timeline: Timeline | null;
  /** The number of the replay that is shown; by default the newest. */
  pass: number;
  clientName: string;
  zone: string;
  locale: string | undefined;
  at: string;
  outcome: CallOutcome | null;
}

interface Parts {
  call: Call | null;
  run: RunDetail | null;
  timeline: Timeline | null;
  clients: Client[];
  pass?: number | null;
}

const NO_FACTS: CallOfRun = { name: null, phone: null, to: null, seconds: null, summary: null, requested: null };

const factsOf = ({ name, from, to, seconds, summary, requested }: Call): CallOfRun => ({
  name,
  phone: from,
  to,
  seconds,
  summary,
  requested,
});

/** Returns the call's facts, and the run's initial facts where the call has none. */
function knownFacts(call: Call | null, run: RunDetail | null): CallOfRun {
  const first = call ? factsOf(call) : NO_FACTS;
  const second = run ? callOfRun(run) : NO_FACTS;
  const keys = Object.keys(NO_FACTS) as (keyof CallOfRun)[];
  return Object.fromEntries(keys.map((key) => [key, first[key] ?? second[key]])) as unknown as CallOfRun;
}

interface ClientFacts {
  name: string;
  timeZone: string;
  locale?: string | undefined;
}

function clientOf(call: Call | null, run: RunDetail | null, clients: Client[]): ClientFacts {
  const known = call?.client ?? clients.find((one) => one.id === run?.clientId);
  return known ?? { name: 'No client yet', timeZone: viewerZone() };
}

/** Builds the facts of the page's head from the call if there is one, else from the event that started the run. */
export function tell({ call, run, timeline, clients, pass }: Parts): Story {
  const client = clientOf(call, run, clients);
  return {
    ...knownFacts(call, run),
    call,
    run,
    timeline,
    pass: pass ?? run?.pass ?? 0,
    clientName: client.name,
    zone: client.timeZone,
    locale: client.locale,
    at: call?.at ?? run?.startedAt ?? '',
    outcome: call?.outcome ?? null,
  };
}

export const stepsOf = (story: Story): Step[] => story.run?.steps.filter((step) => step.pass === story.pass) ?? [];

/** Returns the step at which the newest pass stopped, or the step with a question for a person. */
export const stoppedStep = (story: Story): Step | undefined =>
  stepsOf(story).findLast((step) => step.name === story.run?.cause?.step) ??
  stepsOf(story).findLast((step) => step.call === 'person.approve' && step.status === 'waiting');

/** Returns the step that is open by default: the one that stopped, else the booking. */
export const firstStep = (story: Story): Step | undefined =>
  stoppedStep(story) ?? stepsOf(story).findLast((step) => step.call === 'calendar.book');

/**
 * Returns the place of a task among the calls of the flow, for example "step 2 of 3"; empty where it is not one of
 * them.
 */
export function placeOf(story: Story, name: string): string {
  const calls = story.run?.calls ?? [];
  const index = calls.findIndex((call) => call.name === name);
  return index < 0 ? '' : `step ${index + 1} of ${calls.length}`;
}
