import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from './settings.mjs';

const NX = path.join(ROOT, 'node_modules/.bin/nx');
// Plugins in nx's own process: an answer takes half a second in place of one and a half.
const QUIET = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NX_ISOLATE_PLUGINS: 'false' };

/** The projects that nx would run again if this file changed. */
async function affectedBy(file) {
  const { stdout } = await promisify(execFile)(NX, ['show', 'projects', '--affected', `--files=${file}`, '--json'], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET },
  });
  return JSON.parse(stdout).sort();
}

/** Everything that runs the platform's jar. */
const RUNS_PLATFORM = ['benchmarks', 'fuzz', 'java', 'platform', 'platform-sdk-tests'];
const EVERY_MODULE = ['embedded-postgres', 'flow-language', 'ingest-benchmark', 'sandbox'];

const EXPECTED = {
  'libs/flow-language/src/main/java/dev/patchbay/flowlanguage/package-info.java': [...RUNS_PLATFORM, 'flow-language'],
  'libs/embedded-postgres/pom.xml': [...RUNS_PLATFORM, 'embedded-postgres', 'ingest-benchmark'],
  'apps/sandbox/src/main/java/dev/patchbay/sandbox/package-info.java': [
    ...RUNS_PLATFORM,
    'sandbox',
    'sandbox-sdk-tests',
  ],
  'apps/sandbox/node-sdk-tests/sandbox.js': ['sandbox-sdk-tests'],
  'apps/platform/src/main/resources/application.yaml': RUNS_PLATFORM,
  'contracts/flow.schema.json': [...RUNS_PLATFORM, 'flow-language'],
  'flows/book-from-call.yaml': [...RUNS_PLATFORM, 'flow-language', 'tools'],
  'pom.xml': [...RUNS_PLATFORM, ...EVERY_MODULE, 'sandbox-sdk-tests'],
  'tools/stack.mjs': ['benchmarks', 'fuzz', 'platform-sdk-tests', 'tools'],
  'benchmarks/crash/bench.mjs': ['benchmarks', 'tools'],
  'benchmarks/ingest/pom.xml': ['benchmarks', 'ingest-benchmark', 'java'],
  'config/fuzz.options': ['fuzz'],
  'apps/portal/src/app/layout.tsx': ['portal'],
  'README.md': [],
};

test('a changed file affects the projects that are built from it or run it, and no others', async () => {
  const files = Object.keys(EXPECTED);
  // Two at a time: nx is a process of its own.
  const answers = {};
  const ask = async () => {
    for (let file = files.pop(); file; file = files.pop()) answers[file] = await affectedBy(file);
  };
  await Promise.all([ask(), ask()]);
  const sorted = Object.fromEntries(Object.entries(EXPECTED).map(([file, projects]) => [file, [...projects].sort()]));
  assert.deepEqual(answers, sorted);
});
