-- Notices: facts that people should learn of, and their delivery to each person on each channel.

-- One row a fact, inserted in the transaction of the fact; the constraint makes a fact that is published twice one notice.
CREATE TABLE patchbay.notice (
  tenant_id      text NOT NULL REFERENCES patchbay.tenant,
  notice_id      text NOT NULL,
  client_id      text NOT NULL DEFAULT '',  -- '' is the tenant's own
  topic          text NOT NULL,
  subject        text NOT NULL,
  key            text NOT NULL,
  severity       text NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'CRITICAL')),
  data           jsonb NOT NULL,
  recipient      text,                      -- the only person who is told; null: everybody who may read the subject
  facts          int NOT NULL DEFAULT 1,    -- of a summary: how many notices it stands for
  summary        boolean NOT NULL DEFAULT false,
  collapsed_into text,                      -- the summary that stands for this notice
  created_at     timestamptz NOT NULL,
  last_at        timestamptz NOT NULL,      -- of a summary: when its last notice came
  plan_at        timestamptz,               -- when its deliveries are planned; null: they are
  PRIMARY KEY (tenant_id, notice_id),
  UNIQUE (tenant_id, topic, key)
);
CREATE INDEX notice_unplanned ON patchbay.notice (plan_at) WHERE plan_at IS NOT NULL;
CREATE INDEX notice_flood ON patchbay.notice (tenant_id, topic, subject, created_at);
CREATE INDEX notice_age ON patchbay.notice (created_at);
SELECT patchbay.enable_tenant_rls('patchbay.notice', 'SELECT, INSERT, UPDATE');

-- One row a person and channel. APP is the list in the portal: delivered as soon as the row exists.
CREATE TABLE patchbay.notice_delivery (
  tenant_id   text NOT NULL,
  delivery_id text NOT NULL,
  notice_id   text NOT NULL,
  user_id     text NOT NULL,
  channel     text NOT NULL CHECK (channel IN ('APP', 'MAIL', 'SMS')),
  state       text NOT NULL CHECK (state IN ('WAITING', 'DONE', 'SKIPPED', 'FAILED')),
  digest      boolean NOT NULL DEFAULT false,  -- sent together with the person's other notices of that moment
  escalation  boolean NOT NULL DEFAULT false,  -- sent only when no server has accepted the mail by then
  due_at      timestamptz,                     -- null: nothing more is tried
  window_at   timestamptz,                     -- of a digest: the moment of the person's digest that it belongs to
  attempts    int NOT NULL DEFAULT 0,
  mail_id     text,
  done_at     timestamptz,
  read_at     timestamptz,
  PRIMARY KEY (tenant_id, delivery_id),
  UNIQUE (tenant_id, notice_id, user_id, channel),
  FOREIGN KEY (tenant_id, notice_id) REFERENCES patchbay.notice ON DELETE CASCADE,
  CHECK ((state = 'WAITING') = (due_at IS NOT NULL)),
  CHECK (digest = (window_at IS NOT NULL))
);
CREATE INDEX notice_delivery_due ON patchbay.notice_delivery (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notice_delivery_list ON patchbay.notice_delivery (tenant_id, user_id, notice_id) WHERE channel = 'APP';
CREATE INDEX notice_delivery_digest ON patchbay.notice_delivery (tenant_id, user_id, window_at)
  WHERE due_at IS NOT NULL AND digest;
SELECT patchbay.enable_tenant_rls('patchbay.notice_delivery', 'SELECT, INSERT, UPDATE');

-- A person's digest of one moment is mailed once.
CREATE TABLE patchbay.notice_digest (
  tenant_id text NOT NULL REFERENCES patchbay.tenant,
  user_id   text NOT NULL,
  window_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id, window_at)
);
CREATE INDEX notice_digest_age ON patchbay.notice_digest (window_at);
SELECT patchbay.enable_tenant_rls('patchbay.notice_digest', 'SELECT, INSERT');

-- How a person wants to be told.
CREATE TABLE patchbay.notice_preference (
  tenant_id text NOT NULL REFERENCES patchbay.tenant,
  user_id   text NOT NULL,
  choices   jsonb NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);
SELECT patchbay.enable_tenant_rls('patchbay.notice_preference', 'SELECT, INSERT, UPDATE');

