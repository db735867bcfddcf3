-- Tokens by which programs call the API; only their SHA-256 is kept.

CREATE TABLE patchbay.service_token (
  tenant_id   text NOT NULL REFERENCES patchbay.tenant,
  token_id    text NOT NULL,
  name        text NOT NULL,
  hash        bytea NOT NULL UNIQUE,  -- of 32 random bytes: nobody learns of another tenant's by colliding with it
  permissions text[] NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, token_id)
);
SELECT patchbay.wall('patchbay.service_token', 'SELECT, INSERT, UPDATE');

-- A token says which tenant it belongs to, so it is looked up before one is known: through a door.
CREATE POLICY token_door ON patchbay.service_token FOR SELECT TO patchbay_doorkeeper USING (true);
GRANT SELECT (tenant_id, token_id, hash, permissions) ON patchbay.service_token TO patchbay_doorkeeper;

CREATE FUNCTION patchbay.find_token(wanted bytea)
RETURNS TABLE (tenant_id text, token_id text, permissions text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT t.tenant_id, t.token_id, t.permissions FROM patchbay.service_token t WHERE t.hash = wanted;
END;
CALL patchbay.hang_door('patchbay.find_token(bytea)', 'patchbay_doorkeeper');
