-- What is taken of what providers allow: leased by processes window by window, so that all of them together stay within it.

-- One row a bucket: whoever asks for room locks it. No personal data; connections and clients come and go without these rows.
CREATE TABLE patchbay.rate_bucket (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  bucket        text NOT NULL,               -- what is counted together, for example 'burst'
  leased_at     timestamptz NOT NULL,
  closed_until  timestamptz,                 -- the provider said 429: nobody sends before that
  PRIMARY KEY (tenant_id, connection_id, bucket)
) WITH (fillfactor = 50);
SELECT patchbay.wall('patchbay.rate_bucket', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.rate_window (
  tenant_id     text NOT NULL,
  connection_id text NOT NULL,
  bucket        text NOT NULL,
  window_start  timestamptz NOT NULL,
  client_id     text NOT NULL,
  taken         int NOT NULL,
  waits_until   timestamptz NOT NULL,        -- the client was told to wait: others keep to their share until then
  PRIMARY KEY (tenant_id, connection_id, bucket, window_start, client_id)
) WITH (fillfactor = 70);
SELECT patchbay.wall('patchbay.rate_window', 'SELECT, INSERT, UPDATE, DELETE');
