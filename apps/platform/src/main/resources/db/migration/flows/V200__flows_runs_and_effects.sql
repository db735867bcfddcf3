-- Flows: definitions, the journal people see (run, step, attempt), and the effect ledger (ADR 0006).

CREATE TABLE patchbay.flow (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  flow_id    text NOT NULL,
  name       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, flow_id),
  UNIQUE (tenant_id, name)
);
SELECT patchbay.wall('patchbay.flow', 'SELECT, INSERT');

CREATE TABLE patchbay.flow_version (
  tenant_id  text NOT NULL,
  flow_id    text NOT NULL,
  version    text NOT NULL,
  state      text NOT NULL CHECK (state IN ('draft', 'active', 'retired')),
  source     text NOT NULL,
  digest     text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, flow_id, version),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES patchbay.flow
);
CREATE UNIQUE INDEX flow_version_active ON patchbay.flow_version (tenant_id, flow_id) WHERE state = 'active';
SELECT patchbay.wall('patchbay.flow_version', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.flow_assignment (
  tenant_id text NOT NULL,
  flow_id   text NOT NULL,
  client_id text NOT NULL,
  PRIMARY KEY (tenant_id, client_id, flow_id),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES patchbay.flow,
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
SELECT patchbay.wall('patchbay.flow_assignment', 'SELECT, INSERT');

CREATE TABLE patchbay.run (
  tenant_id      text NOT NULL,
  run_id         text NOT NULL,
  flow_id        text NOT NULL,
  flow_name      text NOT NULL,
  version        text NOT NULL,
  client_id      text NOT NULL,
  event_id       text,                       -- null: started by hand with an input
  correlation_id text NOT NULL,
  phone          text,
  status         text NOT NULL CHECK (status IN ('running', 'waiting', 'completed', 'failed', 'parked', 'cancelled')),
  input          jsonb NOT NULL,
  output         jsonb,
  cause_code     text,
  cause_sentence text,
  started_at     timestamptz NOT NULL,
  ended_at       timestamptz,
  PRIMARY KEY (tenant_id, run_id),
  UNIQUE (tenant_id, flow_id, event_id),     -- one run per flow and event, however often it is started
  FOREIGN KEY (tenant_id, flow_id, version) REFERENCES patchbay.flow_version,
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client
);
CREATE INDEX run_by_correlation ON patchbay.run (tenant_id, correlation_id);
CREATE INDEX run_by_phone ON patchbay.run (tenant_id, phone, run_id DESC);
CREATE INDEX run_by_client ON patchbay.run (tenant_id, client_id, run_id DESC);
SELECT patchbay.wall('patchbay.run', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.step (
  tenant_id  text NOT NULL,
  run_id     text NOT NULL,
  pointer    text NOT NULL,
  iteration  int  NOT NULL,
  position   bigint GENERATED ALWAYS AS IDENTITY,
  name       text NOT NULL,
  call       text,
  status     text NOT NULL CHECK (status IN ('running', 'waiting', 'completed', 'failed', 'skipped')),
  effect_key text,
  input      jsonb,
  output     jsonb,
  started_at timestamptz NOT NULL,
  ended_at   timestamptz,
  PRIMARY KEY (tenant_id, run_id, pointer, iteration),
  FOREIGN KEY (tenant_id, run_id) REFERENCES patchbay.run
);
SELECT patchbay.wall('patchbay.step', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.attempt (
  tenant_id    text NOT NULL,
  run_id       text NOT NULL,
  pointer      text NOT NULL,
  iteration    int  NOT NULL,
  position     bigint GENERATED ALWAYS AS IDENTITY,
  started_at   timestamptz NOT NULL,
  milliseconds bigint NOT NULL,
  exchanges    jsonb NOT NULL,               -- redacted
  outcome      text NOT NULL,
  PRIMARY KEY (tenant_id, run_id, pointer, iteration, position),
  FOREIGN KEY (tenant_id, run_id, pointer, iteration) REFERENCES patchbay.step
);
SELECT patchbay.wall('patchbay.attempt', 'SELECT, INSERT');

-- The processes that may act. No tenant and no personal data: ids and times only.
CREATE SEQUENCE patchbay.node_epoch;
CREATE TABLE patchbay.node (
  node_id     text PRIMARY KEY,
  epoch       bigint NOT NULL,               -- new at every start and every eviction, never reused
  lease_until timestamptz NOT NULL
);
ALTER TABLE patchbay.node ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_process ON patchbay.node TO patchbay_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON patchbay.node TO patchbay_app;
GRANT USAGE ON SEQUENCE patchbay.node_epoch TO patchbay_app;

CREATE TABLE patchbay.effect (
  tenant_id   text NOT NULL,
  key         text NOT NULL,                 -- origin run / task path / iteration / generation
  run_id      text NOT NULL,
  step_id     text NOT NULL,
  state       text NOT NULL CHECK (state IN ('PLANNED', 'DONE', 'FAILED', 'UNKNOWN')),
  digest      bytea NOT NULL,                -- SHA-256 of the canonical request
  attempt     int NOT NULL,                  -- the effect's own fencing token: +1 at every claim
  owner_node  text,
  owner_epoch bigint,                        -- null: nobody holds it
  act_until   timestamptz NOT NULL,          -- the owner may neither send nor wait after this
  look_after  timestamptz NOT NULL,          -- from here "absent" counts; infinity = parked for a person
  looked_up   boolean NOT NULL DEFAULT false,
  response    jsonb,
  error       text,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at  timestamptz,
  PRIMARY KEY (tenant_id, key),
  CHECK ((state IN ('DONE', 'FAILED')) = (settled_at IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX effect_open ON patchbay.effect (look_after) WHERE state IN ('PLANNED', 'UNKNOWN');
CREATE INDEX effect_by_run ON patchbay.effect (tenant_id, run_id);
SELECT patchbay.wall('patchbay.effect', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.effect_incident (
  tenant_id text NOT NULL,
  key       text NOT NULL,
  attempt   int NOT NULL,
  kind      text NOT NULL,
  detail    jsonb NOT NULL,
  at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT patchbay.wall('patchbay.effect_incident', 'SELECT, INSERT');
