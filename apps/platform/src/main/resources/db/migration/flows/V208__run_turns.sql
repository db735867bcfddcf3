-- Runs are claimed in turns: first by agency, then by client, whose last turn was longest ago first. Before, the run came first that
-- was due longest, so that an agency's whole backlog went before the next run of another.

CREATE TABLE patchbay.run_turn (
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  last_at   timestamptz NOT NULL,            -- when a run of the client was claimed last
  PRIMARY KEY (tenant_id, client_id)
) WITH (fillfactor = 50);
CREATE INDEX run_turn_by_tenant ON patchbay.run_turn (tenant_id, last_at);
SELECT patchbay.enable_tenant_rls('patchbay.run_turn', 'SELECT');
CREATE POLICY claim_turns ON patchbay.run_turn TO patchbay_claimer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON patchbay.run_turn TO patchbay_claimer;
GRANT SELECT (client_id) ON patchbay.run TO patchbay_claimer;

DROP INDEX patchbay.run_due;
CREATE INDEX run_due_by_client ON patchbay.run (tenant_id, client_id, wake_at) WHERE status = 'waiting' AND wake_at IS NOT NULL;

DROP FUNCTION patchbay.claim_runs(text, bigint, int);

-- Claims up to max_runs that are due, or whose process is dead: its lease has lapsed, or it has a new epoch. No agency gets more
-- than max_per_tenant at this process. No row: there is none, or the lease of the process that asks is not live.
CREATE FUNCTION patchbay.claim_runs(node text, epoch bigint, max_runs int, max_per_tenant int)
RETURNS TABLE (tenant_id text, run_id text, fencing_token bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE lane AS (
    (SELECT c.tenant_id, c.client_id FROM patchbay.run c
     WHERE c.status = 'waiting' AND c.wake_at IS NOT NULL ORDER BY c.tenant_id, c.client_id LIMIT 1)
    UNION ALL
    SELECT following.tenant_id, following.client_id FROM lane CROSS JOIN LATERAL (
      SELECT c.tenant_id, c.client_id FROM patchbay.run c
      WHERE c.status = 'waiting' AND c.wake_at IS NOT NULL AND (c.tenant_id, c.client_id) > (lane.tenant_id, lane.client_id)
      ORDER BY c.tenant_id, c.client_id LIMIT 1) following),
  available AS (
    SELECT lane.tenant_id, lane.client_id, next.run_id, next.wake_at
    FROM lane CROSS JOIN LATERAL (
      SELECT c.run_id, c.wake_at FROM patchbay.run c
      WHERE c.tenant_id = lane.tenant_id AND c.client_id = lane.client_id
        AND c.status = 'waiting' AND c.wake_at <= statement_timestamp()  -- stable, so that the index bounds it
      ORDER BY c.wake_at LIMIT max_runs) next
    UNION ALL
    SELECT c.tenant_id, c.client_id, c.run_id, NULL FROM patchbay.run c
    WHERE c.status = 'running' AND NOT EXISTS (
      SELECT FROM patchbay.node n
      WHERE n.node_id = c.owner_node AND n.epoch = c.owner_epoch AND n.lease_until > clock_timestamp())),
  busy AS MATERIALIZED (
    SELECT c.tenant_id, count(*) AS held FROM patchbay.run c
    WHERE c.status = 'running' AND c.owner_node = claim_runs.node AND c.owner_epoch = claim_runs.epoch GROUP BY 1),
  numbered AS (
    SELECT a.*, t.last_at,
           row_number() OVER (PARTITION BY a.tenant_id, a.client_id ORDER BY a.wake_at NULLS FIRST, a.run_id) AS client_place
    FROM available a LEFT JOIN patchbay.run_turn t USING (tenant_id, client_id)),
  candidate AS (
    SELECT n.*, row_number() OVER (
             PARTITION BY n.tenant_id ORDER BY n.client_place, n.last_at NULLS FIRST, n.wake_at NULLS FIRST, n.run_id) AS place
    FROM numbered n),
  tenant_turn AS MATERIALIZED (
    SELECT l.tenant_id, (SELECT max(t.last_at) FROM patchbay.run_turn t WHERE t.tenant_id = l.tenant_id) AS last_at,
           max_per_tenant - coalesce((SELECT b.held FROM busy b WHERE b.tenant_id = l.tenant_id), 0) AS room
    FROM (SELECT DISTINCT a.tenant_id FROM available a) l),
  due AS MATERIALIZED (
    SELECT c.tenant_id, c.run_id FROM candidate c JOIN tenant_turn t USING (tenant_id)
    WHERE c.place <= t.room
    ORDER BY c.place, t.last_at NULLS FIRST, c.wake_at NULLS FIRST LIMIT max_runs),
  claimable AS MATERIALIZED (
    SELECT c.tenant_id, c.run_id, c.client_id FROM patchbay.run c JOIN due USING (tenant_id, run_id)
    WHERE (c.status = 'waiting' AND c.wake_at <= statement_timestamp())
      OR (c.status = 'running' AND NOT EXISTS (
        SELECT FROM patchbay.node n
        WHERE n.node_id = c.owner_node AND n.epoch = c.owner_epoch AND n.lease_until > clock_timestamp()))
    FOR UPDATE OF c SKIP LOCKED),
  me AS MATERIALIZED (
    SELECT n.node_id, n.epoch FROM patchbay.node n
    WHERE n.node_id = claim_runs.node AND n.epoch = claim_runs.epoch AND n.lease_until > clock_timestamp()),
  turn AS (
    INSERT INTO patchbay.run_turn AS t (tenant_id, client_id, last_at)
    SELECT DISTINCT c.tenant_id, c.client_id, statement_timestamp() FROM claimable c, me ORDER BY 1, 2
    ON CONFLICT (tenant_id, client_id) DO UPDATE SET last_at = greatest(t.last_at, excluded.last_at))
  UPDATE patchbay.run r
  SET status = 'running', fencing_token = r.fencing_token + 1, owner_node = me.node_id, owner_epoch = me.epoch, wake_at = NULL
  FROM claimable c, me
  WHERE r.tenant_id = c.tenant_id AND r.run_id = c.run_id
  RETURNING r.tenant_id, r.run_id, r.fencing_token;
END;
CALL patchbay.grant_definer('patchbay.claim_runs(text, bigint, int, int)', 'patchbay_claimer');
