-- Reservations of a calendar's times by effects. No provider orders a question for free times and the insert that follows it; a row of ours
-- does, taken in the transaction that claims the effect and settled in the one that settles it (ADR 0025). Replaces
-- calendar_hold.

-- Lets the exclusion constraint compare texts beside ranges. Trusted, so an owner without superuser rights may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA patchbay;

-- One row for each calendar. A reservation locks the calendar's row first, so that reservations of one calendar never deadlock.
CREATE TABLE patchbay.calendar_lane (
  tenant_id text NOT NULL REFERENCES patchbay.tenant,
  calendar  text NOT NULL,                   -- <provider>:<the provider's id of the calendar>
  seats     smallint NOT NULL DEFAULT 1 CHECK (seats BETWEEN 1 AND 100),
  PRIMARY KEY (tenant_id, calendar)
);
SELECT patchbay.enable_tenant_rls('patchbay.calendar_lane', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.reservation (
  tenant_id      text NOT NULL,
  reservation_id text NOT NULL,              -- key of the effect that made it
  calendar       text NOT NULL,
  seat           smallint NOT NULL,
  client_id      text NOT NULL,
  owner          text NOT NULL,              -- correlation id of the call, else the origin of the effect
  correlation_id text NOT NULL,
  span           tstzmultirange NOT NULL CHECK (NOT isempty(span)),  -- blocked, buffers included; amid a change old and new
  ends_at        timestamptz GENERATED ALWAYS AS (upper(span)) STORED,
  act            text,                       -- the effect under way
  asked          tstzmultirange,             -- the span that it asks for; null: none, it cancels
  stands         text CHECK (stands IN ('held', 'booked')),          -- what the provider has
  stands_on      tstzmultirange,
  start_at       timestamptz,                -- of what stands, without buffers
  end_at         timestamptz,
  event_id       text,
  held_until     timestamptz,
  changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, reservation_id, calendar),
  FOREIGN KEY (tenant_id, calendar) REFERENCES patchbay.calendar_lane,
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client,
  CHECK (stands IS NOT NULL OR act IS NOT NULL),
  CHECK ((stands IS NULL) = (stands_on IS NULL)),
  CHECK ((stands IS NULL) = (start_at IS NULL AND end_at IS NULL AND event_id IS NULL)),
  CHECK ((stands IS NOT DISTINCT FROM 'held') = (held_until IS NOT NULL)),
  CHECK (act IS NOT NULL OR asked IS NULL),
  CONSTRAINT reservation_apart EXCLUDE USING gist
    (tenant_id WITH =, calendar WITH =, seat WITH =, span WITH &&)
) WITH (fillfactor = 70);
-- && is not leakproof, so behind row-level security it reaches no index: this one bounds the search instead.
CREATE INDEX reservation_ahead ON patchbay.reservation (tenant_id, calendar, ends_at);
CREATE INDEX reservation_by_act ON patchbay.reservation (tenant_id, act) WHERE act IS NOT NULL;
CREATE INDEX reservation_by_owner ON patchbay.reservation (tenant_id, owner);
CREATE INDEX reservation_due ON patchbay.reservation (held_until) WHERE stands = 'held' AND act IS NULL;
CREATE INDEX reservation_over ON patchbay.reservation (ends_at);
SELECT patchbay.enable_tenant_rls('patchbay.reservation', 'SELECT, INSERT, UPDATE, DELETE');

-- The holds that stand, the oldest first: where two overlap, the first one keeps its time, and the other is released.
DROP FUNCTION patchbay.expire_holds(int);
ALTER TABLE patchbay.calendar_hold NO FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.binding NO FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.connection NO FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.live_act NO FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.calendar_lane NO FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.reservation NO FORCE ROW LEVEL SECURITY;
CREATE TEMPORARY TABLE standing_hold ON COMMIT DROP AS
SELECT h.*, c.provider || ':' || coalesce(b.settings->>'calendarId', 'primary') AS calendar,
  -- From now on a call's id follows from the provider's (CorrelationId.ofConversation).
  CASE WHEN h.origin LIKE 'live:%' THEN
    'cor_' || (SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(d.digest, i) & 31) + 1, 1), '' ORDER BY i)
               FROM generate_series(0, 25) i)
  ELSE h.correlation_id END AS owner
FROM patchbay.calendar_hold h
CROSS JOIN LATERAL (SELECT sha256(convert_to('retell/' || substr(h.origin, 6), 'UTF8')) AS digest) d
CROSS JOIN LATERAL (SELECT b.* FROM patchbay.binding b
  WHERE b.tenant_id = h.tenant_id AND b.port = 'calendar' AND b.client_id IN (h.client_id, '')
  ORDER BY b.client_id DESC LIMIT 1) b
JOIN patchbay.connection c ON c.tenant_id = b.tenant_id AND c.connection_id = b.connection_id
WHERE h.state IN ('held', 'booked') AND h.start_at + h.minutes * interval '1 minute' > now() AND h.minutes > 0;
INSERT INTO patchbay.calendar_lane (tenant_id, calendar) SELECT DISTINCT h.tenant_id, h.calendar FROM standing_hold h;
INSERT INTO patchbay.reservation (tenant_id, reservation_id, calendar, seat, client_id, owner, correlation_id, span, stands,
                                  stands_on, start_at, end_at, event_id, held_until)
