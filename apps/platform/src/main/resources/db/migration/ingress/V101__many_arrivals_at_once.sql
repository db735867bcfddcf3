-- Arrivals are stored together, many tenants in one statement (LEDGER.md part C); bodies rest sealed; what cannot be
-- attributed waits for its mapping; every client gets its turn; refusals are kept; old rows leave.

ALTER TABLE patchbay.event
  ADD COLUMN person    text,                 -- whom it is about: E.164, e-mail, or contact:<vendor's id>
  ADD COLUMN origin    text NOT NULL DEFAULT 'webhook' CHECK (origin IN ('webhook', 'poll')),  -- poll: the vendor never told us
  ADD COLUMN erased_at timestamptz;

-- Policies bind the owner too; they are lifted for this statement only.
ALTER TABLE patchbay.event NO FORCE ROW LEVEL SECURITY;
UPDATE patchbay.event SET person = data -> 'call' ->> 'from';
ALTER TABLE patchbay.event FORCE ROW LEVEL SECURITY;

DROP INDEX patchbay.event_by_phone;
CREATE INDEX event_by_person ON patchbay.event (tenant_id, person, event_id);
GRANT UPDATE (client_id, data, data_schema, person, erased_at) ON patchbay.event TO patchbay_app;

ALTER TABLE patchbay.ingress_raw ADD COLUMN sealed boolean NOT NULL DEFAULT false;  -- with the tenant's data key
GRANT DELETE ON patchbay.ingress_raw TO patchbay_app;

-- What an unattributed event could be mapped by; gone when it is.
CREATE TABLE patchbay.event_route (
  tenant_id     text NOT NULL,
  event_id      text NOT NULL,
  connection_id text NOT NULL,
  kind          text NOT NULL,
  external_id   text NOT NULL,
  PRIMARY KEY (tenant_id, event_id, kind, external_id)
);
CREATE INDEX event_route_by_owner ON patchbay.event_route (tenant_id, connection_id, kind, external_id);
SELECT patchbay.wall('patchbay.event_route', 'SELECT, INSERT, DELETE');

ALTER TABLE patchbay.event_dispatch
  ADD COLUMN client_id text NOT NULL DEFAULT '',   -- whose turn it takes; '' for the tenant's own
  ADD COLUMN give_up_at int NOT NULL DEFAULT 20,   -- the attempt whose refusal is the last; a replay allows more
  DROP CONSTRAINT event_dispatch_state_check,
  ADD CONSTRAINT event_dispatch_state_check
    CHECK (state IN ('UNATTRIBUTED', 'READY', 'CLAIMED', 'DONE', 'FAILED'));
DROP INDEX patchbay.event_dispatch_open;
-- A lane a client, what is due first; what waits for later is not walked over.
CREATE INDEX event_dispatch_lanes ON patchbay.event_dispatch (tenant_id, client_id, ready_at) INCLUDE (received_at)
  WHERE state IN ('READY', 'CLAIMED');
CREATE INDEX event_dispatch_held ON patchbay.event_dispatch (tenant_id, client_id) WHERE state = 'CLAIMED';
CREATE INDEX event_dispatch_unattributed ON patchbay.event_dispatch (tenant_id, event_id)
  WHERE state = 'UNATTRIBUTED';
GRANT SELECT (client_id, give_up_at) ON patchbay.event_dispatch TO patchbay_claimer;

