// Runs the tests of the tools, and those of the benchmarks that need no platform, and fails below the coverage gate.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './settings.mjs';

/** The gate for lines and branches, in percent, is the same as for Java. */
const MIN_COVERAGE = '95';

/** These benchmarks start a platform in their test; `nx run benchmarks:test` runs them. */
const NEEDS_PLATFORM = ['crash/crash', 'ingest/crash', 'money/money'].map((test) => `benchmarks/${test}.test.mjs`);

/** The gate counts these files. The rest of benchmarks/ measures a running platform and has no test without one. */
const COUNTED = [
  'tools/*.mjs',
  'benchmarks/harness/{options,results,statistics}.mjs',
  'benchmarks/*/{report,schedule,verify}.mjs',
];

/**
 * Lists entry scripts, which only parse arguments, start processes and print. entry-scripts.test.mjs runs copies of
 * them in a folder of fixtures, and coverage cannot map a copy back. ./dev test runs check-docs.mjs and sbom.mjs
 * themselves.
 */
const NOT_COUNTED = ['tools/{check-docs,demo,doctor,fuzz,reset,run-tests,sbom,up}.mjs', '**/*.test.mjs'];

const isTest = (file) => file.endsWith('.test.mjs') && !file.includes('node_modules') && !NEEDS_PLATFORM.includes(file);
const tests = ['tools', 'benchmarks'].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((file) => path.posix.join(folder, file))
    .filter(isTest),
);
const flags = (name, values) => values.flatMap((value) => [`--${name}`, value]);
const { status } = spawnSync(
  path.join(ROOT, 'node_modules/.bin/c8'),
  [
    ...['--all', '--check-coverage', '--lines', MIN_COVERAGE, '--branches', MIN_COVERAGE],
    ...['--reporter', 'text', '--temp-directory', 'target/coverage'],
    ...flags('include', COUNTED),
    ...flags('exclude', NOT_COUNTED),
    ...[process.execPath, '--test', ...tests],
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
