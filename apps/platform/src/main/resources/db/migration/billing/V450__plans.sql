-- Plans as data: versions that never change but for their state.

CREATE TABLE patchbay.plan (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  plan_id    text NOT NULL,
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, plan_id),
  UNIQUE (tenant_id, name)
);
SELECT patchbay.enable_tenant_rls('patchbay.plan', 'SELECT, INSERT');

CREATE TABLE patchbay.plan_version (
  tenant_id   text NOT NULL,
  plan_id     text NOT NULL,
  version     int NOT NULL CHECK (version >= 1),
  state       text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'APPROVED', 'RETIRED')),
  terms       json NOT NULL,                      -- as it was sent; json keeps every digit
  digest      bytea NOT NULL,                     -- of the terms, whatever the order of their members
  starts_on   date NOT NULL,                      -- the first day on which a subscription may begin with it
  ends_on     date CHECK (ends_on > starts_on),   -- the day after the last one; null without an end
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  approved_by text,
  approved_at timestamptz,
  CHECK ((state = 'DRAFT') = (approved_by IS NULL) AND (approved_by IS NULL) = (approved_at IS NULL)),
  PRIMARY KEY (tenant_id, plan_id, version),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES patchbay.plan
);
SELECT patchbay.enable_tenant_rls('patchbay.plan_version', 'SELECT, INSERT');
GRANT UPDATE (state, approved_by, approved_at) ON patchbay.plan_version TO patchbay_app;

-- A version goes from draft to approved to retired, and its approval never changes.
CREATE FUNCTION patchbay.keep_plan_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT ((OLD.state = 'DRAFT' AND NEW.state = 'APPROVED')
      OR (OLD.state = 'APPROVED' AND NEW.state = 'RETIRED'
          AND OLD.approved_by = NEW.approved_by AND OLD.approved_at = NEW.approved_at)) THEN
    RAISE EXCEPTION 'version % of plan % does not go from % to %', OLD.version, OLD.plan_id, OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_plan_version BEFORE UPDATE ON patchbay.plan_version
  FOR EACH ROW EXECUTE FUNCTION patchbay.keep_plan_version();
