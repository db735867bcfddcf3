// Results as JSON for machines and a page for people, with what they were measured on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../tools/settings.mjs';

export function machine(stage) {
  const git = (...words) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  return {
    commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '+changes' : ''),
    at: new Date().toISOString(),
    machine: {
      cores: os.availableParallelism(), cpu: os.cpus()[0].model, memoryGiB: Math.round(os.totalmem() / 2 ** 30), kernel: os.release(),
      jdk: execFileSync(stage.settings.java, ['--version'], { encoding: 'utf8' }).split('\n')[1],
      javaOptions: stage.settings.javaOptions.join(' '), node: process.version,
    },
  };
}

export function write(name, result) {
  const folder = path.join(ROOT, 'benchmarks/results');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${result.at.slice(0, 10)}-${name}-${result.commit}`);
  fs.writeFileSync(`${file}.json`, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`      ${path.relative(ROOT, file)}.json`);
}
