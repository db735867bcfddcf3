-- Keys change while everything runs: which key-encryption key wraps a tenant's keys, and when its data key was last changed.

ALTER TABLE patchbay.tenant_key
  ADD COLUMN kek_id bigint,  -- the key-encryption key that wraps it; null: one from before this was kept
  ADD COLUMN rotated_at timestamptz NOT NULL DEFAULT clock_timestamp();
GRANT UPDATE ON patchbay.tenant_key TO patchbay_app;

CREATE POLICY key_work ON patchbay.tenant_key FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, kek_id) ON patchbay.tenant_key TO patchbay_claimer;

-- Tenants whose keys another key-encryption key wraps than the present one.
CREATE FUNCTION patchbay.tenants_to_rewrap(present_kek bigint)
RETURNS TABLE (tenant_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT k.tenant_id FROM patchbay.tenant_key k WHERE k.kek_id IS DISTINCT FROM present_kek;
END;
CALL patchbay.hang_door('patchbay.tenants_to_rewrap(bigint)', 'patchbay_claimer');
