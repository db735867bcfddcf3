-- Flows that an event of their type did not start, because the condition of their trigger was not true on its data.
CREATE TABLE patchbay.flow_trigger_miss (
  tenant_id text NOT NULL REFERENCES patchbay.tenant,
  event_id text NOT NULL,
  flow_id text NOT NULL,
  client_id text NOT NULL,
  correlation_id text NOT NULL,
  version text NOT NULL,
  condition text NOT NULL,       -- as its author wrote it
  failed boolean NOT NULL,       -- it could not be evaluated
  reason text NOT NULL,          -- the values it was evaluated on; empty once a person is erased
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, event_id, flow_id)
);
CREATE INDEX flow_trigger_miss_conversation ON patchbay.flow_trigger_miss (tenant_id, correlation_id);
SELECT patchbay.enable_tenant_rls('patchbay.flow_trigger_miss', 'SELECT, INSERT, UPDATE');

CREATE POLICY janitor_trigger_misses ON patchbay.flow_trigger_miss TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, event_id, flow_id, at), DELETE ON patchbay.flow_trigger_miss TO patchbay_janitor;
CREATE INDEX flow_trigger_miss_age ON patchbay.flow_trigger_miss (at);
CREATE FUNCTION patchbay.prune_trigger_misses(before timestamptz, max_rows int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH old AS MATERIALIZED (
    SELECT m.tenant_id, m.event_id, m.flow_id FROM patchbay.flow_trigger_miss m
    WHERE m.at < before ORDER BY m.at LIMIT max_rows),
  gone AS (
    DELETE FROM patchbay.flow_trigger_miss m USING old
    WHERE m.tenant_id = old.tenant_id AND m.event_id = old.event_id AND m.flow_id = old.flow_id RETURNING 1)
  SELECT count(*) FROM gone;
END;
CALL patchbay.grant_definer('patchbay.prune_trigger_misses(timestamptz, int)', 'patchbay_janitor');
