-- Granted power ends no later than its basis (ADR 0042): a token works only while the tokens by which it was issued, and the
-- user at their beginning, do.
CREATE INDEX service_token_issuer ON patchbay.service_token (tenant_id, issued_by);
CREATE INDEX role_assignment_creator ON patchbay.role_assignment (tenant_id, created_by);

GRANT SELECT (issued_by) ON patchbay.service_token TO patchbay_doorkeeper;

-- The issuer of the first token of the chain, a user or the system, and the end of the chain. No row: a part of it has ended.
CREATE FUNCTION patchbay.find_token_basis(of_tenant text, of_token text, moment timestamptz)
RETURNS TABLE (issuer text, until timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE chain AS (
    SELECT t.issued_by, t.expires_at, t.revoked_at, 1 AS depth FROM patchbay.service_token t
    WHERE t.tenant_id = of_tenant AND t.token_id = of_token
    UNION ALL
    SELECT t.issued_by, t.expires_at, t.revoked_at, c.depth + 1 FROM chain c
    JOIN patchbay.service_token t ON t.tenant_id = of_tenant AND t.token_id = c.issued_by
    WHERE c.depth < 32),
  whole AS (
    SELECT min(c.expires_at) AS until, max(c.depth) AS depth,
      bool_and(c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > moment)) AS works
    FROM chain c)
  SELECT first.issued_by, whole.until FROM whole JOIN chain first ON first.depth = whole.depth
  WHERE whole.works AND first.issued_by NOT LIKE 'tok\_%'
    AND (first.issued_by NOT LIKE 'usr\_%' OR EXISTS (
      SELECT FROM patchbay.app_user u
      WHERE u.tenant_id = of_tenant AND u.user_id = first.issued_by AND u.state = 'active'));
END;
REVOKE ALL ON FUNCTION patchbay.find_token_basis FROM public;
GRANT EXECUTE ON FUNCTION patchbay.find_token_basis TO patchbay_app, patchbay_doorkeeper;

DROP FUNCTION patchbay.use_token(bytea, timestamptz);
CREATE FUNCTION patchbay.use_token(wanted bytea, moment timestamptz)
RETURNS TABLE (tenant_id text, token_id text, permissions text[], client_id text, issuer text, until timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.service_token t SET used_at = moment
  WHERE t.hash = wanted AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > moment)
    AND (t.used_at IS NULL OR t.used_at < moment - interval '1 minute');
  SELECT t.tenant_id, t.token_id, t.permissions, t.client_id, b.issuer, b.until
  FROM patchbay.service_token t
  CROSS JOIN LATERAL patchbay.find_token_basis(t.tenant_id, t.token_id, moment) b
  WHERE t.hash = wanted;
END;
CALL patchbay.grant_definer('patchbay.use_token(bytea, timestamptz)', 'patchbay_doorkeeper');
