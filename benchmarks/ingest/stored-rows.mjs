// Reads what ingress has stored, and verifies a load against it.
import fs from 'node:fs';
import { groupRows, readAnswers, verifyAnswers } from './verify.mjs';

function readRows(stack, prefix) {
  return stack.query(`
    WITH ours AS (SELECT tenant_id, event_id, subject FROM patchbay.event
        WHERE tenant_id = '${stack.dev.tenantId}' AND subject LIKE '${prefix}%'),
      dedup AS (SELECT substr(key, strpos(key, ':') + 1) AS id, event_id FROM patchbay.ingress_dedup
        WHERE tenant_id = '${stack.dev.tenantId}' AND key LIKE '%:${prefix}%'),
      raw AS (SELECT event_id, count(*) AS n FROM patchbay.ingress_raw WHERE tenant_id = '${stack.dev.tenantId}' GROUP BY 1),
      dispatch AS (SELECT event_id, count(*) AS n FROM patchbay.event_dispatch WHERE tenant_id = '${stack.dev.tenantId}' GROUP BY 1)
    SELECT coalesce(dedup.id, ours.subject), dedup.event_id, ours.event_id, coalesce(raw.n, 0), coalesce(dispatch.n, 0)
    FROM dedup FULL JOIN ours ON ours.event_id = dedup.event_id
      LEFT JOIN raw ON raw.event_id = coalesce(dedup.event_id, ours.event_id)
      LEFT JOIN dispatch ON dispatch.event_id = coalesce(dedup.event_id, ours.event_id);`);
}

/** Verifies one load and then empties the tables, so that every round starts alike. */
export function verifyLoad(stack, prefix, answers) {
  const result = verifyAnswers(readAnswers(answers), groupRows(readRows(stack, prefix)));
  fs.rmSync(answers);
  stack.truncate(['ingress_dedup', 'ingress_raw', 'event', 'event_dispatch', 'event_route']);
  return result;
}