SELECT h.tenant_id, h.origin || '/' || h.hold_id, h.calendar, 1, h.client_id, h.owner, h.correlation_id, s.span,
       h.state, s.span, h.start_at, h.start_at + h.minutes * interval '1 minute', h.hold_id,
       CASE WHEN h.state = 'held' THEN h.hold_until END
FROM standing_hold h CROSS JOIN LATERAL
  (SELECT tstzmultirange(tstzrange(h.start_at, h.start_at + h.minutes * interval '1 minute')) AS span) s
ORDER BY h.hold_until ON CONFLICT DO NOTHING;
INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
SELECT h.tenant_id, 'hold:' || h.hold_id, 'release', h.client_id, 'calendar.cancel', jsonb_build_object('id', h.hold_id),
       h.correlation_id, 'open', clock_timestamp()
FROM patchbay.calendar_hold h
WHERE h.state = 'held' AND NOT EXISTS
  (SELECT FROM patchbay.reservation r WHERE r.tenant_id = h.tenant_id AND r.event_id = h.hold_id)
ON CONFLICT DO NOTHING;
ALTER TABLE patchbay.binding FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.connection FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.live_act FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.calendar_lane FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.reservation FORCE ROW LEVEL SECURITY;
DROP TABLE patchbay.calendar_hold;

-- The claimer sees of all tenants what is due, and of that no more than it needs.
CREATE POLICY sweep_read ON patchbay.reservation FOR SELECT TO patchbay_claimer USING (true);
CREATE POLICY sweep_write ON patchbay.reservation FOR UPDATE TO patchbay_claimer USING (true) WITH CHECK (true);
CREATE POLICY sweep_delete ON patchbay.reservation FOR DELETE TO patchbay_claimer USING (true);
GRANT SELECT, UPDATE (act, asked, span), DELETE ON patchbay.reservation TO patchbay_claimer;

-- Turns holds that nobody booked in time into acts that release them; in one statement, so that a crash loses none.
CREATE FUNCTION patchbay.expire_holds(most int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH due AS MATERIALIZED (
    SELECT r.tenant_id, r.reservation_id, r.calendar FROM patchbay.reservation r
    WHERE r.stands = 'held' AND r.act IS NULL AND r.held_until <= clock_timestamp()
    ORDER BY r.held_until LIMIT most FOR UPDATE SKIP LOCKED),
  expired AS (
    UPDATE patchbay.reservation r SET act = 'hold:' || r.event_id || '/release/0/0' FROM due
    WHERE r.tenant_id = due.tenant_id AND r.reservation_id = due.reservation_id AND r.calendar = due.calendar
    RETURNING r.tenant_id, r.client_id, r.event_id, r.correlation_id)
  INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
  SELECT e.tenant_id, 'hold:' || e.event_id, 'release', e.client_id, 'calendar.cancel',
         jsonb_build_object('id', e.event_id), e.correlation_id, 'open', clock_timestamp()
  FROM expired e ON CONFLICT DO NOTHING;
END;
CALL patchbay.grant_definer('patchbay.expire_holds(int)', 'patchbay_claimer');

-- Frees what an effect reserved that was certainly not sent, and that nobody took up again for a while.
CREATE FUNCTION patchbay.free_abandoned_reservations(after interval, most int) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH abandoned AS MATERIALIZED (
    SELECT r.tenant_id, r.reservation_id, r.calendar, r.stands
    FROM patchbay.effect e JOIN patchbay.reservation r ON r.tenant_id = e.tenant_id AND r.act = e.key
    WHERE e.state = 'PLANNED' AND e.owner_node IS NULL AND e.look_after < clock_timestamp() - after
    LIMIT most FOR UPDATE OF e SKIP LOCKED),
  freed AS (
    DELETE FROM patchbay.reservation r USING abandoned a
    WHERE r.tenant_id = a.tenant_id AND r.reservation_id = a.reservation_id AND r.calendar = a.calendar AND a.stands IS NULL
    RETURNING 1),
  restored AS (
    UPDATE patchbay.reservation r SET act = NULL, asked = NULL, span = r.stands_on FROM abandoned a
    WHERE r.tenant_id = a.tenant_id AND r.reservation_id = a.reservation_id AND r.calendar = a.calendar
      AND a.stands IS NOT NULL
    RETURNING 1)
  SELECT ((SELECT count(*) FROM freed) + (SELECT count(*) FROM restored))::int;
END;
CALL patchbay.grant_definer('patchbay.free_abandoned_reservations(interval, int)', 'patchbay_claimer');

-- Removes what is over; the effect ledger has the history.
CREATE FUNCTION patchbay.delete_past_reservations(before timestamptz, most int) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH past AS MATERIALIZED (
    SELECT r.tenant_id, r.reservation_id, r.calendar FROM patchbay.reservation r
    WHERE r.ends_at < before AND (r.act IS NULL OR r.act LIKE 'hold:%') LIMIT most FOR UPDATE SKIP LOCKED),
  deleted AS (
    DELETE FROM patchbay.reservation r USING past p
    WHERE r.tenant_id = p.tenant_id AND r.reservation_id = p.reservation_id AND r.calendar = p.calendar RETURNING 1)
  SELECT count(*)::int FROM deleted;
END;
CALL patchbay.grant_definer('patchbay.delete_past_reservations(timestamptz, int)', 'patchbay_claimer');