-- Takes turns between clients: each that has something due gives its share of the n, and none holds more than
-- `most_each` at once, so that a slow client's events never occupy every worker. Lanes are found by hopping through the
-- index, so a backlog of one client costs the others nothing.
DROP FUNCTION patchbay.claim_events(text, int, interval);
CREATE FUNCTION patchbay.claim_events(worker text, n int, most_each int, lease interval)
RETURNS TABLE (tenant_id text, event_id text, attempt int, last_one boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE lane AS (
    (SELECT d.tenant_id, d.client_id FROM patchbay.event_dispatch d
     WHERE d.state IN ('READY', 'CLAIMED') ORDER BY d.tenant_id, d.client_id LIMIT 1)
    UNION ALL
    SELECT following.tenant_id, following.client_id FROM lane CROSS JOIN LATERAL (
      SELECT d.tenant_id, d.client_id FROM patchbay.event_dispatch d
      WHERE d.state IN ('READY', 'CLAIMED') AND (d.tenant_id, d.client_id) > (lane.tenant_id, lane.client_id)
      ORDER BY d.tenant_id, d.client_id LIMIT 1) following),
  busy AS MATERIALIZED (
    SELECT d.tenant_id, d.client_id, count(*) AS held FROM patchbay.event_dispatch d
    WHERE d.state = 'CLAIMED' AND d.ready_at > clock_timestamp() GROUP BY 1, 2),
  turn AS MATERIALIZED (
    SELECT lane.tenant_id, lane.client_id, greatest(0, most_each - coalesce(busy.held, 0)) AS room
    FROM lane LEFT JOIN busy USING (tenant_id, client_id)),
  due AS MATERIALIZED (
    SELECT next.tenant_id, next.event_id
    FROM turn CROSS JOIN LATERAL (
      SELECT d.tenant_id, d.event_id, row_number() OVER (ORDER BY d.ready_at) AS place, d.ready_at
      FROM patchbay.event_dispatch d
      WHERE d.tenant_id = turn.tenant_id AND d.client_id = turn.client_id
        AND d.state IN ('READY', 'CLAIMED') AND d.ready_at <= clock_timestamp()
      ORDER BY d.ready_at LIMIT least(n, turn.room)) next
    ORDER BY next.place, next.ready_at LIMIT n),
  taken AS MATERIALIZED (
    SELECT d.tenant_id, d.event_id FROM patchbay.event_dispatch d JOIN due USING (tenant_id, event_id)
    WHERE d.state IN ('READY', 'CLAIMED') AND d.ready_at <= clock_timestamp()
    FOR UPDATE OF d SKIP LOCKED)
  UPDATE patchbay.event_dispatch d
  SET state = 'CLAIMED', claimed_by = worker, ready_at = clock_timestamp() + lease, attempts = d.attempts + 1
  FROM taken WHERE d.tenant_id = taken.tenant_id AND d.event_id = taken.event_id
  RETURNING d.tenant_id, d.event_id, d.attempts, d.attempts >= d.give_up_at;
END;
CALL patchbay.hang_door('patchbay.claim_events(text, int, int, interval)', 'patchbay_claimer');

-- Which routes are mapped that events still wait for. Mapping hands them on at once; this finds what was stored while it was
-- mapped, by whoever died or gave up in between.
CREATE POLICY attribute_waiting ON patchbay.event_route FOR SELECT TO patchbay_claimer USING (true);
CREATE POLICY attribute_mapped ON patchbay.route FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT ON patchbay.event_route, patchbay.route TO patchbay_claimer;
CREATE FUNCTION patchbay.attributable_routes(most int)
RETURNS TABLE (tenant_id text, connection_id text, kind text, external_id text, client_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT r.tenant_id, r.connection_id, r.kind, r.external_id, r.client_id
  FROM patchbay.event_route waiting
  JOIN patchbay.route r USING (tenant_id, connection_id, kind, external_id) LIMIT most;
END;
CALL patchbay.hang_door('patchbay.attributable_routes(int)', 'patchbay_claimer');

-- Stores arrivals of any tenants, each whole or not at all, and says which were new. Keys are inserted in one order by
-- every process, so that two batches with the same keys wait for each other and never in a circle.
CREATE POLICY ingest_dedup ON patchbay.ingress_dedup FOR INSERT TO patchbay_ingester WITH CHECK (true);
CREATE POLICY ingest_dedup_seen ON patchbay.ingress_dedup FOR SELECT TO patchbay_ingester USING (true);
CREATE POLICY ingest_raw ON patchbay.ingress_raw FOR INSERT TO patchbay_ingester WITH CHECK (sealed);
CREATE POLICY ingest_event ON patchbay.event FOR INSERT TO patchbay_ingester WITH CHECK (erased_at IS NULL);
CREATE POLICY ingest_dispatch ON patchbay.event_dispatch FOR INSERT TO patchbay_ingester
  WITH CHECK (state IN ('READY', 'UNATTRIBUTED') AND attempts = 0);
CREATE POLICY ingest_route ON patchbay.event_route FOR INSERT TO patchbay_ingester WITH CHECK (true);
GRANT INSERT, SELECT (tenant_id, connection_id, key, event_id) ON patchbay.ingress_dedup TO patchbay_ingester;
GRANT INSERT ON patchbay.ingress_raw, patchbay.event, patchbay.event_route TO patchbay_ingester;
GRANT INSERT (tenant_id, event_id, client_id, received_at, state, ready_at) ON patchbay.event_dispatch TO patchbay_ingester;

CREATE FUNCTION patchbay.ingest(
  tenants text[], connections text[], keys text[], ids text[], correlations text[], headers text[], bodies bytea[],
  clients text[], types text[], subjects text[], times timestamptz[], schemas text[], datas text[], persons text[],
  origins text[], routes text[], receipts timestamptz[])
RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH arrival AS MATERIALIZED (
    SELECT * FROM unnest(tenants, connections, keys, ids, correlations, headers, bodies, clients, types, subjects, times,
      schemas, datas, persons, origins, routes, receipts) AS a(tenant_id, connection_id, key, event_id, correlation_id,
      headers, body, client_id, type, subject, time, data_schema, data, person, origin, routes, received_at)),
  fresh AS (
    INSERT INTO patchbay.ingress_dedup (tenant_id, connection_id, key, event_id, correlation_id)
    SELECT a.tenant_id, a.connection_id, a.key, a.event_id, a.correlation_id FROM arrival a
    ORDER BY a.tenant_id, a.connection_id, a.key
    ON CONFLICT DO NOTHING RETURNING event_id),
  stored AS MATERIALIZED (SELECT a.* FROM arrival a JOIN fresh USING (event_id)),
  raw AS (
    INSERT INTO patchbay.ingress_raw (tenant_id, event_id, connection_id, headers, body, sealed, received_at)
    SELECT s.tenant_id, s.event_id, s.connection_id, s.headers::jsonb, s.body, true, s.received_at FROM stored s),
  canonical AS (
    INSERT INTO patchbay.event (tenant_id, event_id, client_id, connection_id, type, source, subject, time,
      correlation_id, data_schema, data, person, origin, received_at)
    SELECT s.tenant_id, s.event_id, s.client_id, s.connection_id, s.type, '/connections/' || s.connection_id, s.subject,
      s.time, s.correlation_id, s.data_schema, s.data::jsonb, s.person, s.origin, s.received_at FROM stored s),
  routed AS (
    INSERT INTO patchbay.event_route (tenant_id, event_id, connection_id, kind, external_id)
    SELECT s.tenant_id, s.event_id, s.connection_id, r.value ->> 'kind', r.value ->> 'id'
    FROM stored s CROSS JOIN LATERAL jsonb_array_elements(s.routes::jsonb) r
    WHERE s.client_id IS NULL AND s.routes <> '[]'),
  dispatch AS (
    INSERT INTO patchbay.event_dispatch (tenant_id, event_id, client_id, received_at, state, ready_at)
    SELECT s.tenant_id, s.event_id, coalesce(s.client_id, ''), s.received_at,
      CASE WHEN s.client_id IS NULL AND s.routes <> '[]' THEN 'UNATTRIBUTED' ELSE 'READY' END, clock_timestamp()
    FROM stored s)
  SELECT f.event_id FROM fresh f;
END $$;
CALL patchbay.hang_door('patchbay.ingest(text[], text[], text[], text[], text[], text[], bytea[], text[], text[], text[],
  timestamptz[], text[], text[], text[], text[], text[], timestamptz[])', 'patchbay_ingester');

-- Refused requests: how many of a kind in a minute, from where, and the digest of the last body; never the body. Those
-- whose address is nobody's belong to no tenant ('') and are seen by the operator only.
CREATE TABLE patchbay.ingress_rejection (
  tenant_id     text NOT NULL,
  minute        timestamptz NOT NULL,
  provider      text NOT NULL,
  connection_id text NOT NULL,
  reason        text NOT NULL,
  address       text NOT NULL,
  digest        bytea NOT NULL,
  count         bigint NOT NULL,
  last_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, minute, provider, connection_id, reason, address)
);
CREATE INDEX ingress_rejection_by_age ON patchbay.ingress_rejection (minute);
SELECT patchbay.wall('patchbay.ingress_rejection', 'SELECT');
CREATE POLICY keep_rejections ON patchbay.ingress_rejection TO patchbay_ingester USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON patchbay.ingress_rejection TO patchbay_ingester;

CREATE FUNCTION patchbay.keep_rejections(
  tenants text[], minutes timestamptz[], providers text[], connections text[], reasons text[], addresses text[],
  digests bytea[], counts bigint[], lasts timestamptz[])
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  INSERT INTO patchbay.ingress_rejection AS kept
    (tenant_id, minute, provider, connection_id, reason, address, digest, count, last_at)
  SELECT * FROM unnest(tenants, minutes, providers, connections, reasons, addresses, digests, counts, lasts)
    AS r(tenant_id, minute, provider, connection_id, reason, address, digest, count, last_at)
  ORDER BY r.tenant_id, r.minute, r.provider, r.connection_id, r.reason, r.address
  ON CONFLICT (tenant_id, minute, provider, connection_id, reason, address) DO UPDATE
  SET count = kept.count + excluded.count, digest = excluded.digest, last_at = excluded.last_at;
END;
CALL patchbay.hang_door('patchbay.keep_rejections(text[], timestamptz[], text[], text[], text[], text[], bytea[], bigint[],
  timestamptz[])', 'patchbay_ingester');

CREATE FUNCTION patchbay.unaddressed_rejections(most int)
RETURNS SETOF patchbay.ingress_rejection
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT r.* FROM patchbay.ingress_rejection r WHERE r.tenant_id = '' ORDER BY r.minute DESC, r.count DESC LIMIT most;
END;
CALL patchbay.hang_door('patchbay.unaddressed_rejections(int)', 'patchbay_ingester');

-- Retention. Raw bodies and events leave by dropping their month; narrow rows by their age, in small portions.
CREATE PROCEDURE patchbay.drop_partitions(parent text, before timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE child text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('patchbay.make_partitions'));
  FOR child IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = format('patchbay.%I', parent)::regclass AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
      AND to_timestamp(right(c.relname, 7) || ' +00', 'YYYY_MM TZH') + interval '1 month' <= before
  LOOP
    EXECUTE format('DROP TABLE patchbay.%I', child);
  END LOOP;
END $$;
REVOKE ALL ON PROCEDURE patchbay.drop_partitions FROM public;

CREATE POLICY janitor_dedup ON patchbay.ingress_dedup TO patchbay_janitor USING (true);
CREATE POLICY janitor_dispatch ON patchbay.event_dispatch TO patchbay_janitor USING (state IN ('DONE', 'FAILED', 'UNATTRIBUTED'));
CREATE POLICY janitor_route ON patchbay.event_route TO patchbay_janitor USING (true);
CREATE POLICY janitor_rejection ON patchbay.ingress_rejection TO patchbay_janitor USING (true);
GRANT SELECT, DELETE ON patchbay.ingress_dedup, patchbay.event_dispatch, patchbay.event_route,
  patchbay.ingress_rejection TO patchbay_janitor;
CREATE INDEX ingress_dedup_by_age ON patchbay.ingress_dedup (event_id);  -- ids sort by the time they were made

-- What is older than the given id (of events) and minute (of refusals); answers how many rows went.
CREATE FUNCTION patchbay.prune_arrivals(before_event text, before_minute timestamptz, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH old AS MATERIALIZED (
    SELECT d.tenant_id, d.connection_id, d.key, d.event_id FROM patchbay.ingress_dedup d
    WHERE d.event_id < before_event ORDER BY d.event_id LIMIT most),
  dedup AS (
    DELETE FROM patchbay.ingress_dedup d USING old
    WHERE d.tenant_id = old.tenant_id AND d.connection_id = old.connection_id AND d.key = old.key RETURNING 1),
  dispatch AS (
    DELETE FROM patchbay.event_dispatch d USING old WHERE d.tenant_id = old.tenant_id AND d.event_id = old.event_id
    RETURNING 1),
  route AS (
    DELETE FROM patchbay.event_route r USING old WHERE r.tenant_id = old.tenant_id AND r.event_id = old.event_id
    RETURNING 1),
  rejection AS (
    DELETE FROM patchbay.ingress_rejection r USING (
      SELECT o.tenant_id, o.minute, o.provider, o.connection_id, o.reason, o.address FROM patchbay.ingress_rejection o
      WHERE o.minute < before_minute ORDER BY o.minute LIMIT most) gone
    WHERE (r.tenant_id, r.minute, r.provider, r.connection_id, r.reason, r.address)
      = (gone.tenant_id, gone.minute, gone.provider, gone.connection_id, gone.reason, gone.address) RETURNING 1)
  SELECT (SELECT count(*) FROM dedup) + (SELECT count(*) FROM dispatch) + (SELECT count(*) FROM route)
    + (SELECT count(*) FROM rejection);
END;
CALL patchbay.hang_door('patchbay.prune_arrivals(text, timestamptz, int)', 'patchbay_janitor');
