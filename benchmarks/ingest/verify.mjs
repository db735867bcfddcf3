// Accounts for every id: compares what was answered with what the database holds.
import fs from 'node:fs';

/**
 * Answers by id, from a file with a line "id status eventId" for each.
 * `unclear` counts no answer, 429 and 5xx: the webhook may be stored or not.
 */
export function readAnswers(file) {
  const answers = new Map();
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const [id, status, eventId] = line.split(' ');
    if (!answers.has(id)) answers.set(id, createAnswers());
    countAnswer(answers.get(id), Number(status), eventId);
  }
  return answers;
}

export const createAnswers = () => ({ accepted: 0, duplicates: 0, refused: 0, unclear: 0, events: new Set() });

export function countAnswer(answers, status, eventId) {
  if (status === 202) answers.accepted += 1;
  else if (status === 200) answers.duplicates += 1;
  else if (status >= 400 && status < 500 && status !== 429) answers.refused += 1;
  else answers.unclear += 1;
  if (status === 202 || status === 200) answers.events.add(eventId);
}

/**
 * Stored events by id.
 * @param rows [id, event of the key, event, number of raw bodies, number of dispatches]
 */
export function groupRows(rows) {
  const stored = new Map();
  for (const [id, key, event, raw, dispatch] of rows) {
    const complete = key !== null && key === event && raw === '1' && dispatch === '1';
    stored.set(id, [...(stored.get(id) ?? []), { event, complete }]);
  }
  return stored;
}

/** The fault in the answers and rows of one id, or undefined. */
function findFault(answers, rows) {
  if (rows.length > 1) return `stored ${rows.length} times`;
  if (rows.length === 1 && !answers) return 'stored, but never sent';
  if (rows.length === 1 && !rows[0].complete) return 'stored in part';
  if (answers.events.size === 0) return rows.length === 1 && answers.unclear === 0 ? 'refused, yet stored' : undefined;
  return findFaultOfStored(answers, rows);
}

function findFaultOfStored(answers, [row]) {
  if (answers.accepted > 1) return `accepted ${answers.accepted} times`;
  if (answers.events.size > 1) return 'answered with different event ids';
  if (!row) return 'answered 2xx and not stored';
  if (!answers.events.has(row.event)) return 'answered with another event id than is stored';
  return answers.accepted === 0 && answers.unclear === 0 ? 'answered as a duplicate only' : undefined;
}

export function verifyAnswers(answersById, stored) {
  const faults = new Map();
  const totals = {
    ids: answersById.size,
    accepted: 0,
    duplicates: 0,
    refused: 0,
    unclear: 0,
    unclearStored: 0,
    stored: 0,
  };
  for (const id of new Set([...answersById.keys(), ...stored.keys()])) {
    const answers = answersById.get(id);
    const rows = stored.get(id) ?? [];
    const fault = findFault(answers, rows);
    if (fault) faults.set(id, fault);
    totals.stored += rows.length;
    for (const name of ['accepted', 'duplicates', 'refused', 'unclear']) totals[name] += answers?.[name] ?? 0;
    if (answers?.events.size === 0 && rows.length === 1) totals.unclearStored += 1;
  }
  const examples = [...faults].slice(0, 10).map(([id, fault]) => `${id}: ${fault}`);
  return { ...totals, unaccounted: faults.size, examples };
}
