-- Invoices: gapless numbers, one invoice a period, and rows that never change but for a state.

-- The last number of each series. A number is taken in the transaction of its invoice, which the triggers below insist on.
CREATE TABLE patchbay.invoice_series (
  tenant_id text NOT NULL REFERENCES patchbay.tenant,
  series    text NOT NULL CHECK (series ~ '^[A-Z][A-Z0-9-]{0,19}$' AND length(series) <= 20),
  last      bigint NOT NULL DEFAULT 0 CHECK (last >= 0),
  PRIMARY KEY (tenant_id, series)
);
SELECT patchbay.enable_tenant_rls('patchbay.invoice_series', 'SELECT, INSERT');
GRANT UPDATE (last) ON patchbay.invoice_series TO patchbay_app;
CALL patchbay.limit_rows('patchbay.invoice_series', 100);

CREATE TABLE patchbay.invoice (
  tenant_id       text NOT NULL,
  invoice_id      text NOT NULL,
  client_id       text NOT NULL,
  subscription_id text NOT NULL,
  n               int NOT NULL CHECK (n >= 0),    -- the period; 0 for the base that is due before the first one
  kind            text NOT NULL CHECK (kind IN ('REGULAR', 'ADJUSTMENT', 'CREDIT_NOTE')),
  state           text NOT NULL DEFAULT 'FINALIZED' CHECK (state IN ('FINALIZED', 'VOID')),
  series          text NOT NULL,
  number          bigint NOT NULL CHECK (number >= 1),
  corrects        text,                           -- the invoice that a credit note corrects
  currency        text NOT NULL,
  subtotal        numeric NOT NULL CHECK (abs(subtotal) < 1e15),
  net             numeric NOT NULL CHECK (abs(net) < 1e15),
  tax             numeric NOT NULL CHECK (abs(tax) < 1e15),
  total           numeric NOT NULL CHECK (abs(total) < 1e15),
  lines           int NOT NULL CHECK (lines BETWEEN 0 AND 100000),
  seq_upto        bigint NOT NULL,                -- the cutoff: usage records after it are not part of the invoice
  inputs          bytea NOT NULL,                 -- the digest of everything that the amounts were computed from
  finalized_at    timestamptz NOT NULL,
  finalized_by    text NOT NULL,
  voided_at       timestamptz,
  voided_by       text,
  reason          text CHECK (length(reason) <= 500),
  CHECK (total = net + tax),
  CHECK ((kind = 'CREDIT_NOTE') = (corrects IS NOT NULL)),
  CHECK ((state = 'VOID') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (voided_by IS NULL)),
  PRIMARY KEY (tenant_id, invoice_id),
  UNIQUE (tenant_id, series, number),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES patchbay.subscription,
  FOREIGN KEY (tenant_id, client_id) REFERENCES patchbay.client,
  FOREIGN KEY (tenant_id, series) REFERENCES patchbay.invoice_series,
  FOREIGN KEY (tenant_id, corrects) REFERENCES patchbay.invoice
);
CREATE UNIQUE INDEX invoice_of_period ON patchbay.invoice (tenant_id, subscription_id, n)
  WHERE kind = 'REGULAR' AND state <> 'VOID';
CREATE INDEX invoice_of_client ON patchbay.invoice (tenant_id, client_id, invoice_id);
CREATE INDEX invoice_of_subscription ON patchbay.invoice (tenant_id, subscription_id);
CREATE INDEX invoice_corrects ON patchbay.invoice (tenant_id, corrects) WHERE corrects IS NOT NULL;
SELECT patchbay.enable_tenant_rls('patchbay.invoice', 'SELECT, INSERT');
GRANT UPDATE (state, voided_at, voided_by, reason) ON patchbay.invoice TO patchbay_app;

CREATE TABLE patchbay.invoice_line (
  tenant_id       text NOT NULL,
  invoice_id      text NOT NULL,
  line            int NOT NULL CHECK (line >= 1),
  subscription_id text NOT NULL,
  n               int NOT NULL CHECK (n >= 1),    -- the period whose usage or base it charges
  charge          text NOT NULL CHECK (length(charge) BETWEEN 1 AND 40),
  kind            text NOT NULL CHECK (kind IN
    ('BASE', 'USAGE', 'MINIMUM', 'MAXIMUM', 'TRIAL', 'ADJUSTMENT', 'CARRIED_OVER', 'CREDIT')),
  of_cost         boolean NOT NULL,               -- whether rule and quantity show a provider's cost
  rule            text NOT NULL,
  quantity        text NOT NULL,                  -- exact: a decimal, or a fraction such as 1/3
  exact           text NOT NULL,
  amount          numeric NOT NULL CHECK (abs(amount) < 1e15),
  net             numeric NOT NULL CHECK (abs(net) < 1e15),   -- after the discounts of the invoice
  tax_percent     numeric NOT NULL CHECK (tax_percent >= 0 AND tax_percent <= 100),
  tax             numeric NOT NULL CHECK (abs(tax) < 1e15),
  seq_after       bigint NOT NULL,
  seq_upto        bigint NOT NULL CHECK (seq_upto >= seq_after),
  corrects_line   int,                            -- the line that a credit takes back
  CHECK ((kind = 'CREDIT') = (corrects_line IS NOT NULL)),
  PRIMARY KEY (tenant_id, invoice_id, line),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES patchbay.invoice,
  FOREIGN KEY (tenant_id, subscription_id, n) REFERENCES patchbay.billing_period
);
CREATE INDEX invoice_line_of_period ON patchbay.invoice_line (tenant_id, subscription_id, n);
SELECT patchbay.enable_tenant_rls('patchbay.invoice_line', 'SELECT, INSERT');

