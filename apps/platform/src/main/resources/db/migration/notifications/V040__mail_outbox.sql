-- Mails on their way: written in the transaction that wants them, sent afterwards. What they say is sealed, and gone once sent.
CREATE TABLE patchbay.mail (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  mail_id    text NOT NULL,
  sealed     bytea,
  created_at timestamptz NOT NULL,
  next_at    timestamptz,  -- null: nothing more is tried
  attempts   int NOT NULL DEFAULT 0,
  sent_at    timestamptz,
  PRIMARY KEY (tenant_id, mail_id)
);
CREATE INDEX mail_due ON patchbay.mail (next_at) WHERE next_at IS NOT NULL;
SELECT patchbay.wall('patchbay.mail', 'SELECT, INSERT, UPDATE');

-- Which mails are due is asked across tenants: through a door. Who takes one has it alone for a while.
CREATE POLICY mail_find ON patchbay.mail FOR SELECT TO patchbay_claimer USING (true);
CREATE POLICY mail_take ON patchbay.mail FOR UPDATE TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, mail_id, next_at, attempts), UPDATE (next_at, attempts) ON patchbay.mail TO patchbay_claimer;
CREATE FUNCTION patchbay.claim_mail(moment timestamptz, until timestamptz)
RETURNS TABLE (tenant_id text, mail_id text, attempts int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  -- Materialized: joined otherwise, the inner query may run for every row and take more than one.
  WITH due AS MATERIALIZED (
    SELECT d.tenant_id, d.mail_id FROM patchbay.mail d
    WHERE d.next_at <= moment ORDER BY d.next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  UPDATE patchbay.mail m SET next_at = until, attempts = m.attempts + 1 FROM due
  WHERE m.tenant_id = due.tenant_id AND m.mail_id = due.mail_id
  RETURNING m.tenant_id, m.mail_id, m.attempts;
END;
CALL patchbay.hang_door('patchbay.claim_mail(timestamptz, timestamptz)', 'patchbay_claimer');

-- Those that are done with are let go of in time.
CREATE POLICY janitor_mails ON patchbay.mail TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, mail_id, created_at, next_at), DELETE ON patchbay.mail TO patchbay_janitor;
CREATE INDEX mail_done ON patchbay.mail (created_at) WHERE next_at IS NULL;
CREATE FUNCTION patchbay.prune_mails(before timestamptz, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH done AS MATERIALIZED (
    SELECT m.tenant_id, m.mail_id FROM patchbay.mail m
    WHERE m.next_at IS NULL AND m.created_at < before ORDER BY m.created_at LIMIT most),
  gone AS (
    DELETE FROM patchbay.mail m USING done WHERE m.tenant_id = done.tenant_id AND m.mail_id = done.mail_id RETURNING 1)
  SELECT count(*) FROM gone;
END;
CALL patchbay.hang_door('patchbay.prune_mails(timestamptz, int)', 'patchbay_janitor');
