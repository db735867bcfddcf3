-- Two limits of one tenant's weight (ADR 0041): no value without a greatest length, and no kind of row without a greatest
-- number. Requests are checked first (kernel.web.RequestBounds); these hold whichever way a row comes.

-- Adds a CHECK to each column of text, JSON or bytes that has none of its own, in each table of ours. The platform calls it after
-- every migration, so that a new column has a bound before its first row. NOT VALID: rows of older versions stay readable.
CREATE PROCEDURE patchbay.bound_columns()
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  unbounded record;
BEGIN
  FOR unbounded IN
    SELECT c.oid::regclass AS target, a.attname,
      CASE
        WHEN t.typname IN ('json', 'jsonb', 'bytea') THEN 8388608
        WHEN t.typcategory = 'A' THEN 262144
        WHEN a.attname IN ('source', 'draft', 'notes', 'body', 'text', 'html') THEN 4194304
        WHEN a.attname LIKE '%\_id' OR a.attname = 'id' THEN 1024
        ELSE 65536
      END AS most,
      t.typname = 'text' OR t.typname = 'varchar' AS is_text
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = 'patchbay'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped
      AND (t.typname IN ('json', 'jsonb', 'bytea', 'text', 'varchar', '_text', '_varchar', '_json', '_jsonb', '_bytea'))
      AND a.atttypmod < 0
      AND NOT EXISTS (
        SELECT FROM pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)
          AND pg_get_constraintdef(k.oid) ~ '(length|pg_column_size)\(|= ANY \(')
  LOOP
    -- Of a text, its bytes, which PostgreSQL knows without unpacking it; of the others, what the row takes.
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s(%I) <= %s) NOT VALID',
      unbounded.target, left(unbounded.attname, 50) || '_is_bounded',
      CASE WHEN unbounded.is_text THEN 'octet_length' ELSE 'pg_column_size' END, unbounded.attname, unbounded.most);
  END LOOP;
END $$;
REVOKE ALL ON PROCEDURE patchbay.bound_columns FROM public;

-- Limits the rows that one tenant may have in a table. The condition (on column names of the table) says which rows count.
-- A row over the limit ends its statement with SQLSTATE PB001 (kernel.web.ProblemHandler answers 409.quota_reached).
-- Rows that several transactions add at the same moment may pass the limit by their number.
CREATE FUNCTION patchbay.check_quota() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  present bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM (SELECT FROM %s q WHERE q.tenant_id = $1 AND %s LIMIT %s) counted',
    TG_RELID::regclass, TG_ARGV[1], TG_ARGV[0]::bigint + 1) INTO present USING NEW.tenant_id;
  IF present > TG_ARGV[0]::bigint THEN
    RAISE EXCEPTION 'a tenant has at most % rows of %', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'PB001';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION patchbay.check_quota FROM public;
GRANT EXECUTE ON FUNCTION patchbay.check_quota TO patchbay_app;

CREATE PROCEDURE patchbay.limit_rows(target regclass, most bigint, condition text DEFAULT 'true')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER quota AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION patchbay.check_quota(%L, %L)',
    target, most, condition);
END $$;
REVOKE ALL ON PROCEDURE patchbay.limit_rows FROM public;

-- The client's settings are read whole into every run and list.
ALTER TABLE patchbay.client ADD CONSTRAINT client_settings_is_bounded
  CHECK (pg_column_size(settings) <= 262144) NOT VALID;
CALL patchbay.limit_rows('patchbay.client', 5000);
