-- Two helpers under the names of what they do: enable_tenant_rls() for wall(), grant_definer() for hang_door(). Older
-- migrations call the old names, which V900 drops.

-- Enables row-level security on a table with a column tenant_id: patchbay_app sees and writes the rows of the transaction's
-- tenant only. The sub-select is evaluated once a statement; after a transaction the setting is '', not null, hence nullif.
CREATE FUNCTION patchbay.enable_tenant_rls(target regclass, privileges text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY tenant_rows ON %s TO patchbay_app
       USING (tenant_id = (SELECT nullif(current_setting(''patchbay.tenant'', true), '''')))
       WITH CHECK (tenant_id = nullif(current_setting(''patchbay.tenant'', true), ''''))', target);
  EXECUTE format('GRANT %s ON %s TO patchbay_app', privileges, target);
END $$;
REVOKE ALL ON FUNCTION patchbay.enable_tenant_rls FROM public;

-- Gives a SECURITY DEFINER function to the role with whose narrow rights it runs, and lets patchbay_app call it.
CREATE PROCEDURE patchbay.grant_definer(definer_function regprocedure, definer regrole)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('GRANT CREATE ON SCHEMA patchbay TO %s', definer);
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', definer_function);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO patchbay_app', definer_function);
  EXECUTE format('ALTER FUNCTION %s OWNER TO %s', definer_function, definer);
  EXECUTE format('REVOKE CREATE ON SCHEMA patchbay FROM %s', definer);
END $$;
REVOKE ALL ON PROCEDURE patchbay.grant_definer FROM public;
