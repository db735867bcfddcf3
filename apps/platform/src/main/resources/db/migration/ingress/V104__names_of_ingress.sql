-- Names that say what is there. A column that ends in _at holds a time, and this one holds a number of attempts.
ALTER TABLE patchbay.event_dispatch RENAME COLUMN give_up_at TO max_attempts;
ALTER TABLE patchbay.poll_cursor RENAME COLUMN facts_of TO webhook_connection_id;

ALTER INDEX patchbay.event_route_by_owner RENAME TO event_route_by_external_id;
ALTER INDEX patchbay.event_dispatch_lanes RENAME TO event_dispatch_due_by_client;
ALTER INDEX patchbay.event_dispatch_held RENAME TO event_dispatch_claimed;

ALTER FUNCTION patchbay.attributable_routes(int) RENAME TO mapped_routes_with_waiting_events;
ALTER FUNCTION patchbay.keep_rejections(text[], timestamptz[], text[], text[], text[], text[], bytea[], bigint[],
  timestamptz[]) RENAME TO add_rejections;
ALTER FUNCTION patchbay.prune_arrivals(text, timestamptz, int) RENAME TO prune_ingress;

-- A fact that a webhook had reported and the provider lists is matched, in the words of reconciliation. Policies bind the owner
-- too; they are lifted for the update only.
ALTER TABLE patchbay.poll_fact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE patchbay.poll_fact DROP CONSTRAINT poll_fact_kind_check;
UPDATE patchbay.poll_fact SET kind = 'matched' WHERE kind = 'known';
ALTER TABLE patchbay.poll_fact ADD CONSTRAINT poll_fact_kind_check
  CHECK (kind IN ('matched', 'repaired', 'missing', 'only_here'));
ALTER TABLE patchbay.poll_fact FORCE ROW LEVEL SECURITY;
DROP INDEX patchbay.poll_fact_different;
CREATE INDEX poll_fact_different ON patchbay.poll_fact (tenant_id, (connection_id || '/' || key)) WHERE kind <> 'matched';
