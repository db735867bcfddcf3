// Reads what the database holds of the calls.

/** Counts open runs, effects and hand-overs of events. The open work of parked runs is not counted: it waits for a person. */
export function countOpenWork(stack) {
  const tenant = `tenant_id = '${stack.dev.tenantId}'`;
  const [[runs, effects, events]] = stack.query(`SELECT
    (SELECT count(*) FROM patchbay.run WHERE ${tenant} AND status IN ('running', 'waiting')),
    (SELECT count(*) FROM patchbay.effect e JOIN patchbay.run r
        ON r.tenant_id = e.tenant_id AND r.run_id = split_part(e.key, '/', 1)
      WHERE e.${tenant} AND e.state IN ('PLANNED', 'UNKNOWN') AND r.status NOT IN ('parked', 'failed', 'cancelled')),
    (SELECT count(*) FROM patchbay.event_dispatch WHERE ${tenant} AND state IN ('READY', 'CLAIMED'));`);
  return { runs: Number(runs), effects: Number(effects), events: Number(events) };
}

/** The events, runs, completed steps and incidents of the calls, and how many effects were looked up. */
export function readStored(stack) {
  const tenant = `tenant_id = '${stack.dev.tenantId}'`;
  const events = stack.query(`
    SELECT e.subject, e.event_id, d.state FROM patchbay.event e LEFT JOIN patchbay.event_dispatch d USING (tenant_id, event_id)
    WHERE e.${tenant} AND e.subject LIKE 'call_crash%';`);
  const runs = stack.query(`
    SELECT e.subject, r.run_id, r.status, coalesce(r.cause_code, ''), coalesce(r.cause_sentence, '')
    FROM patchbay.run r JOIN patchbay.event e USING (tenant_id, event_id)
    WHERE r.${tenant} AND e.subject LIKE 'call_crash%';`);
  const steps = stack.query(`
    SELECT DISTINCT run_id, call FROM patchbay.step WHERE ${tenant} AND call IS NOT NULL AND status = 'completed';`);
  const incidents = stack.query(`SELECT kind, key FROM patchbay.effect_incident WHERE ${tenant};`);
  const [[lookedUp]] = stack.query(`SELECT count(*) FROM patchbay.effect WHERE ${tenant} AND looked_up;`);
  return {
    events: events.map(([id, event, state]) => ({ id, event, state })),
    runs: runs.map(([id, run, status, cause, sentence]) => ({ id, run, status, cause, sentence })),
    steps: steps.map(([run, call]) => ({ run, call })),
    incidents: incidents.map(([kind, key]) => ({ kind, key })),
    lookedUp: Number(lookedUp),
  };
}
