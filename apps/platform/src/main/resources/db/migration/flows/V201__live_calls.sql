-- The live call: what is remembered of callers, acts asked for while somebody speaks, times held for a few minutes, and a
-- line for each thing an agent asked.

-- The CRM's last good answer about a caller. Personal data: sealed with the tenant's key, found by a digest.
CREATE TABLE patchbay.live_caller (
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  caller    bytea NOT NULL,                  -- SHA-256 of client and number
  sealed    bytea NOT NULL,                  -- opens only for this tenant, client and caller
  asked_at  timestamptz NOT NULL,            -- when the CRM was asked: an older answer never replaces a newer one
  PRIMARY KEY (tenant_id, client_id, caller),
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
SELECT patchbay.wall('patchbay.live_caller', 'SELECT, INSERT, UPDATE, DELETE');

-- An act that no run carries: asked for during a call, or the release of a hold. Its effect is named by origin and task.
CREATE TABLE patchbay.live_act (
  tenant_id      text NOT NULL,
  origin         text NOT NULL,              -- 'live:<call id>' or 'hold:<hold id>'
  task           text NOT NULL,
  client_id      text NOT NULL,
  function       text NOT NULL,
  input          jsonb NOT NULL,             -- of the first time it was asked for: the same act, however it is asked again
  correlation_id text NOT NULL,
  state          text NOT NULL CHECK (state IN ('open', 'settled')),
  due_at         timestamptz NOT NULL,       -- of an open one: from then on a sweeper may carry it on
  tries          int NOT NULL DEFAULT 0,     -- by sweepers
  created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, origin, task),
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
CREATE INDEX live_act_due ON patchbay.live_act (due_at) WHERE state = 'open';
SELECT patchbay.wall('patchbay.live_act', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.calendar_hold (
  tenant_id      text NOT NULL,
  client_id      text NOT NULL,
  hold_id        text NOT NULL,              -- the calendar's id of the tentative event
  origin         text NOT NULL,              -- run, or 'live:<call id>'
  start_at       timestamptz NOT NULL,
  minutes        int NOT NULL,
  hold_until     timestamptz NOT NULL,
  state          text NOT NULL CHECK (state IN ('held', 'booked', 'releasing', 'released')),
  booked_by      text,                       -- the effect that is confirming it, or did
  correlation_id text NOT NULL,
  PRIMARY KEY (tenant_id, client_id, hold_id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
CREATE INDEX calendar_hold_by_origin ON patchbay.calendar_hold (tenant_id, origin);
CREATE INDEX calendar_hold_due ON patchbay.calendar_hold (hold_until) WHERE state = 'held' AND booked_by IS NULL;
SELECT patchbay.wall('patchbay.calendar_hold', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.live_invocation (
  tenant_id      text NOT NULL,
  invocation_id  text NOT NULL,
  client_id      text,                       -- null: nobody said whose agent or number it is
  call_id        text NOT NULL,              -- empty: the call had none yet, or it is the release of a flow's hold
  function       text NOT NULL,
  correlation_id text NOT NULL,
  caller         bytea,                      -- as in live_caller
  input          jsonb NOT NULL,             -- redacted
  output         jsonb NOT NULL,             -- redacted
  outcome        text NOT NULL,
  milliseconds   bigint NOT NULL,
  at             timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, invocation_id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
CREATE INDEX live_invocation_by_call ON patchbay.live_invocation (tenant_id, call_id);
CREATE INDEX live_invocation_by_correlation ON patchbay.live_invocation (tenant_id, correlation_id);
CREATE INDEX live_invocation_by_caller ON patchbay.live_invocation (tenant_id, client_id, caller);
SELECT patchbay.wall('patchbay.live_invocation', 'SELECT, INSERT');

-- The claimer sees of all tenants what is due, and of that no more than a claim needs.
CREATE POLICY claim_read ON patchbay.live_act FOR SELECT TO patchbay_claimer USING (state = 'open');
CREATE POLICY claim_write ON patchbay.live_act FOR UPDATE TO patchbay_claimer
  USING (state = 'open') WITH CHECK (state = 'open');
CREATE POLICY release_write ON patchbay.live_act FOR INSERT TO patchbay_claimer WITH CHECK (task = 'release');
GRANT SELECT (tenant_id, origin, task, state, due_at, tries), UPDATE (due_at, tries),
      INSERT (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
  ON patchbay.live_act TO patchbay_claimer;
CREATE POLICY expire_read ON patchbay.calendar_hold FOR SELECT TO patchbay_claimer USING (true);
CREATE POLICY expire_write ON patchbay.calendar_hold FOR UPDATE TO patchbay_claimer
  USING (state = 'held') WITH CHECK (state = 'releasing');
GRANT SELECT (tenant_id, client_id, hold_id, hold_until, state, booked_by, correlation_id), UPDATE (state)
  ON patchbay.calendar_hold TO patchbay_claimer;

-- Turns holds that nobody booked in time into acts that release them; in one statement, so that a crash loses none.
CREATE FUNCTION patchbay.expire_holds(most int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH due AS (
    SELECT h.tenant_id, h.client_id, h.hold_id FROM patchbay.calendar_hold h
    WHERE h.state = 'held' AND h.booked_by IS NULL AND h.hold_until <= clock_timestamp()
    ORDER BY h.hold_until LIMIT most FOR UPDATE SKIP LOCKED),
  expired AS (
    UPDATE patchbay.calendar_hold h SET state = 'releasing' FROM due
    WHERE h.tenant_id = due.tenant_id AND h.client_id = due.client_id AND h.hold_id = due.hold_id
    RETURNING h.tenant_id, h.client_id, h.hold_id, h.correlation_id)
  INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
  SELECT e.tenant_id, 'hold:' || e.hold_id, 'release', e.client_id, 'calendar.cancel',
         jsonb_build_object('id', e.hold_id), e.correlation_id, 'open', clock_timestamp()
  FROM expired e ON CONFLICT DO NOTHING;  -- one calendar event may be held for two clients of one account
END;
CALL patchbay.hang_door('patchbay.expire_holds(int)', 'patchbay_claimer');

-- What is due, for one sweeper alone until the lease ends.
CREATE FUNCTION patchbay.claim_live_acts(most int, lease interval)
RETURNS TABLE (tenant_id text, origin text, task text, tries int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.live_act a
  SET due_at = clock_timestamp() + lease, tries = a.tries + 1
  FROM (SELECT c.tenant_id, c.origin, c.task FROM patchbay.live_act c
        WHERE c.state = 'open' AND c.due_at <= clock_timestamp()
        ORDER BY c.due_at LIMIT most FOR UPDATE SKIP LOCKED) due
  WHERE a.tenant_id = due.tenant_id AND a.origin = due.origin AND a.task = due.task
  RETURNING a.tenant_id, a.origin, a.task, a.tries;
END;
CALL patchbay.hang_door('patchbay.claim_live_acts(int, interval)', 'patchbay_claimer');