-- The number to which a person's critical notices are texted. Number and code are sealed with the tenant's key.
CREATE TABLE patchbay.notice_phone (
  tenant_id       text NOT NULL REFERENCES patchbay.tenant,
  user_id         text NOT NULL,
  sealed_number   bytea NOT NULL,
  sealed_code     bytea,             -- null once the number is confirmed
  code_expires_at timestamptz,
  guesses         int NOT NULL DEFAULT 0,
  codes_sent      int NOT NULL DEFAULT 1,  -- within the hour since codes_since
  codes_since     timestamptz NOT NULL,
  confirmed_at    timestamptz,
  PRIMARY KEY (tenant_id, user_id),
  CHECK ((sealed_code IS NULL) = (confirmed_at IS NOT NULL))
);
SELECT patchbay.enable_tenant_rls('patchbay.notice_phone', 'SELECT, INSERT, UPDATE, DELETE');

-- Which notices and deliveries are due is asked across tenants.
CREATE POLICY notice_find ON patchbay.notice FOR SELECT TO patchbay_claimer USING (true);
CREATE POLICY notice_take ON patchbay.notice FOR UPDATE TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, notice_id, plan_at), UPDATE (plan_at) ON patchbay.notice TO patchbay_claimer;
CREATE FUNCTION patchbay.claim_notices(moment timestamptz, until timestamptz, most int)
RETURNS TABLE (tenant_id text, notice_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH due AS MATERIALIZED (
    SELECT d.tenant_id, d.notice_id FROM patchbay.notice d
    WHERE d.plan_at <= moment ORDER BY d.plan_at LIMIT most FOR UPDATE SKIP LOCKED)
  UPDATE patchbay.notice n SET plan_at = until FROM due
  WHERE n.tenant_id = due.tenant_id AND n.notice_id = due.notice_id
  RETURNING n.tenant_id, n.notice_id;
END;
CALL patchbay.grant_definer('patchbay.claim_notices(timestamptz, timestamptz, int)', 'patchbay_claimer');

CREATE POLICY notice_delivery_find ON patchbay.notice_delivery FOR SELECT TO patchbay_claimer USING (true);
CREATE POLICY notice_delivery_take ON patchbay.notice_delivery FOR UPDATE TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, delivery_id, channel, due_at, attempts), UPDATE (due_at, attempts) ON patchbay.notice_delivery
  TO patchbay_claimer;
CREATE FUNCTION patchbay.claim_notice_deliveries(of_channel text, moment timestamptz, until timestamptz, most int)
RETURNS TABLE (tenant_id text, delivery_id text, attempts int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH due AS MATERIALIZED (
    SELECT d.tenant_id, d.delivery_id FROM patchbay.notice_delivery d
    WHERE d.due_at <= moment AND d.channel = of_channel ORDER BY d.due_at LIMIT most FOR UPDATE SKIP LOCKED)
  UPDATE patchbay.notice_delivery n SET due_at = until, attempts = n.attempts + 1 FROM due
  WHERE n.tenant_id = due.tenant_id AND n.delivery_id = due.delivery_id
  RETURNING n.tenant_id, n.delivery_id, n.attempts;
END;
CALL patchbay.grant_definer('patchbay.claim_notice_deliveries(text, timestamptz, timestamptz, int)', 'patchbay_claimer');

-- Notices are kept for 90 days, with their deliveries.
CREATE POLICY notice_retention ON patchbay.notice TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, notice_id, created_at), DELETE ON patchbay.notice TO patchbay_janitor;
CREATE POLICY notice_delivery_retention ON patchbay.notice_delivery TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, notice_id), DELETE ON patchbay.notice_delivery TO patchbay_janitor;
CREATE POLICY notice_digest_retention ON patchbay.notice_digest TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, user_id, window_at), DELETE ON patchbay.notice_digest TO patchbay_janitor;
CREATE FUNCTION patchbay.prune_notices(before timestamptz, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  DELETE FROM patchbay.notice_digest d WHERE d.window_at < before;
  WITH old AS MATERIALIZED (
    SELECT n.tenant_id, n.notice_id FROM patchbay.notice n
    WHERE n.created_at < before ORDER BY n.created_at LIMIT most),
  gone AS (
    DELETE FROM patchbay.notice n USING old WHERE n.tenant_id = old.tenant_id AND n.notice_id = old.notice_id RETURNING 1)
  SELECT count(*) FROM gone;
END;
CALL patchbay.grant_definer('patchbay.prune_notices(timestamptz, int)', 'patchbay_janitor');
