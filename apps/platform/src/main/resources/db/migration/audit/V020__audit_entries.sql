-- Who did what. Append only: the login that serves may read and insert, and nothing else.

CREATE TABLE patchbay.audit_entry (
  tenant_id      text NOT NULL REFERENCES patchbay.tenant,
  entry_id       text NOT NULL,
  client_id      text,
  actor          text NOT NULL,
  action         text NOT NULL,
  resource       text NOT NULL,
  before_digest  text,
  after_digest   text,
  correlation_id text NOT NULL,
  source_ip      text,
  at             timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, entry_id)
);
SELECT patchbay.wall('patchbay.audit_entry', 'SELECT, INSERT');
