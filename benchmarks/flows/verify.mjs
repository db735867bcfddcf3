// Verifies that every accepted webhook is one completed run that acted once, according to the providers.
import fs from 'node:fs';
import { groupBy } from '../harness/statistics.mjs';

/** When each webhook was due, by id, in milliseconds since 1970. */
export function readDueTimes(file) {
  const lines = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => line.split(' ')).map(([id, , , at]) => [id, Number(at)]));
}

/**
 * @param answers by id (ingest/verify.mjs)
 * @param runs rows {id, status, phone}
 * @param providers the sandbox's state
 */
export function verifyRuns(answers, runs, providers) {
  const created = {
    contacts: groupBy(providers.highlevel.contacts, (one) => one.phone),
    texts: groupBy(providers.twilio.messages, (one) => one.to),
  };
  const faults = [
    ...findFaultsOfAnswers(answers, runs),
    ...runs.flatMap((run) => findFaultsOfRun(run, answers, created)),
    ...findStrangers(runs, created),
  ];
  const total = (name) => [...answers.values()].reduce((sum, one) => sum + one[name], 0);
  return {
    ids: answers.size,
    accepted: total('accepted'),
    unclear: total('unclear'),
    runs: runs.length,
    contacts: providers.highlevel.contacts.length,
    texts: providers.twilio.messages.length,
    unaccounted: faults.length,
    examples: faults.slice(0, 10),
  };
}

function findFaultsOfAnswers(answers, runs) {
  const runsById = groupBy(runs, (run) => run.id);
  const accepted = [...answers].filter(([, { accepted: count }]) => count > 0);
  return accepted
    .map(([id]) => [id, runsById.get(id)?.length ?? 0])
    .filter(([, count]) => count !== 1)
    .map(([id, count]) => `${id}: accepted, and ${count} runs`);
}

function findFaultsOfRun({ id, status, phone }, answers, created) {
  const faults = [];
  if (!answers.has(id)) faults.push(`${id}: a run without a webhook`);
  if (status !== 'completed') faults.push(`${id}: the run is ${status}`);
  for (const [name, byPhone] of Object.entries(created)) {
    const count = byPhone.get(phone)?.length ?? 0;
    if (count !== 1) faults.push(`${id}: ${count} ${name} of ${phone}`);
  }
  return faults;
}

/** The entries at the providers for phones without a run. */
function findStrangers(runs, { contacts, texts }) {
  const phones = new Set(runs.map((run) => run.phone));
  const strangers = [...new Set([...contacts.keys(), ...texts.keys()])].filter((phone) => !phones.has(phone));
  return strangers.map((phone) => `${phone}: at a provider without a run`);
}
