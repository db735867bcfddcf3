// Entry of ./dev reset: stops everything and deletes the local data.
import fs from 'node:fs';
import readline from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readSettings } from './settings.mjs';
import { stopStack } from './stack.mjs';

const settings = readSettings();
try {
  const { yes } = parseArgs({ options: { yes: { type: 'boolean', default: false } } }).values;
  if (!fs.existsSync(settings.data)) {
    console.log(`Nothing to delete: ${settings.data} does not exist.`);
  } else if (!fs.existsSync(settings.logs)) {
    // A mistyped PATCHBAY_DATA_DIR must not delete a folder that is not ours.
    throw new Error(`${settings.data} does not look like Patchbay's data (it has no logs folder); delete it yourself.`);
  } else if (yes || (await confirm())) {
    await stopStack(settings, ['platform', 'sandbox', 'postgres'], console.log);
    fs.rmSync(settings.data, { recursive: true });
    console.log(`Deleted ${settings.data}.`);
  } else {
    console.log('Nothing deleted.');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function confirm() {
  if (!process.stdin.isTTY) {
    throw new Error(`This stops everything and deletes ${settings.data}. To confirm: ./dev reset --yes`);
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Stop everything and delete ${settings.data} with its database? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
