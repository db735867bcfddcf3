-- Usage: what each call, message and generation used and cost, as its provider stated it, and whose it is. Rows of usage_snapshot
-- and usage_record never change: a correction reverses records and adds new ones, so current usage is always a plain sum.

-- One sequence per client, which grows by one per batch under the lock of its row. A reader that has seen sequence N has seen
-- every record up to N. The stream of the empty client holds usage whose client is not known yet.
CREATE TABLE patchbay.usage_stream (
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  seq       bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, client_id)
);
SELECT patchbay.enable_tenant_rls('patchbay.usage_stream', 'SELECT, INSERT, UPDATE');

-- A provider's cost data for one subject at one time, as it was sent, without personal data.
CREATE TABLE patchbay.usage_snapshot (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  subject       text NOT NULL,
  revision      int NOT NULL CHECK (revision >= 1),
  outcome       text NOT NULL CHECK (outcome IN ('stated', 'late', 'corrected', 'vanished')),
  occurred_at   timestamptz NOT NULL,
  digest        bytea NOT NULL,
  statement     json NOT NULL,                    -- json keeps every digit and the order of members; jsonb would not
  recorded_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, subject, revision)
);
CREATE INDEX usage_snapshot_by_time ON patchbay.usage_snapshot (tenant_id, connection_id, occurred_at);
SELECT patchbay.enable_tenant_rls('patchbay.usage_snapshot', 'SELECT, INSERT');

CREATE TABLE patchbay.usage_record (
  tenant_id     text NOT NULL,
  client_id     text NOT NULL,                    -- '' while it belongs to no client
  seq           bigint NOT NULL,
  n             int NOT NULL,
  connection_id text NOT NULL,
  subject       text NOT NULL,
  revision      int NOT NULL,
  product       text NOT NULL,
  leg           smallint NOT NULL,
  metric        text NOT NULL,
  quantity      numeric NOT NULL,
  cost          numeric NOT NULL,                 -- major units of the currency, every digit that was stated
  currency      text NOT NULL,
  source_kind   text NOT NULL,                    -- what attributes it: agent, number, account
  source_id     text NOT NULL,
  agent_id      text,
  agent_version text,
  occurred_at   timestamptz NOT NULL,
  local_day     date NOT NULL,
  reason        text NOT NULL CHECK (reason IN ('stated', 'corrected', 'attributed', 'invoice')),
  reverses_seq  bigint,
  reverses_n    int,
  CHECK (abs(cost) < 1e15 AND abs(quantity) < 1e15),                         -- NaN would poison every sum
  CHECK ((reverses_seq IS NULL) = (reverses_n IS NULL) AND (reverses_seq IS NULL OR reason <> 'stated')),
  PRIMARY KEY (tenant_id, client_id, seq, n, occurred_at),
  UNIQUE (tenant_id, client_id, reverses_seq, reverses_n, occurred_at)       -- reversed at most once
) PARTITION BY RANGE (occurred_at);
CREATE INDEX usage_record_by_subject ON patchbay.usage_record (tenant_id, connection_id, subject);
CREATE INDEX usage_record_by_day ON patchbay.usage_record (tenant_id, client_id, local_day);
CREATE INDEX usage_record_unattributed ON patchbay.usage_record (tenant_id, connection_id, source_kind, source_id)
  WHERE client_id = '';
SELECT patchbay.enable_tenant_rls('patchbay.usage_record', 'SELECT, INSERT');

