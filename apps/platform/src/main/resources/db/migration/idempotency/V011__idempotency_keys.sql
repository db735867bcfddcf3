-- Requests that were sent with a key, so that the same is answered the same.

CREATE TABLE patchbay.idempotency_key (
  tenant_id    text NOT NULL REFERENCES patchbay.tenant,
  subject      text NOT NULL,               -- whose token sent it
  key          text NOT NULL,
  digest       bytea NOT NULL,              -- SHA-256 of address and body
  state        text NOT NULL CHECK (state IN ('open', 'answered', 'unrepeatable')),
  token        uuid NOT NULL,               -- of who carries it out: a later one makes the earlier void
  lease_until  timestamptz NOT NULL,        -- of an open one: from then on another may carry it out
  status       int,
  content_type text,
  sealed       bytea,                       -- the answer's body
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, subject, key),
  CHECK ((state = 'answered') = (sealed IS NOT NULL))
);
CREATE INDEX idempotency_key_by_age ON patchbay.idempotency_key (created_at);
SELECT patchbay.wall('patchbay.idempotency_key', 'SELECT, INSERT, UPDATE, DELETE');

CREATE POLICY janitor_keys ON patchbay.idempotency_key TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, subject, key, created_at), DELETE ON patchbay.idempotency_key TO patchbay_janitor;
CREATE FUNCTION patchbay.prune_idempotency_keys(older interval, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH old AS MATERIALIZED (
    SELECT k.tenant_id, k.subject, k.key FROM patchbay.idempotency_key k
    WHERE k.created_at < clock_timestamp() - older ORDER BY k.created_at LIMIT most),
  gone AS (
    DELETE FROM patchbay.idempotency_key k USING old
    WHERE k.tenant_id = old.tenant_id AND k.subject = old.subject AND k.key = old.key RETURNING 1)
  SELECT count(*) FROM gone;
END;
CALL patchbay.hang_door('patchbay.prune_idempotency_keys(interval, int)', 'patchbay_janitor');
