-- Events are claimed in turns: first by agency, then by client, whose last turn was longest ago first. Before, the oldest event came
-- first, so that an agency's whole backlog went before the next event of another.

CREATE TABLE patchbay.event_turn (
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  last_at   timestamptz NOT NULL,            -- when an event of the client was claimed last
  PRIMARY KEY (tenant_id, client_id)
) WITH (fillfactor = 50);
CREATE INDEX event_turn_by_tenant ON patchbay.event_turn (tenant_id, last_at);
SELECT patchbay.enable_tenant_rls('patchbay.event_turn', 'SELECT');
CREATE POLICY claim_turns ON patchbay.event_turn TO patchbay_claimer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON patchbay.event_turn TO patchbay_claimer;

DROP FUNCTION patchbay.claim_events(text, int, int, interval);

-- Claims up to max_events for a worker until the lease ends. No client holds more than max_per_client at once and no agency more
-- than max_per_tenant. Clients with unfinished events are found by hopping over the index.
CREATE FUNCTION patchbay.claim_events(worker text, max_events int, max_per_client int, max_per_tenant int, lease interval)
RETURNS TABLE (tenant_id text, event_id text, attempt int, last_one boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE lane AS (
    (SELECT d.tenant_id, d.client_id FROM patchbay.event_dispatch d
     WHERE d.state IN ('READY', 'CLAIMED') ORDER BY d.tenant_id, d.client_id LIMIT 1)
    UNION ALL
    SELECT following.tenant_id, following.client_id FROM lane CROSS JOIN LATERAL (
      SELECT d.tenant_id, d.client_id FROM patchbay.event_dispatch d
      WHERE d.state IN ('READY', 'CLAIMED') AND (d.tenant_id, d.client_id) > (lane.tenant_id, lane.client_id)
      ORDER BY d.tenant_id, d.client_id LIMIT 1) following),
  busy AS MATERIALIZED (
    SELECT d.tenant_id, d.client_id, count(*) AS held FROM patchbay.event_dispatch d
    WHERE d.state = 'CLAIMED' AND d.ready_at > clock_timestamp() GROUP BY 1, 2),
  client_turn AS MATERIALIZED (
    SELECT lane.tenant_id, lane.client_id, t.last_at, greatest(0, max_per_client - coalesce(busy.held, 0)) AS room
    FROM lane LEFT JOIN busy USING (tenant_id, client_id) LEFT JOIN patchbay.event_turn t USING (tenant_id, client_id)),
  tenant_turn AS MATERIALIZED (
    SELECT l.tenant_id, (SELECT max(t.last_at) FROM patchbay.event_turn t WHERE t.tenant_id = l.tenant_id) AS last_at,
           max_per_tenant - coalesce((SELECT sum(b.held) FROM busy b WHERE b.tenant_id = l.tenant_id), 0) AS room
    FROM (SELECT DISTINCT lane.tenant_id FROM lane) l),
  candidate AS (
    SELECT c.tenant_id, next.event_id, next.ready_at,
           row_number() OVER (PARTITION BY c.tenant_id ORDER BY next.place, c.last_at NULLS FIRST, next.ready_at) AS place
    FROM client_turn c CROSS JOIN LATERAL (
      SELECT d.event_id, d.ready_at, row_number() OVER (ORDER BY d.ready_at) AS place
      FROM patchbay.event_dispatch d
      WHERE d.tenant_id = c.tenant_id AND d.client_id = c.client_id
        AND d.state IN ('READY', 'CLAIMED') AND d.ready_at <= clock_timestamp()
      ORDER BY d.ready_at LIMIT least(max_events, c.room)) next),
  due AS MATERIALIZED (
    SELECT c.tenant_id, c.event_id FROM candidate c JOIN tenant_turn t USING (tenant_id)
    WHERE c.place <= t.room
    ORDER BY c.place, t.last_at NULLS FIRST, c.ready_at LIMIT max_events),
  claimable AS MATERIALIZED (
    SELECT d.tenant_id, d.event_id, d.client_id FROM patchbay.event_dispatch d JOIN due USING (tenant_id, event_id)
    WHERE d.state IN ('READY', 'CLAIMED') AND d.ready_at <= clock_timestamp()
    FOR UPDATE OF d SKIP LOCKED),
  turn AS (
    INSERT INTO patchbay.event_turn AS t (tenant_id, client_id, last_at)
    SELECT DISTINCT c.tenant_id, c.client_id, statement_timestamp() FROM claimable c ORDER BY 1, 2
    ON CONFLICT (tenant_id, client_id) DO UPDATE SET last_at = greatest(t.last_at, excluded.last_at))
  UPDATE patchbay.event_dispatch d
  SET state = 'CLAIMED', claimed_by = worker, ready_at = clock_timestamp() + lease, attempts = d.attempts + 1
  FROM claimable c WHERE d.tenant_id = c.tenant_id AND d.event_id = c.event_id
  RETURNING d.tenant_id, d.event_id, d.attempts, d.attempts >= d.max_attempts;
END;
CALL patchbay.grant_definer('patchbay.claim_events(text, int, int, int, interval)', 'patchbay_claimer');
