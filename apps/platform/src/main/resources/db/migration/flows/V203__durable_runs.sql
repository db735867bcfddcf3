-- A run is taken by one process at a time, under a turn that counts up; its steps are the journal it goes on from (ADR 0013).

ALTER TABLE patchbay.run
  ADD COLUMN pass int NOT NULL DEFAULT 0,           -- +1 at each replay
  ADD COLUMN turn bigint NOT NULL DEFAULT 0,        -- fencing token: +1 whenever the run is taken, or taken away
  ADD COLUMN owner_node text,
  ADD COLUMN owner_epoch bigint,                    -- null: nobody walks it
  ADD COLUMN pass_started_at timestamptz,           -- of a replay
  ADD COLUMN wake_at timestamptz,                   -- of a waiting one; null: only a person or an answer wakes it
  ADD COLUMN ending text CHECK (ending IN ('failed', 'cancelled')),  -- what was done is being undone; then it ends so
  ADD COLUMN ending_cause jsonb,                    -- why, as it will be told then: {code, sentence, step}
  ADD COLUMN repeat_tasks text[] NOT NULL DEFAULT '{}',  -- what a replay's caller wants done again, although it was done
  ADD COLUMN cause_step text,                       -- the task at which it stopped
  ADD COLUMN erased_at timestamptz,                 -- a person was taken out of it: it cannot be replayed
  DROP CONSTRAINT run_status_check,
  ADD CONSTRAINT run_status CHECK
    (status IN ('running', 'waiting', 'paused', 'completed', 'failed', 'parked', 'cancelled'));
-- What the engine before this one had under way goes on from its journal.
-- The owner is behind the wall too, and there is no tenant here.
ALTER TABLE patchbay.run NO FORCE ROW LEVEL SECURITY;
UPDATE patchbay.run SET status = 'waiting', wake_at = clock_timestamp() WHERE status IN ('running', 'waiting');
ALTER TABLE patchbay.run FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.run ADD CONSTRAINT run_owned CHECK ((status = 'running') = (owner_node IS NOT NULL));
CREATE INDEX run_due ON patchbay.run (wake_at) WHERE status = 'waiting' AND wake_at IS NOT NULL;
CREATE INDEX run_owned ON patchbay.run (owner_node, owner_epoch) WHERE status = 'running';
CREATE INDEX run_parked ON patchbay.run (tenant_id, cause_code, run_id DESC) WHERE status = 'parked';

-- A replay: who asked for it, with what, and how the run stood before.
CREATE TABLE patchbay.run_pass (
  tenant_id    text NOT NULL,
  run_id       text NOT NULL,
  pass         int NOT NULL,
  version      text NOT NULL,
  input        jsonb,                               -- null: as before
  repeat_tasks text[] NOT NULL,
  actor        text NOT NULL,
  reason       text,
  before       jsonb NOT NULL,                      -- status, version, cause, and the input where it was edited
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, run_id, pass),
  FOREIGN KEY (tenant_id, run_id) REFERENCES patchbay.run
);
SELECT patchbay.wall('patchbay.run_pass', 'SELECT, INSERT');
GRANT UPDATE (input, before) ON patchbay.run_pass TO patchbay_app;

ALTER TABLE patchbay.attempt DROP CONSTRAINT attempt_tenant_id_run_id_pointer_iteration_fkey;
ALTER TABLE patchbay.attempt ADD COLUMN pass int NOT NULL DEFAULT 0, DROP CONSTRAINT attempt_pkey;
ALTER TABLE patchbay.attempt ADD PRIMARY KEY (tenant_id, run_id, pass, pointer, iteration, position);
ALTER TABLE patchbay.step
  ADD COLUMN pass int NOT NULL DEFAULT 0,
  ADD COLUMN reused boolean NOT NULL DEFAULT false, -- an earlier pass did it
  ADD COLUMN attempts int NOT NULL DEFAULT 0,       -- that counted towards the limit
  ADD COLUMN renewed boolean NOT NULL DEFAULT false,-- the last attempt renewed the access token
  ADD COLUMN due_at timestamptz,                    -- of a wait: when it is over
  ADD COLUMN undone_at timestamptz,                 -- its compensation was done
  DROP CONSTRAINT step_pkey;
ALTER TABLE patchbay.step ADD PRIMARY KEY (tenant_id, run_id, pass, pointer, iteration);
-- A line is written from its run's row and an attempt from its line's, each in one statement: keys that say so once more would
-- lock both rows at every step.
ALTER TABLE patchbay.step DROP CONSTRAINT step_tenant_id_run_id_fkey;

