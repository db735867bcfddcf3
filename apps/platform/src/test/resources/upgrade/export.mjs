// Writes the fixture of a release from a data directory that fill.mjs filled, while its PostgreSQL still runs.
// Usage: node export.mjs <checkout of the release> <data directory> <folder of the fixture>      Needs psql.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const [checkout, data, fixture] = process.argv.slice(2).map((argument) => path.resolve(argument));
const about = JSON.parse(read('about.json'));
const dev = JSON.parse(read('dev.json'));

// Addresses change with each start. The beginnings of well-known secrets are kept apart from their ends, so that no
// scanner takes the sandbox's secrets for somebody's.
const PLACEHOLDERS = [
  [dev.platform, '{{platform}}'],
  [dev.sandbox, '{{sandbox}}'],
  ['-----BEGIN PRIVATE KEY-----', '{{begin-private-key}}'],
  ['sk_test_', '{{sk-test}}'],
  ['whsec_', '{{whsec}}'],
  ['ya29.', '{{ya29}}'],
  ['"1//', '"{{refresh}}'],
];
// Their hashes are computed over what they say: an address in one could not be changed.
const AS_THEY_ARE = ['patchbay.audit_entry', 'patchbay.audit_chain'];

const server = { port: read('postgres/data/postmaster.pid').split('\n')[3], password: read('postgres/password').trim() };
fs.rmSync(path.join(fixture, 'directory'), { recursive: true, force: true });

write('data.sql', tables().map(copy).join('\n') + sequences());
write('flyway-history.tsv', sql(`SELECT version, description, type, script, checksum FROM patchbay_history.flyway_schema_history
  WHERE version IS NOT NULL ORDER BY version`, '-F', '\t'));
write('migrations.sha256', migrations());
// The address inside what is sealed, which no placeholder can stand for.
write('about.json', `${JSON.stringify({ ...about, sealedAddress: dev.platform }, null, 2)}\n`);
for (const file of ['dev-secret', 'highlevel-keys.json', 'kek.json', ...list('nodes'), ...list('sandbox')]) {
  write(`directory/${file}`, withPlaceholders(read(file)));
}
dev.database.password = '(of a server that is gone)';
dev.pids = { platform: 0, sandbox: 0, postgres: 0 };
write('directory/dev.json', withPlaceholders(`${JSON.stringify(dev, null, 2)}\n`));

/** Partitions are left out: their rows come with the table they belong to. The order of making respects references. */
function tables() {
  return lines(`SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'patchbay' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.oid`);
}

function copy(table) {
  const columns = lines(`SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = '${table}'::regclass
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`).join(', ');
  const rows = sql(`COPY (SELECT ${columns} FROM ${table} t ORDER BY t::text COLLATE "C") TO STDOUT`);
  const kept = AS_THEY_ARE.includes(table) ? rows : withPlaceholders(rows);
  if (kept === rows && rows.includes(dev.platform)) throw new Error(`${table} holds an address that has to stay`);
  return `COPY ${table} (${columns}) FROM stdin;\n${kept}\\.\n`;
}

function sequences() {
  return lines(`SELECT format('SELECT setval(%L, %s);', schemaname || '.' || sequencename, last_value)
    FROM pg_sequences WHERE schemaname = 'patchbay' AND last_value IS NOT NULL ORDER BY sequencename`)
    .map((line) => `\n${line}`).join('') + '\n';
}

/** As sha256sum writes it, by name alone: a file may move to another folder, not change. */
function migrations() {
  const folder = path.join(checkout, 'apps/platform/src/main/resources/db/migration');
  return fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.sql'))
    .map((file) => [path.basename(file), createHash('sha256').update(fs.readFileSync(path.join(folder, file))).digest('hex')])
    .sort()
    .map(([name, digest]) => `${digest}  ${name}\n`)
    .join('');
}

function withPlaceholders(text) {
  return PLACEHOLDERS.reduce((replaced, [from, to]) => replaced.replaceAll(from, to), text);
}

function sql(statement, ...words) {
  return execFileSync('psql', ['-h', '127.0.0.1', '-p', server.port, '-U', 'postgres', '-XAtq', ...words, '-c', statement, 'patchbay'], {
    encoding: 'utf8', env: { ...process.env, PGPASSWORD: server.password, PGTZ: 'UTC' },
  });
}

function lines(statement) {
  return sql(statement).split('\n').filter(Boolean);
}

function list(folder) {
  return fs.readdirSync(path.join(data, folder)).map((file) => `${folder}/${file}`);
}

function read(file) {
  return fs.readFileSync(path.join(data, file), 'utf8');
}

function write(file, text) {
  const target = path.join(fixture, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}
