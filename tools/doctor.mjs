// The second half of "./dev doctor": ports, database and jars. The shell part checks Java, Maven and Node first.
import fs from 'node:fs';
import { findPid, findPostgresPid } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { isPortTaken } from './stack.mjs';

const settings = readSettings();
await reportPort('platform', settings.port, 'platform');
await reportPort('sandbox', settings.sandboxPort, 'sandbox');
await reportPort('mailbox', settings.mailPort, 'sandbox');
printRow('ok', 'database', describeDatabase());
for (const [name, jar] of Object.entries(settings.jars)) {
  const built = fs.existsSync(jar);
  printRow(built ? 'ok' : '-', `${name} jar`, built ? 'built' : 'not built yet: ./dev up builds it');
}

/** @param owner the program of ours that listens on the port */
async function reportPort(name, port, owner) {
  const pid = findPid(owner, settings);
  const foreign = !pid && (await isPortTaken(port));
  if (foreign) process.exitCode = 1;
  const state = pid ? `running, pid ${pid}` : foreign ? 'taken by another program' : 'free';
  printRow(foreign ? 'no' : 'ok', `port ${port}`, `${name}: ${state}`);
}

function describeDatabase() {
  if (!settings.ownDatabase) return 'yours (PATCHBAY_DB_URL)';
  const pid = findPostgresPid(settings);
  return pid ? `embedded, pid ${pid}` : 'embedded, not running';
}

function printRow(mark, name, text) {
  console.log(`  ${mark.padEnd(4)} ${name.padEnd(12)} ${text}`);
}
