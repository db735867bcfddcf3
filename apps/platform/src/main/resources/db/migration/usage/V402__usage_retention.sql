-- Snapshots and daily sums older than ten years are deleted in batches;
-- months of records are dropped as partitions (drop_usage_partitions).
CREATE POLICY janitor_usage_snapshots ON patchbay.usage_snapshot TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, connection_id, subject, revision, occurred_at), DELETE ON patchbay.usage_snapshot TO patchbay_janitor;
CREATE POLICY janitor_usage_days ON patchbay.usage_day TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, client_id, day), DELETE ON patchbay.usage_day TO patchbay_janitor;
CREATE INDEX usage_snapshot_age ON patchbay.usage_snapshot USING brin (occurred_at);
CREATE INDEX usage_day_age ON patchbay.usage_day USING brin (day);

CREATE FUNCTION patchbay.prune_usage(before timestamptz, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH old AS MATERIALIZED (
    SELECT s.tenant_id, s.connection_id, s.subject, s.revision FROM patchbay.usage_snapshot s
    WHERE s.occurred_at < before LIMIT most),
  snapshots AS (
    DELETE FROM patchbay.usage_snapshot s USING old
    WHERE s.tenant_id = old.tenant_id AND s.connection_id = old.connection_id AND s.subject = old.subject
      AND s.revision = old.revision RETURNING 1),
  days AS (
    DELETE FROM patchbay.usage_day d WHERE d.day < (before AT TIME ZONE 'UTC')::date - 1 RETURNING 1)
  SELECT (SELECT count(*) FROM snapshots) + (SELECT count(*) FROM days);
END;
CALL patchbay.grant_definer('patchbay.prune_usage(timestamptz, int)', 'patchbay_janitor');
