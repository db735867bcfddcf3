import fs from 'node:fs';
import readline from 'node:readline/promises';
import { parseArguments } from './arguments.mjs';
import { readSettings } from './settings.mjs';
import { takeDown } from './stack.mjs';

const settings = readSettings();
try {
  const { yes } = parseArguments(process.argv.slice(2), { flags: ['yes'] });
  if (!fs.existsSync(settings.data)) {
    console.log(`Nothing to delete: ${settings.data} does not exist.`);
  } else if (!fs.existsSync(`${settings.data}/logs`)) {
    // A mistyped PATCHBAY_DATA_DIR must not cost somebody a folder that is not ours.
    throw new Error(`${settings.data} does not look like Patchbay's data (it has no logs folder); delete it yourself.`);
  } else if (yes || (await agreed())) {
    await takeDown(settings, ['platform', 'sandbox', 'postgres'], console.log);
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

async function agreed() {
  if (!process.stdin.isTTY) throw new Error(`This stops everything and deletes ${settings.data}. To mean it: ./dev reset --yes`);
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Stop everything and delete ${settings.data} with its database? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
