-- Mails are claimed in turns: that of the agency comes first whose last turn was longest ago, so that a thousand mails of one
-- agency do not delay the next mail of another.

CREATE TABLE patchbay.mail_turn (
  tenant_id text PRIMARY KEY,
  last_at   timestamptz NOT NULL             -- when a mail of the tenant was claimed last
) WITH (fillfactor = 50);
SELECT patchbay.enable_tenant_rls('patchbay.mail_turn', 'SELECT');
CREATE POLICY claim_turns ON patchbay.mail_turn TO patchbay_claimer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON patchbay.mail_turn TO patchbay_claimer;

CREATE INDEX mail_due_by_tenant ON patchbay.mail (tenant_id, next_at) WHERE next_at IS NOT NULL;

DROP FUNCTION patchbay.claim_mail(timestamptz, timestamptz);
CREATE FUNCTION patchbay.claim_mail(moment timestamptz, until timestamptz)
RETURNS TABLE (tenant_id text, mail_id text, attempts int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE lane AS (
    (SELECT m.tenant_id FROM patchbay.mail m WHERE m.next_at IS NOT NULL ORDER BY m.tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT m.tenant_id FROM patchbay.mail m
            WHERE m.next_at IS NOT NULL AND m.tenant_id > lane.tenant_id ORDER BY m.tenant_id LIMIT 1)
    FROM lane WHERE lane.tenant_id IS NOT NULL),
  candidate AS MATERIALIZED (
    SELECT lane.tenant_id, next.mail_id, next.next_at, t.last_at
    FROM lane LEFT JOIN patchbay.mail_turn t USING (tenant_id) CROSS JOIN LATERAL (
      SELECT m.mail_id, m.next_at FROM patchbay.mail m
      WHERE m.tenant_id = lane.tenant_id AND m.next_at <= moment
      ORDER BY m.next_at LIMIT 16) next),     -- other dispatchers may hold the first
  due AS MATERIALIZED (
    SELECT d.tenant_id, d.mail_id FROM candidate c JOIN patchbay.mail d USING (tenant_id, mail_id)
    WHERE d.next_at <= moment
    ORDER BY c.last_at NULLS FIRST, c.next_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED),
  turn AS (
    INSERT INTO patchbay.mail_turn AS t (tenant_id, last_at) SELECT due.tenant_id, statement_timestamp() FROM due
    ON CONFLICT (tenant_id) DO UPDATE SET last_at = greatest(t.last_at, excluded.last_at))
  UPDATE patchbay.mail m SET next_at = until, attempts = m.attempts + 1 FROM due
  WHERE m.tenant_id = due.tenant_id AND m.mail_id = due.mail_id
  RETURNING m.tenant_id, m.mail_id, m.attempts;
END;
CALL patchbay.grant_definer('patchbay.claim_mail(timestamptz, timestamptz)', 'patchbay_claimer');
