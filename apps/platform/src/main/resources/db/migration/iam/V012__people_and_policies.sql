-- Who there is and who may do what: people, groups, roles of the tenant's own, and the assignments that join them.

CREATE TABLE patchbay.app_user (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  user_id    text NOT NULL,
  email      text NOT NULL,
  name       text NOT NULL,
  state      text NOT NULL CHECK (state IN ('invited', 'active', 'suspended')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, user_id)
);
CREATE UNIQUE INDEX app_user_email ON patchbay.app_user (tenant_id, lower(email));
SELECT patchbay.wall('patchbay.app_user', 'SELECT, INSERT, UPDATE');

-- client_id '' is the tenant's own.
CREATE TABLE patchbay.user_group (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  group_id   text NOT NULL,
  client_id  text NOT NULL DEFAULT '',
  name       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, group_id),
  UNIQUE (tenant_id, client_id, name)
);
SELECT patchbay.wall('patchbay.user_group', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE patchbay.group_member (
  tenant_id text NOT NULL,
  group_id  text NOT NULL,
  user_id   text NOT NULL,
  PRIMARY KEY (tenant_id, group_id, user_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES patchbay.user_group ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, user_id) REFERENCES patchbay.app_user
);
CREATE INDEX group_member_user ON patchbay.group_member (tenant_id, user_id);
SELECT patchbay.wall('patchbay.group_member', 'SELECT, INSERT, DELETE');

-- Roles of a tenant's own making; the system's are in the code.
CREATE TABLE patchbay.custom_role (
  tenant_id   text NOT NULL REFERENCES patchbay.tenant,
  role_id     text NOT NULL,
  name        text NOT NULL,
  description text NOT NULL DEFAULT '',
  permissions text[] NOT NULL,
  PRIMARY KEY (tenant_id, role_id),
  UNIQUE (tenant_id, name)
);
SELECT patchbay.wall('patchbay.custom_role', 'SELECT, INSERT, UPDATE, DELETE');

-- subject_id is a user's or a group's id; the role is a system role's name or a custom role's id.
-- Scope: the whole tenant (neither), one client, or one resource ('flows/flw_…').
CREATE TABLE patchbay.role_assignment (
  tenant_id     text NOT NULL REFERENCES patchbay.tenant,
  assignment_id text NOT NULL,
  subject_id    text NOT NULL,
  role          text NOT NULL,
  client_id     text NOT NULL DEFAULT '',
  resource      text NOT NULL DEFAULT '',
  expires_at    timestamptz,
  created_by    text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, assignment_id),
  UNIQUE (tenant_id, subject_id, role, client_id, resource),
  CHECK (client_id = '' OR resource = '')
);
CREATE INDEX role_assignment_role ON patchbay.role_assignment (tenant_id, role);
SELECT patchbay.wall('patchbay.role_assignment', 'SELECT, INSERT, UPDATE, DELETE');

-- Tokens end, are revoked, belong to one client or to the agency, and tell when they were last used.
ALTER TABLE patchbay.service_token
  ADD COLUMN client_id  text NOT NULL DEFAULT '',
  ADD COLUMN issued_by  text NOT NULL DEFAULT 'system',
  ADD COLUMN expires_at timestamptz,
  ADD COLUMN revoked_at timestamptz,
  ADD COLUMN used_at    timestamptz;
-- Permissions read action first: 'read:flows'.
ALTER TABLE patchbay.service_token NO FORCE ROW LEVEL SECURITY;
UPDATE patchbay.service_token SET permissions = ARRAY(
  SELECT CASE p WHEN 'events:raw' THEN 'read:raw-events' ELSE split_part(p, ':', 2) || ':' || split_part(p, ':', 1) END
  FROM unnest(permissions) AS p);
ALTER TABLE patchbay.service_token FORCE ROW LEVEL SECURITY;

-- How often a tenant's policy changed: processes compare it with what they have in memory, twice a second while asked.
CREATE TABLE patchbay.policy_version (
  tenant_id text PRIMARY KEY REFERENCES patchbay.tenant,
  version   bigint NOT NULL
);
SELECT patchbay.wall('patchbay.policy_version', 'SELECT, INSERT, UPDATE');

-- Counted by the database, so that no way of changing a policy can forget it.
CREATE FUNCTION patchbay.policy_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO patchbay.policy_version AS v (tenant_id, version)
  VALUES (current_setting('patchbay.tenant'), 1)
  ON CONFLICT (tenant_id) DO UPDATE SET version = v.version + 1;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION patchbay.policy_changed FROM public;
GRANT EXECUTE ON FUNCTION patchbay.policy_changed TO patchbay_app;

CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OF state ON patchbay.app_user
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.policy_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR DELETE OR UPDATE OF name, client_id ON patchbay.user_group
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.policy_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR DELETE ON patchbay.group_member
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.policy_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR DELETE OR UPDATE ON patchbay.custom_role
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.policy_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR DELETE OR UPDATE ON patchbay.role_assignment
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.policy_changed();

-- A token that ended or was revoked is none. Its use is noted to the minute: more would be a write for every request.
DROP FUNCTION patchbay.find_token(bytea);
CREATE POLICY token_use ON patchbay.service_token FOR UPDATE TO patchbay_doorkeeper USING (true);
GRANT SELECT (client_id, expires_at, revoked_at, used_at), UPDATE (used_at) ON patchbay.service_token TO patchbay_doorkeeper;
CREATE FUNCTION patchbay.use_token(wanted bytea, moment timestamptz)
RETURNS TABLE (tenant_id text, token_id text, permissions text[], client_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.service_token t SET used_at = moment
  WHERE t.hash = wanted AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > moment)
    AND (t.used_at IS NULL OR t.used_at < moment - interval '1 minute');
  SELECT t.tenant_id, t.token_id, t.permissions, t.client_id FROM patchbay.service_token t
  WHERE t.hash = wanted AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > moment);
END;
CALL patchbay.hang_door('patchbay.use_token(bytea, timestamptz)', 'patchbay_doorkeeper');
