// Evaluates a file of cases of feature flags, prints the results, and fails when one is not as the file expects.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings } from './settings.mjs';

/** Runs the platform's command; the report is its output. */
export function evaluate(file, settings = readSettings(), run = spawnSync) {
  const command = ['-jar', settings.jars.platform, 'flags', 'evaluate', path.resolve(file)];
  const result = run(settings.java, command, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status !== 0) {
    throw new Error(`The cases could not be evaluated:\n${result.stderr || result.error}`);
  }
  return JSON.parse(result.stdout);
}

export function main(file, print = console.log, report = evaluate(file)) {
  print(JSON.stringify(report, null, 2));
  return report.failed === 0 && report.passed > 0 ? 0 : 1;
}

/* c8 ignore next 3 */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2).find((argument) => argument !== '--json'));
}
