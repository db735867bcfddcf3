import type { Client, Me } from '@/api/queries';
import type { CallOutcome } from '@/components/state-chip';
import type { RunDetail, Step } from '@/features/runs/queries';
import { viewerZone } from '@/lib/format';
import { callOfRun } from './call-of-run';
import type { Call, Timeline } from './queries';

/** A call, its run, or both, as one page shows them. */
export interface Story {
  call: Call | null;
  run: RunDetail | null;
  timeline: Timeline | null;
  /** Which replay is shown; the newest by default. */
  pass: number;
  name: string | null;
  phone: string | null;
  to: string | null;
  seconds: number | null;
  summary: string | null;
  requested: string | null;
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

/** The facts of the page's head, from the call where there is one, else from what the run was started with. */
export function tell({ call, run, timeline, clients, pass }: Parts): Story {
  const recorded = run ? callOfRun(run) : null;
  const client = clients.find((one) => one.id === (call?.client?.id ?? run?.clientId));
  return {
    call,
    run,
    timeline,
    pass: pass ?? run?.pass ?? 0,
    name: call?.name ?? recorded?.name ?? null,
    phone: call?.from ?? recorded?.phone ?? null,
    to: call?.to ?? recorded?.to ?? null,
    seconds: call?.seconds ?? recorded?.seconds ?? null,
    summary: call?.summary ?? recorded?.summary ?? null,
    requested: call?.requested ?? recorded?.requested ?? null,
    clientName: call?.client?.name ?? client?.name ?? 'No client yet',
    zone: call?.client?.timeZone ?? client?.timeZone ?? viewerZone(),
    locale: call?.client?.locale ?? client?.locale,
    at: call?.at ?? run?.startedAt ?? '',
    outcome: call?.outcome ?? null,
  };
}

export const stepsOf = (story: Story): Step[] => story.run?.steps.filter((step) => step.pass === story.pass) ?? [];

/** The step at which the newest pass stopped, or whose question a person has to answer. */
export const stoppedStep = (story: Story): Step | undefined =>
  stepsOf(story).findLast((step) => step.name === story.run?.cause?.step) ??
  stepsOf(story).findLast((step) => step.call === 'person.approve' && step.status === 'waiting');

/** The place of a task among the calls of the flow: "step 2 of 3"; empty where it is not one of them. */
export function placeOf(story: Story, name: string): string {
  const calls = story.run?.calls ?? [];
  const index = calls.findIndex((call) => call.name === name);
  return index < 0 ? '' : `step ${index + 1} of ${calls.length}`;
}

/** Whether the caller sees how things work: staff of the agency, who may read the flows of all its clients. */
export const isAgencyStaff = (me: Me | undefined): boolean =>
  me?.permissions.some((held) => held.permission === 'read:flows' && held.via.some((via) => via.clientId === null)) ??
  false;
