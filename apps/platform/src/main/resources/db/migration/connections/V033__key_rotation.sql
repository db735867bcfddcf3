-- Keys change while everything runs: which key-encryption key wraps a tenant's keys, and whether secrets wait to be
-- sealed anew.

ALTER TABLE patchbay.tenant_key
  ADD COLUMN kek_id bigint,  -- the key-encryption key that wraps it; null: one from before this was kept
  ADD COLUMN rotated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN reseal boolean NOT NULL DEFAULT false;  -- secrets may still be sealed with an older key
GRANT UPDATE ON patchbay.tenant_key TO patchbay_app;

CREATE POLICY key_work ON patchbay.tenant_key FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, kek_id, reseal) ON patchbay.tenant_key TO patchbay_claimer;

-- Tenants whose keys another key-encryption key wraps, or whose secrets wait for the new key.
CREATE FUNCTION patchbay.tenants_with_key_work(present_kek bigint)
RETURNS TABLE (tenant_id text, rewrap boolean, reseal boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT k.tenant_id, k.kek_id IS DISTINCT FROM present_kek, k.reseal FROM patchbay.tenant_key k
  WHERE k.kek_id IS DISTINCT FROM present_kek OR k.reseal;
END;
CALL patchbay.hang_door('patchbay.tenants_with_key_work(bigint)', 'patchbay_claimer');
