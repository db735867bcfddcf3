-- The ledger: each row moves one amount between two accounts of one currency, so no row can be unbalanced.

CREATE TABLE patchbay.account (
  tenant_id  text NOT NULL REFERENCES patchbay.tenant,
  account_id text NOT NULL CHECK (length(account_id) BETWEEN 1 AND 300),
  kind       text NOT NULL CHECK (kind IN ('RECEIVABLE', 'REVENUE', 'TAX')),
  client_id  text,
  currency   text NOT NULL CHECK (currency ~ '^[A-Z]{3}$' AND length(currency) = 3),
  PRIMARY KEY (tenant_id, account_id),
  UNIQUE (tenant_id, account_id, currency)
);
SELECT patchbay.enable_tenant_rls('patchbay.account', 'SELECT, INSERT');

CREATE TABLE patchbay.transfer (
  tenant_id       text NOT NULL,
  source          text NOT NULL CHECK (length(source) BETWEEN 1 AND 300),   -- the business fact that the rows are about
  n               int NOT NULL CHECK (n >= 1),
  debit           text NOT NULL,
  credit          text NOT NULL,
  currency        text NOT NULL,
  amount          numeric NOT NULL CHECK (amount > 0 AND scale(amount) <= 18 AND amount < 1e15),   -- rejects NaN, too
  booked_at       timestamptz NOT NULL,
  value_on        date NOT NULL,
  reverses_source text,
  reverses_n      int,
  correlation_id  text NOT NULL,
  CHECK (debit <> credit),
  CHECK ((reverses_source IS NULL) = (reverses_n IS NULL)),
  PRIMARY KEY (tenant_id, source, n),
  UNIQUE (tenant_id, reverses_source, reverses_n),
  UNIQUE (tenant_id, source, n, debit, credit, currency, amount),
  FOREIGN KEY (tenant_id, reverses_source, reverses_n, credit, debit, currency, amount)   -- the mirror, exactly
    REFERENCES patchbay.transfer (tenant_id, source, n, debit, credit, currency, amount),
  FOREIGN KEY (tenant_id, debit, currency) REFERENCES patchbay.account (tenant_id, account_id, currency),
  FOREIGN KEY (tenant_id, credit, currency) REFERENCES patchbay.account (tenant_id, account_id, currency)
);
CREATE INDEX transfer_debit ON patchbay.transfer (tenant_id, debit);
CREATE INDEX transfer_credit ON patchbay.transfer (tenant_id, credit);
SELECT patchbay.enable_tenant_rls('patchbay.transfer', 'SELECT, INSERT');

CREATE TRIGGER transfer_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON patchbay.transfer
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
CREATE TRIGGER account_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON patchbay.account
  FOR EACH STATEMENT EXECUTE FUNCTION patchbay.refuse_change();
