import { parseArguments } from './arguments.mjs';
import { isAlive, logOf, logTail, readDevFile, runningPid, until } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { bringUp, stoppedOnPurpose, takeDown } from './stack.mjs';

const settings = readSettings();
const say = (text) => console.log(`      ${text}`);
const everything = ['platform', 'sandbox', 'postgres'];

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping everything …');
    await takeDown(settings, everything, say);
    process.exit(0);
  });
}

try {
  parseArguments(process.argv.slice(2));
  await bringUp(settings, say);
  printAddresses();
  await watch(runningPid('platform', settings));
} catch (error) {
  // A failure that our own stopping caused is no news.
  if (!stopping) {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

function printAddresses() {
  const dev = readDevFile(settings);
  console.log(`
Patchbay is up.

  platform   ${settings.platformUrl}   (health ${settings.platformUrl}/actuator/health)
  sign in    ${settings.platformUrl}/   (choose Ada, Finn, Nora, Omar, Vera or Pat)
  sandbox    ${settings.sandboxUrl}/_sandbox/state
  mailbox    ${settings.sandboxUrl}/_sandbox/mailbox
  database   ${dev?.database?.url ?? 'see the platform’s log'}
  token, ids ${settings.devFile}
  logs       ${settings.logs}

"./dev demo" in another terminal places a call. Ctrl-C stops all.`);
}

async function watch(pid) {
  await until(() => stopping || !isAlive(pid), Number.MAX_SAFE_INTEGER, 500);
  if (stopping) return;
  if (stoppedOnPurpose(settings)) return say('stopped by another command');
  throw new Error(`The platform (pid ${pid}) has died. The end of ${logOf('platform', settings)}:\n\n`
    + `${logTail('platform', settings)}\n\n`
    + 'Database and sandbox keep running; "./dev up" brings the platform back, "./dev reset" deletes everything.');
}
