-- A webhook address moves while the provider still sends to the one before; a mapping can be taken back.

ALTER TABLE patchbay.connection
  ADD COLUMN previous_ingress_key_hash bytea UNIQUE;  -- accepted beside the present one until it is retired
GRANT SELECT (previous_ingress_key_hash) ON patchbay.connection TO patchbay_doorkeeper;
GRANT DELETE ON patchbay.route TO patchbay_app;

CREATE OR REPLACE FUNCTION patchbay.ingress_addresses()
RETURNS TABLE (provider text, hash bytea, tenant_id text, connection_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.provider, address.hash, c.tenant_id, c.connection_id
  FROM patchbay.connection c, unnest(ARRAY[c.ingress_key_hash, c.previous_ingress_key_hash]) AS address (hash)
  WHERE address.hash IS NOT NULL AND c.state <> 'DISCONNECTED';
END;