-- A period whose total was below the least amount: its lines are due on the next invoice.
CREATE TABLE patchbay.carried_period (
  tenant_id       text NOT NULL,
  subscription_id text NOT NULL,
  n               int NOT NULL CHECK (n >= 0),
  seq_upto        bigint NOT NULL,
  total           numeric NOT NULL CHECK (abs(total) < 1e15),
  carried_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subscription_id, n),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES patchbay.subscription
);
SELECT patchbay.enable_tenant_rls('patchbay.carried_period', 'SELECT, INSERT');

-- The result of each rating by the digest of its inputs: the same inputs have the same result, or something is broken.
CREATE TABLE patchbay.period_rating (
  tenant_id       text NOT NULL,
  subscription_id text NOT NULL,
  n               int NOT NULL,
  inputs          bytea NOT NULL CHECK (length(inputs) = 32),
  result          bytea NOT NULL CHECK (length(result) = 32),
  seq_upto        bigint NOT NULL,
  rated_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subscription_id, n, inputs),
  FOREIGN KEY (tenant_id, subscription_id, n) REFERENCES patchbay.billing_period
);
SELECT patchbay.enable_tenant_rls('patchbay.period_rating', 'SELECT, INSERT');

-- Numbers go up one by one, and each one belongs to an invoice when its transaction commits.
CREATE FUNCTION patchbay.keep_invoice_series() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.last <> 0
     OR TG_OP = 'UPDATE' AND (NEW.last <> OLD.last + 1 OR (NEW.tenant_id, NEW.series) <> (OLD.tenant_id, OLD.series)) THEN
    RAISE EXCEPTION 'series % does not go to number %', NEW.series, NEW.last USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_invoice_series BEFORE INSERT OR UPDATE ON patchbay.invoice_series
  FOR EACH ROW EXECUTE FUNCTION patchbay.keep_invoice_series();

CREATE FUNCTION patchbay.check_number_is_used() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM patchbay.invoice i
                 WHERE i.tenant_id = NEW.tenant_id AND i.series = NEW.series AND i.number = NEW.last) THEN
    RAISE EXCEPTION 'number % of series % belongs to no invoice', NEW.last, NEW.series USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER number_is_used AFTER UPDATE ON patchbay.invoice_series
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION patchbay.check_number_is_used();

CREATE FUNCTION patchbay.check_invoice_number() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.state <> 'FINALIZED' OR NEW.number IS DISTINCT FROM (SELECT s.last FROM patchbay.invoice_series s
      WHERE s.tenant_id = NEW.tenant_id AND s.series = NEW.series) THEN
    RAISE EXCEPTION 'an invoice takes the last number of its series, not %', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_invoice_number BEFORE INSERT ON patchbay.invoice
  FOR EACH ROW EXECUTE FUNCTION patchbay.check_invoice_number();

-- Net and tax are the sums of the lines, and no line can be added once the transaction has committed.
CREATE FUNCTION patchbay.check_invoice_sums() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM patchbay.invoice i
    WHERE i.tenant_id = NEW.tenant_id AND i.invoice_id = NEW.invoice_id
      AND (i.lines, i.subtotal, i.net, i.tax) = (
        SELECT count(*)::int, coalesce(sum(l.amount), 0), coalesce(sum(l.net), 0), coalesce(sum(l.tax), 0)
        FROM patchbay.invoice_line l WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id)) THEN
    RAISE EXCEPTION 'invoice % is not the sum of its lines', NEW.invoice_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_sums AFTER INSERT ON patchbay.invoice
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION patchbay.check_invoice_sums();
CREATE CONSTRAINT TRIGGER invoice_line_sums AFTER INSERT ON patchbay.invoice_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION patchbay.check_invoice_sums();

-- A finalized invoice can be voided once; apart from that it never changes, whoever asks.
CREATE FUNCTION patchbay.keep_invoice() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT (OLD.state = 'FINALIZED' AND NEW.state = 'VOID'
      AND to_jsonb(OLD) - '{state,voided_at,voided_by,reason}'::text[]
        = to_jsonb(NEW) - '{state,voided_at,voided_by,reason}'::text[]) THEN
    RAISE EXCEPTION 'invoice % is finalized', OLD.invoice_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_invoice BEFORE UPDATE ON patchbay.invoice
  FOR EACH ROW EXECUTE FUNCTION patchbay.keep_invoice();

CREATE FUNCTION patchbay.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are neither changed nor deleted', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER invoice_stays BEFORE DELETE OR TRUNCATE ON patchbay.invoice
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
CREATE TRIGGER invoice_line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON patchbay.invoice_line
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
CREATE TRIGGER period_rating_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON patchbay.period_rating
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
CREATE TRIGGER carried_period_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON patchbay.carried_period
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
CREATE TRIGGER invoice_series_stays BEFORE DELETE OR TRUNCATE ON patchbay.invoice_series
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
