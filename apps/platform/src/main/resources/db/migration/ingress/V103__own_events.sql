-- Whose echo an event is: a contact that our flow writes comes back as a webhook.
ALTER TABLE patchbay.event
  ADD COLUMN caused_by    text,              -- a run, or live:<call id>
  ADD COLUMN caused_depth int;               -- how many runs of ours stand between it and the outside
GRANT UPDATE (caused_by, caused_depth) ON patchbay.event TO patchbay_app;
CREATE INDEX event_by_cause ON patchbay.event (tenant_id, caused_by, event_id) WHERE caused_by IS NOT NULL;
