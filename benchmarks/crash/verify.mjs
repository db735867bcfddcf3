// Verifies that no call is lost or doubled: by what was answered, by the database, and by what the providers hold.
import { countBy, groupBy } from '../harness/statistics.mjs';
import { makeCaller } from './callers.mjs';

/** The calls of one run: where a provider keeps what they create, and how an entry there names its caller. */
const CREATED = [
  {
    call: 'crm.upsertContact',
    name: 'contacts',
    list: ({ highlevel }) => highlevel.contacts.map((contact) => contact.phone),
    keyOf: (caller) => caller.phone,
  },
  {
    call: 'calendar.book',
    name: 'appointments',
    list: ({ google }) => google.events.filter((one) => one.status !== 'cancelled').map((one) => one.summary),
    keyOf: (caller) => `Appointment with ${caller.name}`,
  },
  {
    call: 'messaging.sendSms',
    name: 'texts',
    list: ({ twilio }) => twilio.messages.filter((one) => one.direction === 'outbound-api').map((one) => one.to),
    keyOf: (caller) => caller.phone,
  },
];

/**
 * @param answers by call id, in the order of the callers' numbers
 * @param stored what stored-calls.mjs reads
 * @param providers the sandbox's state
 */
export function verifyCalls({ clients, answers, stored, providers }) {
  const faults = { lost: [], doubled: [], unexplained: [] };
  const world = indexStored(stored, providers);
  const calls = [...answers].map(([id, answer], number) => ({
    id,
    answer,
    caller: makeCaller(clients, number),
    events: world.events.get(id) ?? [],
    runs: world.runs.get(id) ?? [],
  }));
  let residual = 0;
  for (const call of calls) {
    verifyAnswer(call, faults);
    verifyRuns(call, faults);
    residual += verifyProviders(call, world, faults);
  }
  findStrangers(calls, world, faults);
  const stopped = calls.flatMap((call) => call.runs).filter(hasStopped);
  return {
    ...countCalls(calls),
    residual,
    lookedUp: stored.lookedUp,
    incidents: stored.incidents.length,
    reasons: countBy(stopped, (run) => run.cause),
    sentences: countBy(stopped, (run) => run.sentence),
    providers: Object.fromEntries(CREATED.map(({ name, list }) => [name, list(providers).length])),
    ...Object.fromEntries(Object.entries(faults).map(([name, list]) => [name, list.length])),
    unaccounted: Object.values(faults).flat().length,
    examples: Object.values(faults).flatMap((list) => list.slice(0, 10)),
  };
}

const hasStopped = (run) => run.status === 'parked' || run.status === 'failed';

function indexStored(stored, providers) {
  return {
    events: groupBy(stored.events, (event) => event.id),
    runs: groupBy(stored.runs, (run) => run.id),
    stepsByRun: groupBy(stored.steps, (step) => step.run),
    runsWithIncident: new Set(stored.incidents.map((incident) => incident.key.split('/')[0])),
    created: Object.fromEntries(CREATED.map(({ name, list }) => [name, countBy(list(providers), (key) => key)])),
  };
}

function countCalls(calls) {
  const count = (matches) => calls.filter(matches).length;
  const isAccepted = ({ answer }) => answer.events.size > 0;
  const isRefused = (call) => !isAccepted(call) && call.answer.refused > 0;
  const runs = countBy(
    calls.flatMap((call) => call.runs),
    (run) => run.status,
  );
  return {
    sent: calls.length,
    accepted: count(isAccepted),
    duplicates: calls.reduce((sum, { answer }) => sum + answer.duplicates, 0),
    refused: count(isRefused),
    unanswered: count((call) => !isAccepted(call) && !isRefused(call)),
    ...{ completed: 0, parked: 0, failed: 0, ...runs },
  };
}

/** An accepted webhook is one event, under one id. */
function verifyAnswer({ id, answer, events }, faults) {
  const accepted = answer.events.size > 0;
  if (accepted && events.length === 0) faults.lost.push(`${id}: accepted and not stored`);
  if (events.length > 1 || answer.events.size > 1 || answer.accepted > 1) {
    faults.doubled.push(`${id}: ${events.length} events, ${answer.accepted} times accepted`);
  }
  if (!accepted && answer.refused > 0 && events.length > 0) faults.unexplained.push(`${id}: refused and stored`);
}

/** A stored event is handed over, and is one run that has ended or says why it stopped. */
function verifyRuns({ id, events, runs }, faults) {
  if (events.some((event) => event.state !== 'DONE')) {
    faults.lost.push(`${id}: its event is ${events.map((event) => event.state)}`);
  }
  if (events.length > 0 && runs.length === 0) faults.lost.push(`${id}: an event without a run`);
  if (runs.length > 1) faults.doubled.push(`${id}: ${runs.length} runs`);
  for (const run of runs) {
    if (hasStopped(run)) {
      if (!run.cause || !run.sentence) faults.unexplained.push(`${id}: ${run.status} without a reason`);
    } else if (run.status !== 'completed') {
      faults.unexplained.push(`${id}: the run is ${run.status}`);
    }
  }
}

/** Each provider holds at most one entry of a caller, and exactly one where the step is done. Returns residual doubles. */
function verifyProviders({ id, caller, runs }, { stepsByRun, runsWithIncident, created }, faults) {
  const done = new Set(runs.flatMap(({ run }) => stepsByRun.get(run) ?? []).map((step) => step.call));
  const completed = runs.some((run) => run.status === 'completed');
  const hasIncident = runs.some(({ run }) => runsWithIncident.has(run));
  let residual = 0;
  for (const { call, name, keyOf } of CREATED) {
    const count = created[name][keyOf(caller)] ?? 0;
    if (count > 1 && hasIncident) residual += 1;
    else if (count > 1) faults.doubled.push(`${id}: ${count} ${name}`);
    if (count === 0 && (done.has(call) || completed)) faults.lost.push(`${id}: ${call} is done, and no ${name}`);
    if (count > 0 && runs.length === 0) faults.unexplained.push(`${id}: ${name} without a run`);
  }
  return residual;
}

/** The entries at the providers that belong to no caller. */
function findStrangers(calls, { created }, faults) {
  for (const { name, keyOf } of CREATED) {
    const expected = new Set(calls.map(({ caller }) => keyOf(caller)));
    for (const key of Object.keys(created[name])) {
      if (!expected.has(key)) faults.unexplained.push(`${key}: in the ${name} without a call`);
    }
  }
}
