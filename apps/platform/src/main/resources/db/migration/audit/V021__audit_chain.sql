-- Each tenant's entries form a chain: an entry gets the next number and SHA-256(hash before || its canonical bytes) soon after
-- its transaction committed (docs/audit.md). Only the sealer sets both, once; then nobody changes or removes the entry.

ALTER TABLE patchbay.audit_entry
  ADD COLUMN user_agent   text,
  ADD COLUMN on_behalf_of text,     -- of the platform, acting for the actor; null otherwise
  ADD COLUMN seq          bigint,   -- null until sealed
  ADD COLUMN hash         bytea,
  ADD CONSTRAINT audit_entry_sealed CHECK ((seq IS NULL AND hash IS NULL) OR (seq > 0 AND octet_length(hash) = 32));

CREATE UNIQUE INDEX audit_entry_chain ON patchbay.audit_entry (tenant_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entry_unsealed ON patchbay.audit_entry (tenant_id, at, entry_id) WHERE seq IS NULL;
CREATE INDEX audit_entry_by_actor ON patchbay.audit_entry (tenant_id, actor, entry_id);
CREATE INDEX audit_entry_by_resource ON patchbay.audit_entry (tenant_id, resource, entry_id);
CREATE INDEX audit_entry_by_correlation ON patchbay.audit_entry (tenant_id, correlation_id, entry_id);

-- Who serves may write an entry, but not its place in the chain.
REVOKE INSERT ON patchbay.audit_entry FROM patchbay_app;
GRANT INSERT (tenant_id, entry_id, client_id, actor, action, resource, before_digest, after_digest, correlation_id,
              source_ip, user_agent, on_behalf_of, at) ON patchbay.audit_entry TO patchbay_app;

-- The head of each tenant's chain: the last number and hash given.
CREATE TABLE patchbay.audit_chain (
  tenant_id text PRIMARY KEY REFERENCES patchbay.tenant,
  seq       bigint NOT NULL CHECK (seq >= 0),
  hash      bytea NOT NULL CHECK (octet_length(hash) = 32)
);
SELECT patchbay.wall('patchbay.audit_chain', 'SELECT');

-- An entry as it is hashed, and with its hash as it is exported: one line of JSON in the canonical form of RFC 8785.
-- Members stand in the order of their names; to_json escapes text exactly as that RFC says.
CREATE FUNCTION patchbay.audit_line(e patchbay.audit_entry, with_hash boolean) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT '{"action":' || to_json(e.action)
    || ',"actor":' || to_json(e.actor)
    || ',"after":' || coalesce(to_json(e.after_digest)::text, 'null')
    || ',"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || '","before":' || coalesce(to_json(e.before_digest)::text, 'null')
    || ',"clientId":' || coalesce(to_json(e.client_id)::text, 'null')
    || ',"correlationId":' || to_json(e.correlation_id)
    || CASE WHEN with_hash THEN ',"hash":"' || encode(e.hash, 'hex') || '"' ELSE '' END
    || ',"id":' || to_json(e.entry_id)
    || ',"onBehalfOf":' || coalesce(to_json(e.on_behalf_of)::text, 'null')
    || ',"resource":' || to_json(e.resource)
    || ',"seq":' || e.seq
    || ',"sourceIp":' || coalesce(to_json(e.source_ip)::text, 'null')
    || ',"tenantId":' || to_json(e.tenant_id)
    || ',"userAgent":' || coalesce(to_json(e.user_agent)::text, 'null') || '}';
END;

CREATE POLICY seal_read ON patchbay.audit_entry FOR SELECT TO patchbay_sealer USING (true);
CREATE POLICY seal_write ON patchbay.audit_entry FOR UPDATE TO patchbay_sealer USING (seq IS NULL) WITH CHECK (seq IS NOT NULL);
CREATE POLICY seal_chain ON patchbay.audit_chain TO patchbay_sealer USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (seq, hash) ON patchbay.audit_entry TO patchbay_sealer;
GRANT SELECT, INSERT, UPDATE (seq, hash) ON patchbay.audit_chain TO patchbay_sealer;

-- Whose entries wait to be sealed; found by hopping through the index of those that wait.
CREATE FUNCTION patchbay.unsealed_tenants() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE waiting AS (
    (SELECT e.tenant_id FROM patchbay.audit_entry e WHERE e.seq IS NULL ORDER BY e.tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.tenant_id FROM patchbay.audit_entry e
            WHERE e.seq IS NULL AND e.tenant_id > waiting.tenant_id ORDER BY e.tenant_id LIMIT 1)
    FROM waiting WHERE waiting.tenant_id IS NOT NULL)
  SELECT waiting.tenant_id FROM waiting WHERE waiting.tenant_id IS NOT NULL;
END;
CALL patchbay.hang_door('patchbay.unsealed_tenants()', 'patchbay_sealer');

-- Seals the tenant's oldest waiting entries and says where the chain now ends; no row when another process is at it. The
-- lock on the head makes one chain of what several processes seal: who gets it sees all that was sealed before. A plan made
-- while there were few entries would read all of them for each portion of a backlog, hence the settings.
CREATE FUNCTION patchbay.seal_entries(of_tenant text, most int) RETURNS TABLE (sealed int, seq bigint, hash bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  head  patchbay.audit_chain;
  entry patchbay.audit_entry;
  waiting record;
BEGIN
  INSERT INTO patchbay.audit_chain AS c (tenant_id, seq, hash)
  VALUES (of_tenant, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM patchbay.audit_chain c WHERE c.tenant_id = of_tenant FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  sealed := 0;
  FOR waiting IN
    SELECT e.ctid AS place, e AS line FROM patchbay.audit_entry e
    WHERE e.tenant_id = of_tenant AND e.seq IS NULL ORDER BY e.at, e.entry_id LIMIT most
  LOOP
    entry := waiting.line;
    head.seq := head.seq + 1;
    entry.seq := head.seq;
    head.hash := sha256(head.hash || convert_to(patchbay.audit_line(entry, false), 'UTF8'));
    UPDATE patchbay.audit_entry e SET seq = head.seq, hash = head.hash
    WHERE e.ctid = waiting.place;
    sealed := sealed + 1;
  END LOOP;
  IF sealed > 0 THEN
    UPDATE patchbay.audit_chain c SET seq = head.seq, hash = head.hash WHERE c.tenant_id = of_tenant;
  END IF;
  seq := head.seq;
  hash := head.hash;
  RETURN NEXT;
END $$;
CALL patchbay.hang_door('patchbay.seal_entries(text, int)', 'patchbay_sealer');

-- Nobody rewrites the trail by mistake, the owner of the tables included. Who may switch triggers off still can: that is what
-- the chain and its anchors are for.
CREATE FUNCTION patchbay.audit_is_final() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON patchbay.audit_entry EXECUTE FUNCTION patchbay.audit_is_final();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON patchbay.audit_chain EXECUTE FUNCTION patchbay.audit_is_final();
CREATE TRIGGER advances BEFORE UPDATE ON patchbay.audit_chain FOR EACH ROW
  WHEN (NEW.tenant_id IS DISTINCT FROM OLD.tenant_id OR NEW.seq <= OLD.seq) EXECUTE FUNCTION patchbay.audit_is_final();

CREATE FUNCTION patchbay.audit_sealed_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before patchbay.audit_entry := OLD;
BEGIN
  before.seq := NEW.seq;
  before.hash := NEW.hash;
  IF OLD.seq IS NOT NULL OR NEW IS DISTINCT FROM before THEN
    RAISE EXCEPTION 'the audit trail is append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealed_once BEFORE UPDATE ON patchbay.audit_entry FOR EACH ROW EXECUTE FUNCTION patchbay.audit_sealed_once();
