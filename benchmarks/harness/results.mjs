// Results as JSON for programs and Markdown for readers, each with the machine they were measured on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../tools/settings.mjs';

/** The commit, the time and the machine of a measurement. */
export function describeOrigin(stack) {
  const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') ? '+changes' : '';
  return {
    commit: `${git('rev-parse', '--short', 'HEAD')}${changed}`,
    at: new Date().toISOString(),
    machine: {
      cores: os.availableParallelism(),
      cpu: os.cpus()[0].model,
      memoryGiB: Math.round(os.totalmem() / 2 ** 30),
      kernel: os.release(),
      jdk: execFileSync(stack.settings.java, ['--version'], { encoding: 'utf8' }).split('\n')[1],
      postgres: `PostgreSQL ${stack.query('SHOW server_version;')[0][0]}`,
      fsync: stack.query('SHOW fsync;')[0][0],
      javaOptions: stack.settings.javaOptions.join(' '),
      node: process.version,
    },
  };
}

/** @param format (result) => the lines of the Markdown page below its heading */
export function writeResult(name, result, format) {
  const folder = path.join(ROOT, 'benchmarks/results');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${result.at.slice(0, 10)}-${name}-${result.commit}`);
  const text = formatPage(name, result, format);
  // The file of answers was temporary.
  const json = JSON.stringify(result, (member, value) => (member === 'answers' ? undefined : value), 2);
  fs.writeFileSync(`${file}.json`, `${json}\n`);
  fs.writeFileSync(`${file}.md`, text);
  console.log(`\n${text}\n      ${path.relative(ROOT, file)}.json and .md`);
}

export function formatPage(name, result, format) {
  const time = result.at.slice(0, 16).replace('T', ' ');
  const heading = `# ${name}, ${time} UTC, commit ${result.commit}`;
  const verification = result.accounted ? [`unaccounted: ${result.accounted.unaccounted}`, ''] : [];
  return [heading, '', formatMachine(result.machine), '', ...format(result), '', ...verification].join('\n');
}

function formatMachine({ cores, cpu, memoryGiB, kernel, jdk, javaOptions, node, postgres, fsync }) {
  const hardware = `${cores} cores of ${cpu}, ${memoryGiB} GiB, Linux ${kernel}`;
  return `${hardware}; ${jdk} (${javaOptions}); Node ${node}; ${postgres}, fsync ${fsync}.`;
}

/** A warning for the page when other programs took more than 5 % of the processors. */
export function formatNoise(others) {
  if (others <= 0.05) return [];
  const percent = (others * 100).toFixed(0);
  return ['', `**Not a quiet machine**: other programs took ${percent} % of the processors. Measure again.`];
}

export const formatVerdict = (met) => (met ? 'met' : '**missed**');

/** `{202: 5, 429: 1}` as "202 5, 429 1". */
export function formatCounts(counts, separator = ' ') {
  return Object.entries(counts)
    .map(([name, count]) => `${name}${separator}${count}`)
    .join(', ');
}
