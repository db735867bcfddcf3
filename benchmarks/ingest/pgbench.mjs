// Measures what PostgreSQL alone commits: the same rows into tables of the same shape, one webhook a transaction.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readFamilyTime } from '../harness/processor-time.mjs';

const SCHEMA = 'ingest_benchmark';
const TABLES = ['ingress_dedup', 'ingress_raw', 'event', 'event_dispatch'];

/** Debian's pgbench in PATH is a wrapper that expects a cluster of its own, so the versions' folders come first. */
export function findPgbench() {
  const versions = fs.existsSync('/usr/lib/postgresql')
    ? fs.readdirSync('/usr/lib/postgresql').sort((a, b) => b - a)
    : [];
  const places = [...versions.map((v) => `/usr/lib/postgresql/${v}/bin`), ...(process.env.PATH ?? '').split(':')];
  const found = places.map((place) => path.join(place, 'pgbench')).find((file) => fs.existsSync(file));
  if (!found)
    throw new Error('pgbench was not found in PATH or /usr/lib/postgresql/*/bin. Get it: apt-get install postgresql');
  return { file: found, version: execFileSync(found, ['--version'], { encoding: 'utf8' }).trim() };
}

/** Creates tables with the same columns, constraints, indexes and partitions; without row-level security and rights. */
export function prepareTables(stack) {
  const copy = (table) => `
    CREATE TABLE ${SCHEMA}.${table} (LIKE patchbay.${table} INCLUDING ALL)`;
  const partitioned = (table) => `${copy(table)} PARTITION BY RANGE (received_at);`;
  stack.query(`
    DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE;
    CREATE SCHEMA ${SCHEMA};
    ${copy('ingress_dedup')};
    ${copy('event_dispatch')};
    ${partitioned('ingress_raw')}
    ${partitioned('event')}
    DO $$ DECLARE part record; BEGIN
      FOR part IN SELECT c.relname AS child, p.relname AS parent, pg_get_expr(c.relpartbound, c.oid) AS bound
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
        WHERE i.inhparent IN ('patchbay.ingress_raw'::regclass, 'patchbay.event'::regclass) LOOP
        EXECUTE format('CREATE TABLE ${SCHEMA}.%I PARTITION OF ${SCHEMA}.%I %s', part.child, part.parent, part.bound);
      END LOOP;
    END $$;`);
}

export const emptyTables = (stack) =>
  stack.query(`TRUNCATE ${TABLES.map((table) => `${SCHEMA}.${table}`).join(', ')};`);

/**
 * Writes the script: one statement, as the platform's definer function is, because each further round trip would slow
 * pgbench down. The values are those of a stored row; unique and indexed values differ from row to row.
 */
export function writeScript(stack) {
  const [[connection, client, headers, body, type, source, schema, data]] = stack.query(`
    SELECT e.connection_id, e.client_id, r.headers, '\\x' || encode(r.body, 'hex'), e.type, e.source, e.data_schema, e.data
    FROM patchbay.event e JOIN patchbay.ingress_raw r USING (tenant_id, event_id)
    WHERE e.tenant_id = '${stack.dev.tenantId}' AND e.client_id IS NOT NULL LIMIT 1;`);
  const statement = `
    WITH key AS MATERIALIZED (
      SELECT 'evt_' || to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint) || lpad(:r::text, 15, '0') AS event_id,
        'cor_00000000000' || lpad(:r::text, 15, '0') AS correlation_id, 'bench-00000000000' || lpad(:r::text, 15, '0') AS subject,
        '+1312555' || :n::text AS caller, clock_timestamp() AS at),
    fresh AS (
      INSERT INTO ${SCHEMA}.ingress_dedup (tenant_id, connection_id, key, event_id, correlation_id)
      SELECT :tenant, :connection, 'call_analyzed:' || subject, event_id, correlation_id FROM key ON CONFLICT DO NOTHING RETURNING event_id),
    raw AS (
      INSERT INTO ${SCHEMA}.ingress_raw (tenant_id, event_id, connection_id, headers, body, sealed, received_at)
      SELECT :tenant, event_id, :connection, :headers::jsonb, :body::bytea, true, at FROM key JOIN fresh USING (event_id)),
    canonical AS (
      INSERT INTO ${SCHEMA}.event (tenant_id, event_id, client_id, connection_id, type, source, subject, time, correlation_id, data_schema, data,
        person, origin, received_at)
      SELECT :tenant, event_id, :client, :connection, :type, :source, subject, at, correlation_id, :schema, :data::jsonb, caller, 'webhook', at
      FROM key JOIN fresh USING (event_id))
    INSERT INTO ${SCHEMA}.event_dispatch (tenant_id, event_id, client_id, received_at, state, ready_at)
    SELECT :tenant, event_id, :client, at, 'READY', at FROM key JOIN fresh USING (event_id);`;
  const file = path.join(stack.settings.data, 'pgbench.sql');
  fs.writeFileSync(
    file,
    `\\set r random(1, 999999999999999)\n\\set n random(1000, 9999)\n${statement.trim().replace(/\s+/g, ' ')}\n`,
  );
  return {
    file,
    variables: { connection, client, headers, body, type, source, schema, data, tenant: stack.dev.tenantId },
  };
}

/** Runs one round. The processor time is PostgreSQL's, without pgbench's own. */
export async function runPgbench(stack, tool, script, { connections, seconds }) {
  const { host, port, pathname } = new URL(stack.dev.database.url.replace(/^jdbc:/, ''));
  const args = [
    '-n',
    '-M',
    'prepared',
    '-f',
    script.file,
    '-c',
    connections,
    '-j',
    2,
    '-T',
    seconds,
    '-h',
    host.split(':')[0],
    '-p',
    port,
    '-U',
    stack.dev.database.user,
    ...Object.entries(script.variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    pathname.slice(1),
  ].map(String);
  const before = readFamilyTime(stack.postgresPid());
  const child = spawn(tool.file, args, {
    env: { ...process.env, PGPASSWORD: stack.dev.database.password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
    });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const tps = /tps = ([0-9.]+)/.exec(text);
  const processed = /transactions actually processed: ([0-9]+)/.exec(text);
  if (code !== 0 || !tps) throw new Error(`pgbench ended with ${code}:\n${text.slice(0, 2000)}`);
  return {
    perSecond: Number(tps[1]),
    postgresMicros: (readFamilyTime(stack.postgresPid()) - before) / Number(processed[1]),
  };
}
