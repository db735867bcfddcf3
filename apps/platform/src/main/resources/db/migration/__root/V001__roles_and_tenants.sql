-- Roles, the schema, the tenant wall, and the two tables everyone may refer to (ADR 0005).
-- Runs as an owner without superuser that may create roles. Roles belong to the whole server, hence "if missing".

DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['patchbay_app', 'patchbay_engine', 'patchbay_claimer', 'patchbay_doorkeeper'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
    END IF;
    -- Since PostgreSQL 16 a role's creator may administer it, but not act as it without this.
    EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
  END LOOP;
END $$;

-- Two logins: app owns nothing and lives behind row-level security; engine owns the durable engine's schema only.
ALTER ROLE patchbay_app LOGIN;
ALTER ROLE patchbay_engine LOGIN;

CREATE SCHEMA patchbay;
CREATE SCHEMA dbos AUTHORIZATION patchbay_engine;
-- The engine's own migrations want it; a trusted extension, so the database's owner may bring it.
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA dbos;
REVOKE ALL ON SCHEMA public FROM public;
GRANT USAGE ON SCHEMA patchbay TO patchbay_app, patchbay_claimer, patchbay_doorkeeper;

-- Puts a table behind the tenant wall: app sees and writes the rows of the transaction's tenant only.
-- The sub-select is evaluated once a statement; after a transaction the setting is '', not null, hence nullif.
CREATE FUNCTION patchbay.wall(walled regclass, privileges text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', walled);
  EXECUTE format(
    'CREATE POLICY tenant_rows ON %s TO patchbay_app
       USING (tenant_id = (SELECT nullif(current_setting(''patchbay.tenant'', true), '''')))
       WITH CHECK (tenant_id = nullif(current_setting(''patchbay.tenant'', true), ''''))', walled);
  EXECUTE format('GRANT %s ON %s TO patchbay_app', privileges, walled);
END $$;
REVOKE ALL ON FUNCTION patchbay.wall FROM public;

-- Hands a function to the role that owns a door, so that it runs with that role's narrow rights.
CREATE PROCEDURE patchbay.hang_door(door regprocedure, keeper regrole)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('GRANT CREATE ON SCHEMA patchbay TO %s', keeper);
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', door);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO patchbay_app', door);
  EXECUTE format('ALTER FUNCTION %s OWNER TO %s', door, keeper);
  EXECUTE format('REVOKE CREATE ON SCHEMA patchbay FROM %s', keeper);
END $$;
REVOKE ALL ON PROCEDURE patchbay.hang_door FROM public;

CREATE TABLE patchbay.tenant (
  tenant_id  text PRIMARY KEY,
  name       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT patchbay.wall('patchbay.tenant', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.client (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  client_id  text NOT NULL,
  name       text NOT NULL,
  time_zone  text NOT NULL,
  settings   jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, client_id)
);
SELECT patchbay.wall('patchbay.client', 'SELECT, INSERT, UPDATE');
