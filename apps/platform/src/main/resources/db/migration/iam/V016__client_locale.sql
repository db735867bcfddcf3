-- The language and the clock in which a client's callers are spoken to and its people are written to: BCP 47, for example en-GB.
-- A client from before has none: the platform takes that of its country, or of its time zone.
ALTER TABLE patchbay.client
  ADD COLUMN locale text CONSTRAINT client_locale_is_bcp_47 CHECK (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
