-- Columns and functions of runs under names that say what they are. Data stay as they are; runs under way continue.

ALTER TABLE patchbay.run RENAME COLUMN turn TO fencing_token;         -- of the lease: +1 at each claim and each change by a person
ALTER TABLE patchbay.run RENAME COLUMN depth TO cause_depth;          -- how many runs of ours led to its event
ALTER TABLE patchbay.run RENAME CONSTRAINT run_owned TO run_running_has_owner;
ALTER TABLE patchbay.step RENAME COLUMN renewed TO token_renewed;     -- the last attempt renewed the access token

DROP FUNCTION patchbay.claim_runs(text, bigint, int);
DROP FUNCTION patchbay.runs_of(text, bigint);

-- Claims runs that are due, and runs whose process is dead: its lease has lapsed, or it has a new epoch.
-- No row: there is none, or the lease of the process that asks is not live.
CREATE FUNCTION patchbay.claim_runs(node text, epoch bigint, max_runs int)
RETURNS TABLE (tenant_id text, run_id text, fencing_token bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH due AS MATERIALIZED (
    SELECT c.tenant_id, c.run_id FROM patchbay.run c
    WHERE c.status = 'waiting' AND c.wake_at <= statement_timestamp()  -- stable, so that the index bounds it
    ORDER BY c.wake_at LIMIT max_runs FOR UPDATE SKIP LOCKED),
  orphaned AS MATERIALIZED (
    SELECT c.tenant_id, c.run_id FROM patchbay.run c
    WHERE c.status = 'running' AND NOT EXISTS (
      SELECT FROM patchbay.node n
      WHERE n.node_id = c.owner_node AND n.epoch = c.owner_epoch AND n.lease_until > clock_timestamp())
    LIMIT max_runs FOR UPDATE SKIP LOCKED)
  UPDATE patchbay.run r
  SET status = 'running', fencing_token = r.fencing_token + 1, owner_node = me.node_id, owner_epoch = me.epoch, wake_at = NULL
  FROM (SELECT * FROM orphaned UNION ALL SELECT * FROM due LIMIT max_runs) claimed, patchbay.node me
  WHERE r.tenant_id = claimed.tenant_id AND r.run_id = claimed.run_id
    AND me.node_id = claim_runs.node AND me.epoch = claim_runs.epoch AND me.lease_until > clock_timestamp()
  RETURNING r.tenant_id, r.run_id, r.fencing_token;
END;
CALL patchbay.hang_door('patchbay.claim_runs(text, bigint, int)', 'patchbay_claimer');

-- The runs that a process owns, so that it finds those that it does not execute.
CREATE FUNCTION patchbay.find_claimed_runs(node text, epoch bigint)
RETURNS TABLE (tenant_id text, run_id text, fencing_token bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.run_id, c.fencing_token FROM patchbay.run c
  WHERE c.status = 'running' AND c.owner_node = find_claimed_runs.node AND c.owner_epoch = find_claimed_runs.epoch;
END;
CALL patchbay.hang_door('patchbay.find_claimed_runs(text, bigint)', 'patchbay_claimer');
