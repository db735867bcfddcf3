// The entry of ./dev up starts everything, prints the addresses, and watches the platform until Ctrl-C.
import { parseArgs } from 'node:util';
import { findNewestCall } from './newest-call.mjs';
import { readDevFile } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { startStack, stopStack, watchPlatform } from './stack.mjs';

const settings = readSettings();
const log = (text) => console.log(`      ${text}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping everything …');
    await stopStack(settings, ['platform', 'sandbox', 'postgres'], log);
    process.exit(0);
  });
}

try {
  parseArgs({ options: {} });
  await startStack(settings, log);
  await printAddresses();
  await watchPlatform(settings, () => stopping);
  if (!stopping) log('stopped by another command');
} catch (error) {
  // A failure caused by our own stopping is not reported.
  if (!stopping) {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

async function printAddresses() {
  const dev = readDevFile(settings);
  const call = await findNewestCall(settings, dev);
  console.log(`
Patchbay is up.

  platform   ${settings.platformUrl}   (health ${settings.platformUrl}/actuator/health)
  sign in    ${settings.platformUrl}/   (choose Ada, Finn, Nora, Omar, Vera or Pat)
  sandbox    ${settings.sandboxUrl}/_sandbox/state
  mailbox    ${settings.sandboxUrl}/_sandbox/mailbox
  database   ${dev?.database?.url ?? 'see the platform’s log'}
  token, ids ${settings.devFile}
  logs       ${settings.logs}

"./dev demo" in another terminal places a call. Ctrl-C stops all.
${call ? `The newest call’s page: ${call}` : `A call’s page: ${settings.platformUrl}/find, by the caller’s number or any ID`}`);
}
