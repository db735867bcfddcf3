// Entry of ./dev demo: starts what is not running, follows one call to its booking, stops what it started.
import { parseArgs } from 'node:util';
import { DemoCall } from './demo-call.mjs';
import { readSettings } from './settings.mjs';
import { startStack, stopStack } from './stack.mjs';
import { isBooked, paintColoured, paintPlain } from './timeline.mjs';

const settings = readSettings();
let started = [];
let json = false;
const print = (text) => (json ? process.stderr : process.stdout).write(`${text}\n`);

process.on('SIGINT', () => stopAndExit(130));
process.on('SIGTERM', () => stopAndExit(143));

try {
  json = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values.json;
  started = await startStack(settings, (text) => print(`      ${text}`));
  const paint = !json && process.stdout.isTTY ? paintColoured : paintPlain;
  const summary = await new DemoCall(settings, print, paint).run();
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  await stopAndExit(isBooked(summary) ? 0 : 1);
} catch (error) {
  console.error(`\n${error.message}`);
  await stopAndExit(1);
}

async function stopAndExit(status) {
  if (started.length > 0) {
    print('\nStopping what this demo started …');
    await stopStack(settings, started, (text) => print(`      ${text}`));
  }
  process.exit(status);
}
