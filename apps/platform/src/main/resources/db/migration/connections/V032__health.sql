-- How a connection is: its state, why, since when, when it was tested and when it is next.

ALTER TABLE patchbay.connection
  ADD COLUMN state text NOT NULL DEFAULT 'TESTING'
    CHECK (state IN ('NEEDS_SECRET', 'TESTING', 'READY', 'UNHEALTHY', 'DISCONNECTED')),
  ADD COLUMN state_since timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN tested_at timestamptz,
  ADD COLUMN next_test_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '15 minutes',
  ADD COLUMN test_note text;  -- that the provider did not answer the last test; null once it does

-- The wall holds for the owner too, who has no tenant.
ALTER TABLE patchbay.connection NO FORCE ROW LEVEL SECURITY;
UPDATE patchbay.connection
SET state = CASE WHEN unhealthy IS NULL THEN 'TESTING' ELSE 'UNHEALTHY' END,
    next_test_at = clock_timestamp() + random() * interval '15 minutes';
ALTER TABLE patchbay.connection FORCE ROW LEVEL SECURITY;

ALTER TABLE patchbay.connection ADD CONSTRAINT says_why_it_cannot_be_used
  CHECK ((state IN ('NEEDS_SECRET', 'UNHEALTHY', 'DISCONNECTED')) = (unhealthy IS NOT NULL));
CREATE INDEX connection_test_due ON patchbay.connection (next_test_at);

ALTER TABLE patchbay.secret ADD COLUMN set_at timestamptz NOT NULL DEFAULT clock_timestamp();
GRANT DELETE ON patchbay.secret, patchbay.binding TO patchbay_app;

-- Which tests are due is asked across tenants: through a door. Who takes one has it alone until the next is due.
CREATE POLICY test_find ON patchbay.connection FOR SELECT TO patchbay_claimer
  USING (state IN ('TESTING', 'READY', 'UNHEALTHY'));
CREATE POLICY test_take ON patchbay.connection FOR UPDATE TO patchbay_claimer
  USING (state IN ('TESTING', 'READY', 'UNHEALTHY')) WITH CHECK (state IN ('TESTING', 'READY', 'UNHEALTHY'));
GRANT SELECT (state, next_test_at), UPDATE (next_test_at) ON patchbay.connection TO patchbay_claimer;

CREATE FUNCTION patchbay.claim_connection_tests(most int, every interval)
RETURNS TABLE (tenant_id text, connection_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.connection c SET next_test_at = clock_timestamp() + every * (0.9 + 0.2 * random())
  FROM (SELECT d.tenant_id, d.connection_id FROM patchbay.connection d
        WHERE d.next_test_at <= clock_timestamp() AND d.state IN ('TESTING', 'READY', 'UNHEALTHY')
        ORDER BY d.next_test_at LIMIT most FOR UPDATE SKIP LOCKED) due
  WHERE c.tenant_id = due.tenant_id AND c.connection_id = due.connection_id
  RETURNING c.tenant_id, c.connection_id;
END;
CALL patchbay.hang_door('patchbay.claim_connection_tests(int, interval)', 'patchbay_claimer');

-- The address of a disconnected account is nobody's.
GRANT SELECT (state) ON patchbay.connection TO patchbay_doorkeeper;
DROP FUNCTION patchbay.ingress_addresses();
CREATE FUNCTION patchbay.ingress_addresses()
RETURNS TABLE (provider text, hash bytea, tenant_id text, connection_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.provider, c.ingress_key_hash, c.tenant_id, c.connection_id FROM patchbay.connection c
  WHERE c.ingress_key_hash IS NOT NULL AND c.state <> 'DISCONNECTED';
END;
CALL patchbay.hang_door('patchbay.ingress_addresses()', 'patchbay_doorkeeper');
