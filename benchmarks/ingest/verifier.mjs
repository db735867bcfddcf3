// Every id is accounted for: what was answered is compared with what the database holds.
import fs from 'node:fs';

/** Answers by id: how often accepted, with which event ids, and whether anything else came back. */
export function readAnswers(file) {
  const told = new Map();
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!line) continue;
    const [id, status, eventId] = line.split(' ');
    const one = told.get(id) ?? { accepted: 0, duplicates: 0, refused: 0, unclear: 0, events: new Set() };
    if (status === '202') one.accepted += 1;
    else if (status === '200') one.duplicates += 1;
    else if (status.startsWith('4') && status !== '429') one.refused += 1;
    else one.unclear += 1; // no answer, 429 or 5xx: may be stored or not
    if (status === '202' || status === '200') one.events.add(eventId);
    told.set(id, one);
  }
  return told;
}

/** Rows by id, as the four tables have them. */
export function readRows(stage, prefix) {
  const rows = stage.sql(`
    WITH ours AS (SELECT tenant_id, event_id, subject FROM patchbay.event
        WHERE tenant_id = '${stage.dev.tenantId}' AND subject LIKE '${prefix}%'),
      dedup AS (SELECT substr(key, strpos(key, ':') + 1) AS id, event_id FROM patchbay.ingress_dedup
        WHERE tenant_id = '${stage.dev.tenantId}' AND key LIKE '%:${prefix}%'),
      raw AS (SELECT event_id, count(*) AS n FROM patchbay.ingress_raw WHERE tenant_id = '${stage.dev.tenantId}' GROUP BY 1),
      dispatch AS (SELECT event_id, count(*) AS n FROM patchbay.event_dispatch WHERE tenant_id = '${stage.dev.tenantId}' GROUP BY 1)
    SELECT coalesce(dedup.id, ours.subject), dedup.event_id, ours.event_id, coalesce(raw.n, 0), coalesce(dispatch.n, 0)
    FROM dedup FULL JOIN ours ON ours.event_id = dedup.event_id
      LEFT JOIN raw ON raw.event_id = coalesce(dedup.event_id, ours.event_id)
      LEFT JOIN dispatch ON dispatch.event_id = coalesce(dedup.event_id, ours.event_id);`);
  const stored = new Map();
  for (const [id, key, event, raw, dispatch] of rows) {
    const whole = key !== null && key === event && raw === '1' && dispatch === '1';
    stored.set(id, [...(stored.get(id) ?? []), { event, whole }]);
  }
  return stored;
}

/** What is wrong with this id, or nothing. */
export function fault(answers, rows) {
  if (rows.length > 1) return `stored ${rows.length} times`;
  if (rows.length === 1 && !answers) return 'stored, but never sent';
  if (rows.length === 1 && !rows[0].whole) return 'stored in part';
  if (answers.accepted > 1) return `accepted ${answers.accepted} times`;
  if (answers.events.size > 1) return 'answered with different event ids';
  if (answers.events.size === 1) {
    if (rows.length === 0) return 'answered 2xx and not stored';
    if (!answers.events.has(rows[0].event)) return 'answered with another event id than is stored';
    if (answers.accepted === 0 && answers.unclear === 0) return 'only ever called a duplicate';
    return null;
  }
  return rows.length === 1 && answers.unclear === 0 ? 'refused, yet stored' : null;
}

export function verify(told, stored) {
  const faults = new Map();
  const totals = { ids: told.size, accepted: 0, duplicates: 0, refused: 0, unclear: 0, unclearStored: 0, stored: 0 };
  for (const id of new Set([...told.keys(), ...stored.keys()])) {
    const answers = told.get(id);
    const rows = stored.get(id) ?? [];
    const wrong = fault(answers, rows);
    if (wrong) faults.set(id, wrong);
    totals.stored += rows.length;
    for (const name of ['accepted', 'duplicates', 'refused', 'unclear']) totals[name] += answers?.[name] ?? 0;
    if (answers?.events.size === 0 && rows.length === 1) totals.unclearStored += 1;
  }
  return { ...totals, unaccounted: faults.size, examples: [...faults].slice(0, 10).map(([id, why]) => `${id}: ${why}`) };
}

/** Verifies one load and then empties the tables, so that each round begins alike. */
export function account(stage, prefix, answers) {
  const result = verify(readAnswers(answers), readRows(stage, prefix));
  fs.rmSync(answers);
  stage.sql('TRUNCATE patchbay.ingress_dedup, patchbay.ingress_raw, patchbay.event, patchbay.event_dispatch, patchbay.event_route;');
  return result;
}
