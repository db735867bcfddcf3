-- Consents under way: a person was sent, or is about to be sent, to a provider's page. Only digests of what they carry
-- are kept; a row is good for one use and for ten minutes.

CREATE TABLE patchbay.oauth_start (
  tenant_id     text NOT NULL REFERENCES patchbay.tenant,
  ticket_hash   bytea NOT NULL UNIQUE,  -- of 32 random bytes, as all three
  state_hash    bytea UNIQUE,           -- null until the browser came
  browser_hash  bytea,                  -- of the cookie that the browser was given
  subject       text NOT NULL,          -- who began
  provider      text NOT NULL,
  app_id        text NOT NULL,          -- the connection that holds the app's credentials
  connection_id text,                   -- to be connected again; null for a new one
  name          text NOT NULL,
  expires_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, ticket_hash)
);
SELECT patchbay.wall('patchbay.oauth_start', 'SELECT, INSERT, DELETE');

-- A browser brings a ticket or a state before its tenant is known: through doors.
CREATE POLICY oauth_door ON patchbay.oauth_start TO patchbay_doorkeeper USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (state_hash, browser_hash), DELETE ON patchbay.oauth_start TO patchbay_doorkeeper;

CREATE FUNCTION patchbay.begin_consent(wanted_provider text, ticket bytea, state bytea, browser bytea)
RETURNS TABLE (tenant_id text, subject text, app_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.oauth_start o SET state_hash = state, browser_hash = browser
  WHERE o.ticket_hash = ticket AND o.provider = wanted_provider AND o.state_hash IS NULL
    AND o.expires_at > clock_timestamp()
  RETURNING o.tenant_id, o.subject, o.app_id;
END;
CALL patchbay.hang_door('patchbay.begin_consent(text, bytea, bytea, bytea)', 'patchbay_doorkeeper');

CREATE FUNCTION patchbay.end_consent(wanted_provider text, state bytea, browser bytea)
RETURNS TABLE (tenant_id text, subject text, app_id text, connection_id text, name text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  DELETE FROM patchbay.oauth_start o
  WHERE o.state_hash = state AND o.browser_hash = browser AND o.provider = wanted_provider
    AND o.expires_at > clock_timestamp()
  RETURNING o.tenant_id, o.subject, o.app_id, o.connection_id, o.name;
END;
CALL patchbay.hang_door('patchbay.end_consent(text, bytea, bytea)', 'patchbay_doorkeeper');
