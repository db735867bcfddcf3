-- Lists, switches and changes of feature flags: rows of the operators' tenant, which all processes read.

CREATE TABLE patchbay.flag_allow (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  entry_id   text NOT NULL,
  flag       text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('TENANT', 'USER')),
  listed_id  text NOT NULL,   -- of the tenant or user
  ends_at    timestamptz,     -- null: without an end
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, entry_id),
  UNIQUE (tenant_id, flag, kind, listed_id)
);
SELECT patchbay.enable_tenant_rls('patchbay.flag_allow', 'SELECT, INSERT, UPDATE, DELETE');

-- A row is a flag that is switched off.
CREATE TABLE patchbay.flag_switch (
  tenant_id   text NOT NULL REFERENCES patchbay.tenant,
  flag        text NOT NULL,
  environment text NOT NULL,
  reason      text NOT NULL,
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, flag, environment)
);
SELECT patchbay.enable_tenant_rls('patchbay.flag_switch', 'SELECT, INSERT, DELETE');

-- Changes that wait for a second operator, and those that were decided.
CREATE TABLE patchbay.flag_change (
  tenant_id    text NOT NULL REFERENCES patchbay.tenant,
  change_id    text NOT NULL,
  flag         text NOT NULL,
  environment  text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('ALLOW', 'SWITCH_ON')),
  entry        jsonb,          -- of ALLOW
  reason       text NOT NULL,
  state        text NOT NULL CHECK (state IN ('PENDING', 'APPLIED')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by   text,
  decided_at   timestamptz,
  PRIMARY KEY (tenant_id, change_id),
  CHECK ((kind = 'ALLOW') = (entry IS NOT NULL)),
  CHECK ((state = 'PENDING') = (decided_at IS NULL)),
  CHECK (decided_by <> requested_by)
);
CREATE INDEX flag_change_pending ON patchbay.flag_change (tenant_id, requested_at) WHERE state = 'PENDING';
SELECT patchbay.enable_tenant_rls('patchbay.flag_change', 'SELECT, INSERT, UPDATE');
