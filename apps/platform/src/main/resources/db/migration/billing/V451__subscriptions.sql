-- Subscriptions with frozen terms, and the periods that are opened one after the other.

CREATE TABLE patchbay.subscription (
  tenant_id       text NOT NULL,
  subscription_id text NOT NULL,
  client_id       text NOT NULL,
  plan_id         text NOT NULL,
  version         int NOT NULL,
  terms           json NOT NULL,                  -- a copy of the version's terms; json keeps every digit
  digest          bytea NOT NULL,
  currency        text NOT NULL,
  anchor_day      smallint NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  tax_percent     numeric NOT NULL CHECK (tax_percent >= 0 AND tax_percent <= 100 AND scale(tax_percent) <= 4),
  starts_on       date NOT NULL,
  ends_on         date CHECK (ends_on >= starts_on),   -- the day after the last one; null without an end
  created_by      text NOT NULL,
  created_at      timestamptz NOT NULL,
  ended_by        text,
  ended_at        timestamptz,
  due_at          timestamptz,                    -- when the background looks at it next; null for never
  failure         text CHECK (length(failure) <= 2000),
  CHECK ((ends_on IS NULL) = (ended_by IS NULL) AND (ended_by IS NULL) = (ended_at IS NULL)),
  PRIMARY KEY (tenant_id, subscription_id),
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client,
  FOREIGN KEY (tenant_id, plan_id, version) REFERENCES patchbay.plan_version,
  CONSTRAINT subscription_apart EXCLUDE USING gist
    (tenant_id WITH =, client_id WITH =, daterange(starts_on, ends_on) WITH &&)
);
CREATE INDEX subscription_due ON patchbay.subscription (due_at) WHERE due_at IS NOT NULL;
SELECT patchbay.enable_tenant_rls('patchbay.subscription', 'SELECT, INSERT');
GRANT UPDATE (ends_on, ended_by, ended_at, due_at, failure) ON patchbay.subscription TO patchbay_app;
CALL patchbay.limit_rows('patchbay.subscription', 20000);

-- A subscription ends once, and nothing else about it changes.
CREATE FUNCTION patchbay.keep_subscription() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(OLD) - '{ends_on,ended_by,ended_at,due_at,failure}'::text[]
       <> to_jsonb(NEW) - '{ends_on,ended_by,ended_at,due_at,failure}'::text[]
     OR (OLD.ends_on IS NOT NULL
         AND (OLD.ends_on, OLD.ended_by, OLD.ended_at) IS DISTINCT FROM (NEW.ends_on, NEW.ended_by, NEW.ended_at)) THEN
    RAISE EXCEPTION 'the terms and the end of subscription % do not change', OLD.subscription_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_subscription BEFORE UPDATE ON patchbay.subscription
  FOR EACH ROW EXECUTE FUNCTION patchbay.keep_subscription();

-- A period begins where the one before ends, so there is neither a gap nor an overlap. Opening it fixes its instants.
CREATE TABLE patchbay.billing_period (
  tenant_id       text NOT NULL,
  subscription_id text NOT NULL,
  n               int NOT NULL CHECK (n >= 1),
  starts_at       timestamptz NOT NULL,
  ends_at         timestamptz NOT NULL,
  starts_on       date NOT NULL,
  ends_on         date NOT NULL CHECK (ends_on > starts_on),
  whole_from      date NOT NULL CHECK (whole_from <= starts_on),
  whole_to        date NOT NULL CHECK (whole_to >= ends_on),
  zone            text NOT NULL,
  follows         timestamptz CHECK (follows = starts_at),
  CHECK (ends_at > starts_at),
  CHECK ((n = 1) = (follows IS NULL)),
  PRIMARY KEY (tenant_id, subscription_id, n),
  UNIQUE (tenant_id, subscription_id, starts_at),
  UNIQUE (tenant_id, subscription_id, ends_at),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES patchbay.subscription,
  FOREIGN KEY (tenant_id, subscription_id, follows)
    REFERENCES patchbay.billing_period (tenant_id, subscription_id, ends_at)
);
SELECT patchbay.enable_tenant_rls('patchbay.billing_period', 'SELECT, INSERT');
GRANT UPDATE (ends_at, ends_on) ON patchbay.billing_period TO patchbay_app;

-- The end of a subscription shortens its last period; nothing makes a period longer or moves it.
CREATE FUNCTION patchbay.keep_billing_period() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(OLD) - '{ends_at,ends_on}'::text[] <> to_jsonb(NEW) - '{ends_at,ends_on}'::text[]
     OR NEW.ends_at > OLD.ends_at OR NEW.ends_on > OLD.ends_on
     OR NOT EXISTS (SELECT FROM patchbay.subscription s WHERE s.tenant_id = NEW.tenant_id
                      AND s.subscription_id = NEW.subscription_id AND s.ends_on = NEW.ends_on) THEN
    RAISE EXCEPTION 'only the end of its subscription shortens period % of %', OLD.n, OLD.subscription_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_billing_period BEFORE UPDATE ON patchbay.billing_period
  FOR EACH ROW EXECUTE FUNCTION patchbay.keep_billing_period();

-- Subscriptions whose time has come, in turns, so that one tenant's many do not keep the others waiting.
CREATE POLICY subscription_due ON patchbay.subscription FOR SELECT TO patchbay_claimer USING (due_at IS NOT NULL);
GRANT SELECT (tenant_id, subscription_id, due_at) ON patchbay.subscription TO patchbay_claimer;
CREATE FUNCTION patchbay.due_subscriptions(at timestamptz, most int)
RETURNS TABLE (tenant_id text, subscription_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT d.tenant_id, d.subscription_id FROM (
    SELECT s.tenant_id, s.subscription_id, s.due_at,
      row_number() OVER (PARTITION BY s.tenant_id ORDER BY s.due_at, s.subscription_id) AS turn
    FROM patchbay.subscription s WHERE s.due_at <= at) d
  ORDER BY d.turn, d.due_at, d.tenant_id LIMIT most;
END;
CALL patchbay.grant_definer('patchbay.due_subscriptions(timestamptz, int)', 'patchbay_claimer');
