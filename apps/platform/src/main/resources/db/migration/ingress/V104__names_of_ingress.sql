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
