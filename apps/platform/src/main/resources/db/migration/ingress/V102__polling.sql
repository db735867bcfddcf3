-- Asking vendors for what they did not tell: how far each stream was read, and what was found.

-- One process reads a stream at a time: it holds the row until `held_until`, and moves the cursor only while it does.
CREATE TABLE patchbay.poll_cursor (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,          -- whose credentials ask
  stream        text NOT NULL,
  provider      text NOT NULL,
  facts_of      text NOT NULL,          -- the connection whose webhooks tell the same facts
  cursor        text,                   -- in the adapter's words; null: never read
  due_at        timestamptz NOT NULL,
  holder        text,
  held_until    timestamptz NOT NULL DEFAULT '-infinity',
  polled_at     timestamptz,            -- when it was last read to its end
  failure       text,                   -- why it was not, the last time it was tried
  PRIMARY KEY (tenant_id, connection_id, stream)
);
CREATE INDEX poll_cursor_due ON patchbay.poll_cursor (due_at);
SELECT patchbay.wall('patchbay.poll_cursor', 'SELECT, INSERT, UPDATE');

-- Each fact that a vendor holds (or, only_here, that we hold and it does not), once, however often it is read.
CREATE TABLE patchbay.poll_fact (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  key           text NOT NULL,          -- as in ingress_dedup
  subject       text NOT NULL,
  provider      text NOT NULL,
  day           date NOT NULL,          -- in UTC, of when it happened
  event_id      text,                   -- null while it is missing
  kind          text NOT NULL CHECK (kind IN ('known', 'repaired', 'missing', 'only_here')),
  PRIMARY KEY (tenant_id, connection_id, key)
);
CREATE INDEX poll_fact_by_day ON patchbay.poll_fact (tenant_id, day, connection_id);
CREATE INDEX poll_fact_by_subject ON patchbay.poll_fact (tenant_id, connection_id, subject);
CREATE INDEX poll_fact_different ON patchbay.poll_fact (tenant_id, (connection_id || '/' || key)) WHERE kind <> 'known';
SELECT patchbay.wall('patchbay.poll_fact', 'SELECT, INSERT, UPDATE, DELETE');

-- Two doors: which connections of a provider there are, and which streams are due, whosever they are.
CREATE POLICY poll_connections ON patchbay.connection FOR SELECT TO patchbay_claimer USING (unhealthy IS NULL);
GRANT SELECT (tenant_id, connection_id, provider, unhealthy) ON patchbay.connection TO patchbay_claimer;
CREATE FUNCTION patchbay.usable_connections(wanted_provider text)
RETURNS TABLE (tenant_id text, connection_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.connection_id FROM patchbay.connection c
  WHERE c.provider = wanted_provider AND c.unhealthy IS NULL ORDER BY c.tenant_id, c.connection_id;
END;
CALL patchbay.hang_door('patchbay.usable_connections(text)', 'patchbay_claimer');

CREATE POLICY poll_due ON patchbay.poll_cursor FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, connection_id, stream, provider, due_at, held_until) ON patchbay.poll_cursor TO patchbay_claimer;
CREATE FUNCTION patchbay.due_polls()
RETURNS TABLE (tenant_id text, connection_id text, stream text, provider text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT c.tenant_id, c.connection_id, c.stream, c.provider FROM patchbay.poll_cursor c
  WHERE c.due_at <= clock_timestamp() AND c.held_until <= clock_timestamp() ORDER BY c.due_at;
END;
CALL patchbay.hang_door('patchbay.due_polls()', 'patchbay_claimer');
