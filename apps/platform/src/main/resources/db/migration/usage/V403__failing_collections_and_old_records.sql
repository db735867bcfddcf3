-- Since when a pass has failed without a page in between; null while it does not.
ALTER TABLE patchbay.usage_collection ADD COLUMN failing_since timestamptz;

-- Months before the ones that were prepared lie in the default partition: their records are deleted in batches, together with
-- the snapshots of their subjects. A subject's records refer to each other only, so they are deleted in one statement.
CREATE INDEX usage_record_other_age ON patchbay.usage_record_other USING brin (occurred_at);
CREATE POLICY janitor_usage_records ON patchbay.usage_record_other TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, connection_id, subject, occurred_at), DELETE ON patchbay.usage_record_other TO patchbay_janitor;

CREATE FUNCTION patchbay.prune_usage_records(before timestamptz, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH old AS MATERIALIZED (
    SELECT DISTINCT tenant_id, connection_id, subject, occurred_at FROM (
      SELECT r.tenant_id, r.connection_id, r.subject, r.occurred_at FROM patchbay.usage_record_other r
      WHERE r.occurred_at < before LIMIT most) batch),
  records AS (
    DELETE FROM patchbay.usage_record_other r USING old
    WHERE r.tenant_id = old.tenant_id AND r.connection_id = old.connection_id AND r.subject = old.subject
      AND r.occurred_at = old.occurred_at RETURNING 1)
  SELECT count(*) FROM records;
END;
CALL patchbay.grant_definer('patchbay.prune_usage_records(timestamptz, int)', 'patchbay_janitor');

-- A record is reversed at most once. Few records reverse another one, so only these are in the index.
DO $$
DECLARE
  old text;
BEGIN
  SELECT conname INTO STRICT old FROM pg_constraint
  WHERE conrelid = 'patchbay.usage_record'::regclass AND contype = 'u';
  EXECUTE format('ALTER TABLE patchbay.usage_record DROP CONSTRAINT %I', old);
END $$;
CREATE UNIQUE INDEX usage_record_reversal ON patchbay.usage_record
  (tenant_id, client_id, reverses_seq, reverses_n, occurred_at) WHERE reverses_seq IS NOT NULL;
