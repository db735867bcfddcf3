-- All webhook addresses at once, so that requests to addresses that do not exist cost the database nothing, however many
-- come. Replaces the look-up of a single one.

DROP FUNCTION patchbay.find_ingress(text, bytea);
CREATE FUNCTION patchbay.ingress_addresses()
RETURNS TABLE (provider text, hash bytea, tenant_id text, connection_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.provider, c.ingress_key_hash, c.tenant_id, c.connection_id FROM patchbay.connection c
  WHERE c.ingress_key_hash IS NOT NULL;
END;
CALL patchbay.hang_door('patchbay.ingress_addresses()', 'patchbay_doorkeeper');
