-- Runs that wait until the provider behind a connection answers again, and replays of runs that an outage had parked.

ALTER TABLE patchbay.run ADD COLUMN waits_for text CHECK (length(waits_for) <= 200);  -- the connection whose outage it waits out
CREATE INDEX run_waits_for ON patchbay.run (tenant_id, waits_for) WHERE status = 'waiting' AND waits_for IS NOT NULL;
GRANT SELECT (waits_for) ON patchbay.run TO patchbay_claimer;

CREATE FUNCTION patchbay.count_runs_that_wait()
RETURNS TABLE (tenant_id text, connection_id text, runs int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.waits_for, count(*)::int FROM patchbay.run c
  WHERE c.status = 'waiting' AND c.waits_for IS NOT NULL GROUP BY 1, 2;
END;
CALL patchbay.grant_definer('patchbay.count_runs_that_wait()', 'patchbay_claimer');

-- An outage replays a run once, however often processes die meanwhile.
ALTER TABLE patchbay.run_pass ADD COLUMN heals timestamptz;  -- when the outage began that had parked the run
CREATE UNIQUE INDEX run_pass_heals ON patchbay.run_pass (tenant_id, run_id, heals) WHERE heals IS NOT NULL;
