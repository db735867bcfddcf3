// Nothing lost, nothing doubled: what was answered, what the database says, and what the providers' own books say.
import { by } from '../flows/verify.mjs';
import { caller } from './callers.mjs';

/** What is under way: runs, their acts, and hand-overs of events. What a parked run left half done waits with it for a person. */
export function open(stage) {
  const tenant = `tenant_id = '${stage.dev.tenantId}'`;
  const [[runs, effects, events]] = stage.sql(`SELECT
    (SELECT count(*) FROM patchbay.run WHERE ${tenant} AND status IN ('running', 'waiting')),
    (SELECT count(*) FROM patchbay.effect e JOIN patchbay.run r ON r.tenant_id = e.tenant_id AND r.run_id = e.origin
      WHERE e.${tenant} AND e.state IN ('PLANNED', 'UNKNOWN') AND r.status NOT IN ('parked', 'failed', 'cancelled')),
    (SELECT count(*) FROM patchbay.event_dispatch WHERE ${tenant} AND state IN ('READY', 'CLAIMED'));`);
  return { runs: Number(runs), effects: Number(effects), events: Number(events) };
}

/** What the database holds of the calls: events, runs and their steps, and incidents. */
export function read(stage) {
  const tenant = `tenant_id = '${stage.dev.tenantId}'`;
  const events = stage.sql(`SELECT e.subject, e.event_id, d.state FROM patchbay.event e LEFT JOIN patchbay.event_dispatch d USING (tenant_id, event_id)
    WHERE e.${tenant} AND e.subject LIKE 'call_crash%';`).map(([id, event, state]) => ({ id, event, state }));
  const runs = stage.sql(`SELECT e.subject, r.run_id, r.status, coalesce(r.cause_code, ''), coalesce(r.cause_sentence, '') FROM patchbay.run r JOIN patchbay.event e USING (tenant_id, event_id)
    WHERE r.${tenant} AND e.subject LIKE 'call_crash%';`).map(([id, run, status, cause, sentence]) => ({ id, run, status, cause, sentence }));
  const steps = stage.sql(`SELECT DISTINCT run_id, call FROM patchbay.step WHERE ${tenant} AND call IS NOT NULL AND status = 'completed';`).map(([run, call]) => ({ run, call }));
  const incidents = stage.sql(`SELECT kind, key FROM patchbay.effect_incident WHERE ${tenant};`).map(([kind, key]) => ({ kind, key }));
  const lookedUp = Number(stage.sql(`SELECT count(*) FROM patchbay.effect WHERE ${tenant} AND looked_up;`)[0][0]);
  return { events, runs, steps, incidents, lookedUp };
}

/** The acts of one run, with the book each is found in and what a caller's entry there is called. */
const BOOKS = [
  { call: 'crm.upsertContact', book: 'contacts', entries: (books) => books.highlevel.contacts, key: (one) => one.phone, of: (one) => one.phone },
  { call: 'calendar.book', book: 'appointments', entries: (books) => books.google.events.filter((one) => one.status !== 'cancelled'), key: (one) => one.summary, of: (one) => `Appointment with ${one.name}` },
  { call: 'messaging.sendSms', book: 'texts', entries: (books) => books.twilio.messages.filter((one) => one.direction === 'outbound-api'), key: (one) => one.to, of: (one) => one.phone },
];

/**
 * @param told answers by call id
 * @param stored what {@link read} found
 * @param books the sandbox's state
 */
export function verify({ clients, told, stored, books }) {
  const faults = { lost: [], doubled: [], unexplained: [] };
  const events = by(stored.events, (one) => one.id);
  const runs = by(stored.runs, (one) => one.id);
  const done = by(stored.steps, (one) => one.run);
  const counted = Object.fromEntries(BOOKS.map(({ book, entries, key }) => [book, by(entries(books), key)]));
  const residual = new Set(stored.incidents.map((one) => one.key.split('/')[0]));
  const totals = { sent: told.size, accepted: 0, duplicates: 0, refused: 0, unanswered: 0, completed: 0, parked: 0, failed: 0, residual: 0, lookedUp: stored.lookedUp, incidents: stored.incidents.length };
  const reasons = {};
  const sentences = {};
  const expected = Object.fromEntries(BOOKS.map(({ book }) => [book, new Set()]));
  [...told].forEach(([id, answers], number) => {
    const stands = (events.get(id) ?? []);
    const mine = (runs.get(id) ?? []);
    totals.duplicates += answers.duplicates;
    if (answers.events.size > 0) totals.accepted += 1;
    else if (answers.refused > 0) totals.refused += 1;
    else totals.unanswered += 1;
    if (answers.events.size > 0 && stands.length === 0) faults.lost.push(`${id}: accepted and not stored`);
    if (stands.length > 1 || answers.events.size > 1 || answers.accepted > 1) faults.doubled.push(`${id}: ${stands.length} events, ${answers.accepted} times accepted`);
    if (answers.events.size === 0 && answers.refused > 0 && stands.length > 0) faults.unexplained.push(`${id}: refused and stored`);
    if (stands.some((one) => one.state !== 'DONE')) faults.lost.push(`${id}: its event is ${stands.map((one) => one.state)}`);
    if (stands.length > 0 && mine.length === 0) faults.lost.push(`${id}: an event without a run`);
    if (mine.length > 1) faults.doubled.push(`${id}: ${mine.length} runs`);
    for (const run of mine) {
      totals[run.status] = (totals[run.status] ?? 0) + 1;
      if (run.status === 'parked' || run.status === 'failed') {
        reasons[run.cause] = (reasons[run.cause] ?? 0) + 1;
        sentences[run.sentence] = (sentences[run.sentence] ?? 0) + 1;
        if (!run.cause || !run.sentence) faults.unexplained.push(`${id}: ${run.status} without a reason`);
      } else if (run.status !== 'completed') {
        faults.unexplained.push(`${id}: the run is ${run.status}`);
      }
    }
    const calls = new Set(mine.flatMap((run) => done.get(run.run) ?? []).map((one) => one.call));
    const who = caller(clients, number);
    for (const { call, book, of } of BOOKS) {
      const name = of(who);
      expected[book].add(name);
      const found = counted[book].get(name)?.length ?? 0;
      if (found > 1 && mine.some((run) => residual.has(run.run))) totals.residual += 1;
      else if (found > 1) faults.doubled.push(`${id}: ${found} ${book}`);
      if (found === 0 && (calls.has(call) || mine.some((run) => run.status === 'completed'))) faults.lost.push(`${id}: ${call} is done, and no ${book}`);
      if (found > 0 && mine.length === 0) faults.unexplained.push(`${id}: ${book} without a run`);
    }
  });
  for (const { book } of BOOKS) {
    for (const name of counted[book].keys()) if (!expected[book].has(name)) faults.unexplained.push(`${name}: in the ${book} and nobody called`);
  }
  const unaccounted = Object.values(faults).reduce((sum, list) => sum + list.length, 0);
  return {
    ...totals, reasons, sentences, books: Object.fromEntries(BOOKS.map(({ book, entries }) => [book, entries(books).length])),
    lost: faults.lost.length, doubled: faults.doubled.length, unexplained: faults.unexplained.length, unaccounted, examples: Object.values(faults).flatMap((list) => list.slice(0, 10)),
  };
}