-- The provider's id of what exists now. A column, not an index on the expression: behind row-level security only leakproof
-- conditions reach an index, and ->> is none.
ALTER TABLE patchbay.effect ADD COLUMN provider_id text;
ALTER TABLE patchbay.effect NO FORCE ROW LEVEL SECURITY;
UPDATE patchbay.effect SET provider_id = response->>'providerId' WHERE state = 'DONE';
ALTER TABLE patchbay.effect FORCE ROW LEVEL SECURITY;
DROP INDEX patchbay.effect_open;
CREATE INDEX effect_open ON patchbay.effect (tenant_id, look_after) WHERE state IN ('PLANNED', 'UNKNOWN');
CREATE INDEX effect_owned ON patchbay.effect (look_after) WHERE state = 'PLANNED' AND owner_node IS NOT NULL;
CREATE INDEX effect_by_provider_id ON patchbay.effect (tenant_id, provider_id) WHERE provider_id IS NOT NULL;

-- The claimer sees which runs are open and whose they are, and nothing of what they are about.
CREATE POLICY claim_read ON patchbay.run FOR SELECT TO patchbay_claimer USING (status IN ('running', 'waiting'));
CREATE POLICY claim_write ON patchbay.run FOR UPDATE TO patchbay_claimer
  USING (status IN ('running', 'waiting')) WITH CHECK (status = 'running');
GRANT SELECT (tenant_id, run_id, status, turn, owner_node, owner_epoch, wake_at),
      UPDATE (status, turn, owner_node, owner_epoch, wake_at) ON patchbay.run TO patchbay_claimer;
CREATE POLICY claim_read ON patchbay.node FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT ON patchbay.node TO patchbay_claimer;

-- Takes runs whose time has come, and those whose process is dead to us: its lease has lapsed, or it came back as another.
-- No row: there is none, or the lease of the process that asks is not live.
CREATE FUNCTION patchbay.claim_runs(node text, epoch bigint, most int)
RETURNS TABLE (tenant_id text, run_id text, turn bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH due AS MATERIALIZED (
    SELECT c.tenant_id, c.run_id FROM patchbay.run c
    WHERE c.status = 'waiting' AND c.wake_at <= statement_timestamp()  -- stable, so that the index bounds it
    ORDER BY c.wake_at LIMIT most FOR UPDATE SKIP LOCKED),
  orphaned AS MATERIALIZED (
    SELECT c.tenant_id, c.run_id FROM patchbay.run c
    WHERE c.status = 'running' AND NOT EXISTS (
      SELECT FROM patchbay.node n
      WHERE n.node_id = c.owner_node AND n.epoch = c.owner_epoch AND n.lease_until > clock_timestamp())
    LIMIT most FOR UPDATE SKIP LOCKED)
  UPDATE patchbay.run r
  SET status = 'running', turn = r.turn + 1, owner_node = me.node_id, owner_epoch = me.epoch, wake_at = NULL
  FROM (SELECT * FROM orphaned UNION ALL SELECT * FROM due LIMIT most) taken, patchbay.node me
  WHERE r.tenant_id = taken.tenant_id AND r.run_id = taken.run_id
    AND me.node_id = claim_runs.node AND me.epoch = claim_runs.epoch AND me.lease_until > clock_timestamp()
  RETURNING r.tenant_id, r.run_id, r.turn;
END;
CALL patchbay.hang_door('patchbay.claim_runs(text, bigint, int)', 'patchbay_claimer');

-- What a process believes to be walking, so that it finds what it has and does not walk.
CREATE FUNCTION patchbay.runs_of(node text, epoch bigint)
RETURNS TABLE (tenant_id text, run_id text, turn bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.run_id, c.turn FROM patchbay.run c
  WHERE c.status = 'running' AND c.owner_node = runs_of.node AND c.owner_epoch = runs_of.epoch;
END;
CALL patchbay.hang_door('patchbay.runs_of(text, bigint)', 'patchbay_claimer');

-- Effects whose owner's time is over are nobody's any more. For those who look on: a claim does the same by itself.
CREATE POLICY expire_read ON patchbay.effect FOR SELECT TO patchbay_claimer USING (state IN ('PLANNED', 'UNKNOWN'));
CREATE POLICY expire_write ON patchbay.effect FOR UPDATE TO patchbay_claimer
  USING (state = 'PLANNED') WITH CHECK (state = 'UNKNOWN');
GRANT SELECT (tenant_id, key, state, owner_node, look_after), UPDATE (state, owner_node, owner_epoch)
  ON patchbay.effect TO patchbay_claimer;
CREATE FUNCTION patchbay.expire_effects(most int) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH late AS MATERIALIZED (
    SELECT e.tenant_id, e.key FROM patchbay.effect e
    WHERE e.state = 'PLANNED' AND e.owner_node IS NOT NULL AND e.look_after <= statement_timestamp()
    ORDER BY e.look_after LIMIT most FOR UPDATE SKIP LOCKED),
  expired AS (
    UPDATE patchbay.effect e SET state = 'UNKNOWN', owner_node = NULL, owner_epoch = NULL FROM late
    WHERE e.tenant_id = late.tenant_id AND e.key = late.key RETURNING 1)
  SELECT count(*)::int FROM expired;
END;
CALL patchbay.hang_door('patchbay.expire_effects(int)', 'patchbay_claimer');
