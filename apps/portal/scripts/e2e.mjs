// Runs the journeys against a stack of its own, which serves the export of this folder. Arguments go to Playwright.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TemporaryStack } from '../../../tools/temporary-stack.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const playwright = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
);

const stack = await TemporaryStack.create();
try {
  await stack.startSandbox();
  await stack.start({ PATCHBAY_PORTAL_DIRECTORY: path.join(root, 'export') });
  process.exitCode = await run(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
    ...process.env,
    PATCHBAY_DATA_DIR: stack.settings.data,
  });
} finally {
  await stack.remove();
}

function run(program, args, env) {
  const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
}
