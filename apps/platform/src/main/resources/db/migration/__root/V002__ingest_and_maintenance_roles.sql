-- Two more keepers of doors: the ingester stores what arrived for many tenants in one statement, the janitor removes what
-- retention no longer keeps. Both without login, as the others are.

DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['patchbay_ingester', 'patchbay_janitor'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
    END IF;
    EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA patchbay TO patchbay_ingester, patchbay_janitor;
