-- Who made which version of a flow the active one, and when.
CREATE TABLE patchbay.flow_promotion (
  tenant_id    text NOT NULL,
  flow_id      text NOT NULL,
  position     bigint GENERATED ALWAYS AS IDENTITY,
  kind         text NOT NULL CHECK (kind IN ('promoted', 'rolled_back')),
  from_version text,                         -- null: none was active before
  to_version   text NOT NULL,
  actor        text NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, flow_id, position),
  FOREIGN KEY (tenant_id, flow_id, from_version) REFERENCES patchbay.flow_version,
  FOREIGN KEY (tenant_id, flow_id, to_version) REFERENCES patchbay.flow_version
);
SELECT patchbay.wall('patchbay.flow_promotion', 'SELECT, INSERT');

-- A client can leave a flow.
GRANT DELETE ON patchbay.flow_assignment TO patchbay_app;
