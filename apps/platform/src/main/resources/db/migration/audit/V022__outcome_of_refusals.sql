-- Refused sign-ins, denied requests and refused webhooks are in the trail too, with their outcome. Entries without one are hashed as
-- before, so that a chain of an older version stays valid.
ALTER TABLE patchbay.audit_entry
  ADD COLUMN outcome text CONSTRAINT outcome_is_bounded CHECK (octet_length(outcome) <= 64);
GRANT INSERT (outcome) ON patchbay.audit_entry TO patchbay_app;

CREATE OR REPLACE FUNCTION patchbay.audit_line(e patchbay.audit_entry, with_hash boolean) RETURNS text
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
    || CASE WHEN e.outcome IS NULL THEN '' ELSE ',"outcome":' || to_json(e.outcome) END
    || ',"resource":' || to_json(e.resource)
    || ',"seq":' || e.seq
    || ',"sourceIp":' || coalesce(to_json(e.source_ip)::text, 'null')
    || ',"tenantId":' || to_json(e.tenant_id)
    || ',"userAgent":' || coalesce(to_json(e.user_agent)::text, 'null') || '}';
END;
