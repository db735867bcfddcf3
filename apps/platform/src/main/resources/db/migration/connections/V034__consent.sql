-- Accounts connected by their owner's consent, and what is known of a renewal whose answer never came.

ALTER TABLE patchbay.connection
  ADD COLUMN account text,  -- what the provider calls the account, once somebody consented
  ADD COLUMN refresh_begun_at timestamptz;  -- a renewal was begun then, and nobody knows how it ended; null otherwise
CREATE UNIQUE INDEX connection_account ON patchbay.connection (tenant_id, provider, base_url, account);

-- A consent under way: opened once by its ticket, taken once by the state that comes back. State and PKCE verifier are
-- derived from the browser's secret, so nothing here lets anybody finish it.
CREATE TABLE patchbay.account_consent (
  tenant_id     text NOT NULL REFERENCES patchbay.tenant,
  ticket_hash   bytea NOT NULL UNIQUE,  -- of 32 random bytes
  state_hash    bytea UNIQUE,           -- null until it is opened
  provider      text NOT NULL,
  connection_id text NOT NULL,
  again         boolean NOT NULL,       -- whether it has to be the account of that connection
  name          text NOT NULL,
  settings      jsonb NOT NULL,
  actor         text NOT NULL,
  session_id    text,                   -- the only session that may go on; null: whoever has the ticket
  expires_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, ticket_hash)
);
SELECT patchbay.wall('patchbay.account_consent', 'SELECT, INSERT, UPDATE, DELETE');

-- Browsers say no tenant: whose consent it is, is asked through a door.
CREATE POLICY consent_door ON patchbay.account_consent FOR SELECT TO patchbay_doorkeeper USING (true);
GRANT SELECT (tenant_id, ticket_hash, state_hash) ON patchbay.account_consent TO patchbay_doorkeeper;
CREATE FUNCTION patchbay.consent_tenant(wanted bytea)
RETURNS TABLE (tenant_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id FROM patchbay.account_consent c WHERE c.ticket_hash = wanted OR c.state_hash = wanted;
END;
CALL patchbay.hang_door('patchbay.consent_tenant(bytea)', 'patchbay_doorkeeper');
