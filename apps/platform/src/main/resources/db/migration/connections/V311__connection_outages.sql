-- The outage of a connection: its provider does not answer, although the credentials may be good. One row a connection, of its last
-- outage, which all processes share.

CREATE TABLE patchbay.connection_outage (
  tenant_id     text NOT NULL CHECK (length(tenant_id) <= 200),
  connection_id text NOT NULL CHECK (length(connection_id) <= 200),
  state         text NOT NULL CHECK (state IN ('SUSPECTED', 'AWAY', 'RECOVERING', 'ENDED')),
  state_since   timestamptz NOT NULL,
  began_at      timestamptz NOT NULL,
  ended_at      timestamptz,
  look_at       timestamptz NOT NULL,      -- when the next self-test is due; infinity: none
  looked_at     timestamptz,               -- when the last one began
  looks         int NOT NULL DEFAULT 0,    -- self-tests since the last change of state; each doubles the time to the next
  released_at   timestamptz,               -- when waiting runs were continued last
  told_at       timestamptz,               -- when people were told of it
  waiting_runs  int NOT NULL DEFAULT 0,
  sentence      text NOT NULL CHECK (length(sentence) <= 1000),
  PRIMARY KEY (tenant_id, connection_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES patchbay.connection
);
CREATE INDEX connection_outage_open ON patchbay.connection_outage (look_at) WHERE state <> 'ENDED';
SELECT patchbay.enable_tenant_rls('patchbay.connection_outage', 'SELECT, INSERT, UPDATE');

CREATE POLICY outage_find ON patchbay.connection_outage FOR SELECT TO patchbay_claimer USING (state <> 'ENDED');
CREATE POLICY outage_look ON patchbay.connection_outage FOR UPDATE TO patchbay_claimer
  USING (state <> 'ENDED') WITH CHECK (state <> 'ENDED');
GRANT SELECT, UPDATE (look_at, looked_at, looks) ON patchbay.connection_outage TO patchbay_claimer;

CREATE FUNCTION patchbay.find_open_outages()
RETURNS TABLE (tenant_id text, connection_id text, state text, began_at timestamptz, told boolean, waiting_runs int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT o.tenant_id, o.connection_id, o.state, o.began_at, o.told_at IS NOT NULL, o.waiting_runs
  FROM patchbay.connection_outage o WHERE o.state <> 'ENDED';
END;
CALL patchbay.grant_definer('patchbay.find_open_outages()', 'patchbay_claimer');

-- Claims self-tests that are due. The process that gets one has it alone until the next is due, which takes twice as long each time.
CREATE FUNCTION patchbay.claim_outage_looks(max_looks int, now timestamptz, first_wait interval, max_wait interval)
RETURNS TABLE (tenant_id text, connection_id text, state text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.connection_outage o
  SET looked_at = claim_outage_looks.now, looks = o.looks + 1,
      look_at = claim_outage_looks.now + least(first_wait * (2 ^ least(o.looks, 20)), max_wait)
  FROM (SELECT d.tenant_id, d.connection_id FROM patchbay.connection_outage d
        WHERE d.state <> 'ENDED' AND d.look_at <= claim_outage_looks.now
        ORDER BY d.look_at LIMIT max_looks FOR UPDATE SKIP LOCKED) due
  WHERE o.tenant_id = due.tenant_id AND o.connection_id = due.connection_id
  RETURNING o.tenant_id, o.connection_id, o.state;
END;
CALL patchbay.grant_definer('patchbay.claim_outage_looks(int, timestamptz, interval, interval)', 'patchbay_claimer');
