-- The status of a mail follows from its times; as a column it can be queried and read by name.
ALTER TABLE patchbay.mail ADD COLUMN status text NOT NULL GENERATED ALWAYS AS (
  CASE WHEN sent_at IS NOT NULL THEN 'SENT' WHEN next_at IS NULL THEN 'FAILED' ELSE 'QUEUED' END) STORED;
ALTER INDEX patchbay.mail_done RENAME TO mail_finished;
