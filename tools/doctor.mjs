import fs from 'node:fs';
import { postgresPid, runningPid } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { isTaken } from './stack.mjs';

/** The second half of "./dev doctor": ports and what runs. */
const settings = readSettings();
for (const [name, port, keeper = name] of [
  ['platform', settings.port], ['sandbox', settings.sandboxPort], ['mailbox', settings.mailPort, 'sandbox'],
]) {
  const pid = runningPid(keeper, settings);
  const taken = await isTaken(port);
  const text = pid ? `running, pid ${pid}` : taken ? 'taken by another program' : 'free';
  if (taken && !pid) process.exitCode = 1;
  row(taken && !pid ? 'no' : 'ok', `port ${port}`, `${name}: ${text}`);
}
const postgres = settings.ownDatabase && postgresPid(settings);
row('ok', 'database', settings.ownDatabase ? (postgres ? `embedded, pid ${postgres}` : 'embedded, not running') : 'yours (PATCHBAY_DB_URL)');
for (const [name, jar] of Object.entries(settings.jars)) {
  row(fs.existsSync(jar) ? 'ok' : '-', `${name} jar`, fs.existsSync(jar) ? 'built' : 'not built yet: ./dev up builds it');
}

function row(mark, name, text) {
  console.log(`  ${mark.padEnd(4)} ${name.padEnd(12)} ${text}`);
}
