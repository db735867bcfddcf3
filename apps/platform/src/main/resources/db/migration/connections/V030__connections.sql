-- Accounts at providers, their sealed secrets, and which of them serves whom.

CREATE TABLE patchbay.connection (
  tenant_id        text NOT NULL REFERENCES patchbay.tenant,
  connection_id    text NOT NULL,
  provider         text NOT NULL,
  name             text NOT NULL,
  base_url         text NOT NULL,
  settings         jsonb NOT NULL DEFAULT '{}',
  unhealthy        text,          -- why it cannot be used, as a sentence; null while it can
  ingress_key_hash bytea UNIQUE,  -- SHA-256 of the random key in its webhook address
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, connection_id)
);
SELECT patchbay.wall('patchbay.connection', 'SELECT, INSERT, UPDATE');

-- One data key a tenant, wrapped by the key-encryption key, which is not in the database.
CREATE TABLE patchbay.tenant_key (
  tenant_id text PRIMARY KEY REFERENCES patchbay.tenant,
  wrapped   bytea NOT NULL
);
SELECT patchbay.wall('patchbay.tenant_key', 'SELECT, INSERT');

CREATE TABLE patchbay.secret (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  name          text NOT NULL,
  sealed        bytea NOT NULL,  -- opens only for this tenant, connection and name
  expires_at    timestamptz,
  PRIMARY KEY (tenant_id, connection_id, name),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES patchbay.connection
);
SELECT patchbay.wall('patchbay.secret', 'SELECT, INSERT, UPDATE');

-- Which connection serves a port ('crm', 'calendar', 'messaging') for a client; client '' is the tenant's default.
CREATE TABLE patchbay.binding (
  tenant_id     text NOT NULL,
  client_id     text NOT NULL DEFAULT '',
  port          text NOT NULL,
  connection_id text NOT NULL,
  settings      jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, client_id, port),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES patchbay.connection
);
SELECT patchbay.wall('patchbay.binding', 'SELECT, INSERT, UPDATE');

-- Whom a webhook is about: a provider's agent, location or number belongs to a client.
CREATE TABLE patchbay.route (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  kind          text NOT NULL,
  external_id   text NOT NULL,
  client_id     text NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, kind, external_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES patchbay.connection,
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
SELECT patchbay.wall('patchbay.route', 'SELECT, INSERT, UPDATE');

-- A webhook's address is all that says whose it is: looked up through a door.
CREATE POLICY ingress_door ON patchbay.connection FOR SELECT TO patchbay_doorkeeper
  USING (ingress_key_hash IS NOT NULL);
GRANT SELECT (tenant_id, connection_id, provider, ingress_key_hash) ON patchbay.connection TO patchbay_doorkeeper;

CREATE FUNCTION patchbay.find_ingress(wanted_provider text, wanted_hash bytea)
RETURNS TABLE (tenant_id text, connection_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.connection_id FROM patchbay.connection c
  WHERE c.ingress_key_hash = wanted_hash AND c.provider = wanted_provider;
END;
CALL patchbay.hang_door('patchbay.find_ingress(text, bytea)', 'patchbay_doorkeeper');
