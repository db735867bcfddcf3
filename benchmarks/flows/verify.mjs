// Every accepted webhook is one completed run, and every run acted once, by the providers' own books.
import fs from 'node:fs';

export function by(list, key) {
  const groups = new Map();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

/** When each id was due, in milliseconds of 1970. */
export const sent = (file) => new Map(fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => line.split(' ')).map(([id, , , at]) => [id, Number(at)]));

/**
 * @param told answers by id (ingest/verifier.mjs)
 * @param runs rows {id, status, phone}
 * @param books the sandbox's state
 */
export function verify(told, runs, books) {
  const faults = [];
  const byId = by(runs, (one) => one.id);
  const contacts = by(books.highlevel.contacts, (one) => one.phone);
  const texts = by(books.twilio.messages, (one) => one.to);
  const totals = { ids: told.size, accepted: 0, unclear: 0, runs: runs.length, contacts: books.highlevel.contacts.length, texts: books.twilio.messages.length };
  for (const [id, answers] of told) {
    totals.accepted += answers.accepted;
    totals.unclear += answers.unclear;
    const mine = byId.get(id) ?? [];
    if (answers.accepted > 0 && mine.length !== 1) faults.push(`${id}: accepted, and ${mine.length} runs`);
  }
  for (const { id, status, phone } of runs) {
    if (!told.has(id)) faults.push(`${id}: a run that nobody sent`);
    if (status !== 'completed') faults.push(`${id}: the run is ${status}`);
    for (const [what, book] of [['contacts', contacts], ['texts', texts]]) {
      const found = book.get(phone)?.length ?? 0;
      if (found !== 1) faults.push(`${id}: ${found} ${what} of ${phone}`);
    }
  }
  const phones = new Set(runs.map((one) => one.phone));
  for (const phone of new Set([...contacts.keys(), ...texts.keys()])) if (!phones.has(phone)) faults.push(`${phone}: in a book without a run`);
  return { ...totals, unaccounted: faults.length, examples: faults.slice(0, 10) };
}
