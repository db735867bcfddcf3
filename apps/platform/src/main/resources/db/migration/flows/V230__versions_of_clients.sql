-- A client's own version of a flow: new runs start with it whichever version is active. Null: the active one.
ALTER TABLE patchbay.flow_assignment
  ADD COLUMN version text,
  ADD FOREIGN KEY (tenant_id, flow_id, version) REFERENCES patchbay.flow_version;
GRANT UPDATE (version) ON patchbay.flow_assignment TO patchbay_app;
