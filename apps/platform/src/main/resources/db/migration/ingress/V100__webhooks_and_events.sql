-- Ingress: what arrived (raw), what it means (event), that it arrived before (dedup), and who still has to hear of it
-- (dispatch). All four rows are written in the transaction that precedes the answer.

-- Narrow and never partitioned: the unique key is what makes one event of many deliveries. It begins with the tenant,
-- for constraints see through policies.
CREATE TABLE patchbay.ingress_dedup (
  tenant_id      text NOT NULL,
  connection_id  text NOT NULL,
  key            text NOT NULL,
  event_id       text NOT NULL,
  correlation_id text NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, key)
);
SELECT patchbay.wall('patchbay.ingress_dedup', 'SELECT, INSERT');

CREATE TABLE patchbay.ingress_raw (
  tenant_id     text NOT NULL,
  event_id      text NOT NULL,
  connection_id text NOT NULL,
  headers       jsonb NOT NULL,
  body          bytea NOT NULL,
  received_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, event_id, received_at)
) PARTITION BY RANGE (received_at);
CREATE TABLE patchbay.ingress_raw_other PARTITION OF patchbay.ingress_raw DEFAULT;
SELECT patchbay.wall('patchbay.ingress_raw', 'SELECT, INSERT');

-- Event ids sort by receipt, so the primary key is also the index of "the latest events".
CREATE TABLE patchbay.event (
  tenant_id      text NOT NULL,
  event_id       text NOT NULL,
  client_id      text,                       -- null: nobody said whose agent, location or number it is
  connection_id  text NOT NULL,
  type           text NOT NULL,
  source         text NOT NULL,
  subject        text NOT NULL,
  time           timestamptz NOT NULL,
  correlation_id text NOT NULL,
  data_schema    text,
  data           jsonb NOT NULL,
  received_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, event_id, received_at)
) PARTITION BY RANGE (received_at);
CREATE TABLE patchbay.event_other PARTITION OF patchbay.event DEFAULT;
CREATE INDEX event_by_subject ON patchbay.event (tenant_id, subject, event_id);
CREATE INDEX event_by_correlation ON patchbay.event (tenant_id, correlation_id);
CREATE INDEX event_by_phone ON patchbay.event (tenant_id, (data -> 'call' ->> 'from'), event_id);
SELECT patchbay.wall('patchbay.event', 'SELECT, INSERT');

-- Partitions are reached through their parents only: nobody has rights on them, and without a policy of their own
-- row-level security would show nobody a row.
ALTER TABLE patchbay.ingress_raw_other ENABLE ROW LEVEL SECURITY;
ALTER TABLE patchbay.ingress_raw_other FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.event_other ENABLE ROW LEVEL SECURITY;
ALTER TABLE patchbay.event_other FORCE ROW LEVEL SECURITY;

-- Makes the partitions of that month and the two after it where they are missing; may be called at any time, by any
-- number of processes. Rows that arrived in a month nobody prepared stay in the default partition, and so does their month.
CREATE PROCEDURE patchbay.make_partitions(at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parent text;
  month  timestamp;
  child  text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('patchbay.make_partitions'));
  FOREACH parent IN ARRAY ARRAY['ingress_raw', 'event'] LOOP
    FOR ahead IN 0..2 LOOP
      month := date_trunc('month', at AT TIME ZONE 'UTC') + make_interval(months => ahead);
      child := parent || to_char(month, '_YYYY_MM');
      CONTINUE WHEN to_regclass(format('patchbay.%I', child)) IS NOT NULL;
      BEGIN
        EXECUTE format('CREATE TABLE patchbay.%I PARTITION OF patchbay.%I FOR VALUES FROM (%L) TO (%L)',
          child, parent, month || '+00', (month + interval '1 month') || '+00');
        EXECUTE format('ALTER TABLE patchbay.%I ENABLE ROW LEVEL SECURITY', child);
        EXECUTE format('ALTER TABLE patchbay.%I FORCE ROW LEVEL SECURITY', child);
      EXCEPTION WHEN check_violation THEN
        RAISE WARNING 'the default partition of % already holds rows of %', parent, to_char(month, 'YYYY-MM');
      END;
    END LOOP;
  END LOOP;
END $$;
REVOKE ALL ON PROCEDURE patchbay.make_partitions FROM public;

CREATE TABLE patchbay.event_dispatch (
  tenant_id   text NOT NULL,
  event_id    text NOT NULL,
  received_at timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('READY', 'CLAIMED', 'DONE', 'FAILED')),
  ready_at    timestamptz NOT NULL,          -- may be claimed from then on; of a claimed one: when the claim expires
  claimed_by  text,
  attempts    int NOT NULL DEFAULT 0,        -- also the claim's fencing token: +1 at every claim
  PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX event_dispatch_open ON patchbay.event_dispatch (ready_at) WHERE state IN ('READY', 'CLAIMED');
SELECT patchbay.wall('patchbay.event_dispatch', 'SELECT, INSERT, UPDATE');

-- The claimer sees unfinished rows of all tenants, and of those only what a claim needs.
CREATE POLICY claim_read ON patchbay.event_dispatch FOR SELECT TO patchbay_claimer
  USING (state IN ('READY', 'CLAIMED'));
CREATE POLICY claim_write ON patchbay.event_dispatch FOR UPDATE TO patchbay_claimer
  USING (state IN ('READY', 'CLAIMED')) WITH CHECK (state IN ('READY', 'CLAIMED'));
GRANT SELECT (tenant_id, event_id, received_at, state, ready_at, attempts),
      UPDATE (state, ready_at, claimed_by, attempts) ON patchbay.event_dispatch TO patchbay_claimer;

CREATE FUNCTION patchbay.claim_events(worker text, n int, lease interval)
RETURNS TABLE (tenant_id text, event_id text, attempt int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.event_dispatch d
  SET state = 'CLAIMED', claimed_by = worker, ready_at = clock_timestamp() + lease, attempts = d.attempts + 1
  FROM (SELECT c.tenant_id, c.event_id FROM patchbay.event_dispatch c
        WHERE c.state IN ('READY', 'CLAIMED') AND c.ready_at <= clock_timestamp()
        ORDER BY c.ready_at LIMIT n FOR UPDATE SKIP LOCKED) due
  WHERE d.tenant_id = due.tenant_id AND d.event_id = due.event_id
  RETURNING d.tenant_id, d.event_id, d.attempts;
END;
CALL patchbay.hang_door('patchbay.claim_events(text, int, interval)', 'patchbay_claimer');

CREATE FUNCTION patchbay.oldest_unfinished_event() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT min(received_at) FROM patchbay.event_dispatch WHERE state IN ('READY', 'CLAIMED');
END;
CALL patchbay.hang_door('patchbay.oldest_unfinished_event()', 'patchbay_claimer');
