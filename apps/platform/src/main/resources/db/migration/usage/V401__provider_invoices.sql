-- Invoices of providers, and how they differ from our records.

CREATE TABLE patchbay.provider_invoice (
  tenant_id     text NOT NULL,
  invoice_id    text NOT NULL,                    -- ours, pin_…
  connection_id text NOT NULL,
  provider      text NOT NULL,
  month         text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  starts_at     timestamptz NOT NULL,             -- the provider's period, in its zone
  ends_at       timestamptz NOT NULL,
  currency      text NOT NULL,
  stated_total  numeric NOT NULL,
  lines         int NOT NULL,
  state         text NOT NULL CHECK (state IN ('open', 'settled', 'superseded')),
  ours          numeric NOT NULL DEFAULT 0,       -- as of the last reconciliation, like the following
  rounding      numeric NOT NULL DEFAULT 0,
  calls         int NOT NULL DEFAULT 0,           -- calls on both sides
  matched       int NOT NULL DEFAULT 0,           -- of these, the ones without a difference
  reconciled_at timestamptz,
  received_at   timestamptz NOT NULL,
  CHECK (abs(stated_total) < 1e15 AND abs(ours) < 1e15),
  PRIMARY KEY (tenant_id, invoice_id)
);
CREATE UNIQUE INDEX provider_invoice_current ON patchbay.provider_invoice (tenant_id, connection_id, month)
  WHERE state <> 'superseded';
SELECT patchbay.enable_tenant_rls('patchbay.provider_invoice', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.provider_invoice_line (
  tenant_id  text NOT NULL,
  invoice_id text NOT NULL,
  n          int NOT NULL,
  subject    text NOT NULL,                       -- the call; invoice:<product> for a line without one
  product    text NOT NULL,
  leg        smallint NOT NULL,
  quantity   numeric NOT NULL,
  cost       numeric NOT NULL,                    -- major units
  began_at   timestamptz,                         -- null without a call
  CHECK (abs(cost) < 1e15 AND abs(quantity) < 1e15),
  PRIMARY KEY (tenant_id, invoice_id, n),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES patchbay.provider_invoice
);
SELECT patchbay.enable_tenant_rls('patchbay.provider_invoice_line', 'SELECT, INSERT');

CREATE TABLE patchbay.provider_invoice_difference (
  tenant_id    text NOT NULL,
  invoice_id   text NOT NULL,
  key          text NOT NULL,
  class        text NOT NULL,
  subject      text NOT NULL,
  product      text NOT NULL,                     -- '' for a whole call
  leg          smallint NOT NULL,
  our_quantity numeric,                           -- null where only the provider has it
  our_cost     numeric,
  quantity     numeric,                           -- the provider's; null where only we have it
  cost         numeric,
  amount       numeric NOT NULL,                  -- the provider's cost less ours
  parts        jsonb NOT NULL,                    -- by product and leg
  began_at     timestamptz,
  decision     text NOT NULL CHECK (decision IN ('open', 'accepted', 'disputed', 'ours')),
  decided_by   text,
  decided_at   timestamptz,
  CHECK ((decision = 'open') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  PRIMARY KEY (tenant_id, invoice_id, key),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES patchbay.provider_invoice
);
SELECT patchbay.enable_tenant_rls('patchbay.provider_invoice_difference', 'SELECT, INSERT, UPDATE, DELETE');

-- Accepted differences of calls that may still be stated, and statements that are not simply the first one.
CREATE INDEX usage_record_of_invoices ON patchbay.usage_record (tenant_id, connection_id, subject) WHERE reason = 'invoice';
CREATE INDEX usage_snapshot_changed ON patchbay.usage_snapshot (tenant_id, occurred_at) WHERE outcome <> 'stated';
