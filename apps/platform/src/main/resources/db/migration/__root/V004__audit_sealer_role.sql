-- The keeper of the doors through which audit entries get their place in their tenant's chain. Without login, as the others are.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'patchbay_sealer') THEN
    CREATE ROLE patchbay_sealer NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  GRANT patchbay_sealer TO CURRENT_USER;
END $$;
GRANT USAGE ON SCHEMA patchbay TO patchbay_sealer;