-- Reversals refer to records of their own partition: a key on the parent would keep every month from being dropped.
CREATE PROCEDURE patchbay.add_usage_partition(child text, bounds text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TABLE patchbay.%I PARTITION OF patchbay.usage_record %s', child, bounds);
  EXECUTE format('ALTER TABLE patchbay.%I ENABLE ROW LEVEL SECURITY', child);
  EXECUTE format('ALTER TABLE patchbay.%I FORCE ROW LEVEL SECURITY', child);
  EXECUTE format('ALTER TABLE patchbay.%I ADD FOREIGN KEY (tenant_id, client_id, reverses_seq, reverses_n, occurred_at)
    REFERENCES patchbay.%I (tenant_id, client_id, seq, n, occurred_at)', child, child);
END $$;
REVOKE ALL ON PROCEDURE patchbay.add_usage_partition FROM public;

-- Creates the missing partitions of the months from the first to the last moment. A month of which the default partition holds
-- rows stays there.
CREATE PROCEDURE patchbay.make_usage_partitions(first timestamptz, last timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  month timestamp := date_trunc('month', first AT TIME ZONE 'UTC');
  child text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('patchbay.make_usage_partitions'));
  WHILE month <= last AT TIME ZONE 'UTC' LOOP
    child := 'usage_record' || to_char(month, '_YYYY_MM');
    IF to_regclass(format('patchbay.%I', child)) IS NULL THEN
      BEGIN
        CALL patchbay.add_usage_partition(child,
          format('FOR VALUES FROM (%L) TO (%L)', month || '+00', (month + interval '1 month') || '+00'));
      EXCEPTION WHEN check_violation THEN
        RAISE WARNING 'the default partition of usage_record already holds rows of %', to_char(month, 'YYYY-MM');
      END;
    END IF;
    month := month + interval '1 month';
  END LOOP;
END $$;
REVOKE ALL ON PROCEDURE patchbay.make_usage_partitions FROM public;

CALL patchbay.add_usage_partition('usage_record_other', 'DEFAULT');
CALL patchbay.make_usage_partitions(now() - interval '13 months', now() + interval '2 months');

-- Drops the months that ended before that moment.
CREATE PROCEDURE patchbay.drop_usage_partitions(ended_before timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  child text;
BEGIN
  FOR child IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'patchbay.usage_record'::regclass AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
      AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= ended_before
  LOOP
    EXECUTE format('DROP TABLE patchbay.%I', child);
  END LOOP;
END $$;
REVOKE ALL ON PROCEDURE patchbay.drop_usage_partitions FROM public;

-- The client of a source's usage, from a moment on; the next row ends it, so ranges cannot overlap. '' ends a mapping.
CREATE TABLE patchbay.usage_attribution (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  kind          text NOT NULL,
  external_id   text NOT NULL,
  starts_at     timestamptz NOT NULL,
  client_id     text NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, kind, external_id, starts_at)
);
SELECT patchbay.enable_tenant_rls('patchbay.usage_attribution', 'SELECT, INSERT, UPDATE');

-- Daily sums of the records up to the sequence `upto`; rebuilt per day.
CREATE TABLE patchbay.usage_day (
  tenant_id      text NOT NULL,
  client_id      text NOT NULL,
  day            date NOT NULL,
  connection_id  text NOT NULL,
  agent_id       text NOT NULL,                   -- '' where the usage has none
  agent_version  text NOT NULL,
  product        text NOT NULL,
  leg            smallint NOT NULL,
  metric         text NOT NULL,
  currency       text NOT NULL,
  calls          bigint NOT NULL,
  quantity       numeric NOT NULL,
  billed_seconds numeric NOT NULL,                -- of the product `call`: what its calls were billed for; else 0
  cost           numeric NOT NULL,
  upto           bigint NOT NULL,
  PRIMARY KEY (tenant_id, client_id, day, connection_id, agent_id, agent_version, product, leg, metric, currency)
);
SELECT patchbay.enable_tenant_rls('patchbay.usage_day', 'SELECT, INSERT, DELETE');

CREATE TABLE patchbay.usage_rollup (
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  upto      bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, client_id)
);
SELECT patchbay.enable_tenant_rls('patchbay.usage_rollup', 'SELECT, INSERT, UPDATE');

-- How far each pass over a connection has come. One process holds a pass until held_until.
CREATE TABLE patchbay.usage_collection (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  pass          text NOT NULL CHECK (pass IN ('latest', 'recent', 'settled', 'requested')),
  provider      text NOT NULL,
  due_at        timestamptz NOT NULL,
  holder        text,
  held_until    timestamptz NOT NULL DEFAULT '-infinity',
  window_from   timestamptz,                      -- of the pass under way, and its cursor; null between two passes
  window_to     timestamptz,
  cursor        text,
  started_at    timestamptz,
  finished_at   timestamptz,
  covered_from  timestamptz,                      -- everything that began in between was listed by a finished pass
  covered_to    timestamptz,
  read          bigint NOT NULL DEFAULT 0,        -- of the pass under way, or of the last one
  fresh         bigint NOT NULL DEFAULT 0,
  corrected     bigint NOT NULL DEFAULT 0,
  vanished      bigint NOT NULL DEFAULT 0,
  unattributed  bigint NOT NULL DEFAULT 0,
  pending       bigint NOT NULL DEFAULT 0,        -- without a price yet
  failed        bigint NOT NULL DEFAULT 0,
  failure       text,
  PRIMARY KEY (tenant_id, connection_id, pass)
);
CREATE INDEX usage_collection_due ON patchbay.usage_collection (due_at);
SELECT patchbay.enable_tenant_rls('patchbay.usage_collection', 'SELECT, INSERT, UPDATE');

CREATE POLICY usage_collection_due ON patchbay.usage_collection FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, connection_id, pass, provider, due_at, held_until) ON patchbay.usage_collection TO patchbay_claimer;
CREATE FUNCTION patchbay.due_usage_collections()
RETURNS TABLE (tenant_id text, connection_id text, pass text, provider text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.connection_id, c.pass, c.provider FROM patchbay.usage_collection c
  WHERE c.due_at <= clock_timestamp() AND c.held_until <= clock_timestamp() ORDER BY c.due_at;
END;
CALL patchbay.grant_definer('patchbay.due_usage_collections()', 'patchbay_claimer');

-- Statements that could not become usage, each with its reason; gone when a later statement of the subject is recorded.
CREATE TABLE patchbay.usage_rejection (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  subject       text NOT NULL,
  code          text NOT NULL,
  detail        text NOT NULL,
  occurred_at   timestamptz,
  rejected_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, subject)
);
SELECT patchbay.enable_tenant_rls('patchbay.usage_rejection', 'SELECT, INSERT, UPDATE, DELETE');
