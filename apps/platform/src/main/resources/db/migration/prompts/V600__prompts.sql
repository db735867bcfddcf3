-- Prompts: templates with their draft, immutable releases, each client's own prompt, and its immutable releases.

CREATE TABLE patchbay.prompt_template (
  tenant_id   text NOT NULL REFERENCES patchbay.tenant,
  template_id text NOT NULL,
  name        text NOT NULL,
  draft       text,                    -- null: released as it is
  revision    integer NOT NULL,        -- of the draft, for If-Match
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, template_id),
  UNIQUE (tenant_id, name)
);
SELECT patchbay.enable_tenant_rls('patchbay.prompt_template', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.template_release (
  tenant_id   text NOT NULL,
  template_id text NOT NULL,
  position    integer NOT NULL,        -- 1, 2, 3 … in the order of release
  version     text NOT NULL,
  state       text NOT NULL CHECK (state IN ('RELEASED', 'WITHDRAWN')),
  source      text NOT NULL,
  notes       text NOT NULL,
  released_by text NOT NULL,
  released_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, template_id, version),
  UNIQUE (tenant_id, template_id, position),
  FOREIGN KEY (tenant_id, template_id) REFERENCES patchbay.prompt_template
);
SELECT patchbay.enable_tenant_rls('patchbay.template_release', 'SELECT, INSERT');
GRANT UPDATE (state) ON patchbay.template_release TO patchbay_app;

CREATE TABLE patchbay.prompt_instance (
  tenant_id    text NOT NULL,
  instance_id  text NOT NULL,
  client_id    text NOT NULL,
  template_id  text NOT NULL,
  base_version text NOT NULL,          -- the template's release that the source was made from or last updated to
  source       text NOT NULL,
  variables    jsonb NOT NULL,         -- values by name
  revision     integer NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, instance_id),
  UNIQUE (tenant_id, client_id, template_id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client,
  FOREIGN KEY (tenant_id, template_id, base_version) REFERENCES patchbay.template_release
);
SELECT patchbay.enable_tenant_rls('patchbay.prompt_instance', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.prompt_release (
  tenant_id    text NOT NULL,
  release_id   text NOT NULL,
  instance_id  text NOT NULL,
  client_id    text NOT NULL,
  number       integer NOT NULL,       -- 1, 2, 3 … of the instance
  base_version text NOT NULL,
  revision     integer NOT NULL,       -- of the instance that was frozen
  source       text NOT NULL,
  variables    jsonb NOT NULL,
  state        text NOT NULL CHECK (state IN ('VALIDATED', 'APPROVED', 'PUBLISHED', 'SUPERSEDED', 'WITHDRAWN')),
  released_by  text NOT NULL,
  released_at  timestamptz NOT NULL,
  approved_by  text,
  PRIMARY KEY (tenant_id, release_id),
  UNIQUE (tenant_id, instance_id, number),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES patchbay.prompt_instance
);
SELECT patchbay.enable_tenant_rls('patchbay.prompt_release', 'SELECT, INSERT');
GRANT UPDATE (state, approved_by) ON patchbay.prompt_release TO patchbay_app;
