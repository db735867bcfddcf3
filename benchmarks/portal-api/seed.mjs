// Writes a year of an agency's calls as facts into the tables: events, runs and booking steps. All values are computed
// from each call's number, so a second seed makes the same rows.

const BATCH = 50_000;
const ZONES = ['America/Chicago', 'America/New_York', 'Europe/Berlin', 'America/Los_Angeles'];
const NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Katherine', 'Barbara', 'Donald', 'Margaret'];
const SURNAMES = ['Byron', 'Hopper', 'Turing', 'Dijkstra', 'Johnson', 'Liskov', 'Knuth', 'Hamilton'];

const array = (texts) => `ARRAY['${texts.join("','")}']`;

/** Returns SQL for a number from 0 up to 1 that is computed from a call's number. */
const share = (salt) => `(hashint8(n * 1000 + ${salt})::bigint + 2147483648) / 4294967296.0`;

export function seedClients(tenant, clients) {
  return `
    INSERT INTO patchbay.client (tenant_id, client_id, name, time_zone)
    SELECT '${tenant}', 'cli_bench_' || lpad(n::text, 4, '0'), 'Business ' || n, (${array(ZONES)})[1 + n % ${ZONES.length}]
    FROM generate_series(0, ${clients - 1}) n ON CONFLICT DO NOTHING;
    INSERT INTO patchbay.flow (tenant_id, flow_id, name)
    VALUES ('${tenant}', 'flw_bench', 'bench-book'), ('${tenant}', 'flw_bench_rare', 'bench-rare');
    INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
    VALUES ('${tenant}', 'flw_bench', '1.0.0', 'active', '', ''), ('${tenant}', 'flw_bench_rare', '1.0.0', 'active', '', '');`;
}

/** Yields the scripts that write the calls, one for each batch. */
export function* seedCalls(tenant, { clients, calls }) {
  for (let first = 0; first < calls; first += BATCH) {
    yield seedBatch(tenant, clients, calls, first, Math.min(calls, first + BATCH) - 1);
  }
}

/** Writes a batch. Clients are of uneven size: the largest has some seven percent of the calls of 200. */
function seedBatch(tenant, clients, calls, first, last) {
  return `
    WITH numbered AS MATERIALIZED (
      SELECT n, lpad(n::text, 26, '0') AS digits, ${share(1)} AS kind,
        'cli_bench_' || lpad(floor(${clients} * power(${share(2)}, 2))::text, 4, '0') AS client,
        date_trunc('milliseconds', now() - interval '365 days' + n * (interval '364 days' / ${calls})) AS at,
        '+1312' || lpad((2000000 + floor(${share(3)} * ${Math.max(1, Math.floor(calls / 3))}))::text, 7, '0') AS number,
        (${array(NAMES)})[1 + floor(${share(4)} * ${NAMES.length})] AS name,
        (${array(SURNAMES)})[1 + floor(${share(5)} * ${SURNAMES.length})] || ' ' || (n % 997) AS surname,
        floor(30 + ${share(6)} * 200)::int AS seconds
      FROM generate_series(${first}, ${last}) n),
    stored AS (
      INSERT INTO patchbay.event (tenant_id, event_id, client_id, connection_id, type, source, subject, time, correlation_id, data,
        received_at, person)
      SELECT '${tenant}', 'evt_' || digits, client, 'con_bench', 'voice.call.analyzed', '/connections/con_bench', 'call_bench_' || n, at,
        'cor_' || digits,
        jsonb_build_object('call', jsonb_build_object('id', 'call_bench_' || n, 'from', number, 'to', '+13125550142',
          'direction', 'inbound', 'startedAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'durationSeconds', seconds, 'analysis', jsonb_build_object('custom', jsonb_build_object('first_name', name,
            'last_name', surname, 'slot', to_char(at + interval '3 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))))), at, number
      FROM numbered),
    dispatched AS (
      INSERT INTO patchbay.event_dispatch (tenant_id, event_id, received_at, state, ready_at, client_id)
      SELECT '${tenant}', 'evt_' || digits, at, 'DONE', at, client FROM numbered),
    started AS (
      INSERT INTO patchbay.run (tenant_id, run_id, flow_id, flow_name, version, client_id, event_id, correlation_id, phone, status, input,
        cause_code, cause_sentence, started_at, ended_at)
      SELECT '${tenant}', 'run_' || digits, flow, CASE flow WHEN 'flw_bench' THEN 'bench-book' ELSE 'bench-rare' END, '1.0.0', client,
        'evt_' || digits, 'cor_' || digits, number, status, '{}', cause, 'The time is taken.', at, at
      FROM (SELECT *, CASE WHEN n % 5000 = 0 THEN 'flw_bench_rare' ELSE 'flw_bench' END AS flow,
          CASE WHEN kind < 0.72 THEN 'completed' WHEN kind < 0.722 THEN 'parked' ELSE 'failed' END AS status,
          CASE WHEN kind < 0.72 THEN NULL WHEN n % 20000 = 7 THEN 'bug' WHEN kind < 0.722 THEN 'provider_down'
            ELSE 'raised' END AS cause
        FROM numbered) decided
      WHERE kind < 0.8)
    INSERT INTO patchbay.step (tenant_id, run_id, pointer, iteration, name, call, status, output, started_at, ended_at)
    SELECT '${tenant}', 'run_' || digits, '/do/0', 0, 'book', 'calendar.book', 'completed',
      jsonb_build_object('id', 'evt' || n, 'start', to_char(at + interval '3 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'startLocal', 'Tue, Dec 1, 10:00 AM'), at, at
    FROM numbered WHERE kind < 0.62;`;
}
