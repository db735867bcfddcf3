import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const BENCHMARKS = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// Each case names the option that a mode reads last: the refusal shows that the entry loaded and read all options before it.
const MODES = [
  ['crash', [], 'rate'],
  ['flows', [], 'seconds'],
  ['ingest', [], 'rate'],
  ['ingest', ['--crash'], 'connections'],
  ['ingest', ['--abuse'], 'seconds'],
  ['keys', [], 'rate'],
  ['live', [], 'seconds'],
  ['neighbours', [], 'seconds'],
  ['portal-api', [], 'requests'],
];

for (const [benchmark, flags, option] of MODES) {
  test(`${[benchmark, ...flags].join(' ')} reads its options and refuses a wrong --${option}`, () => {
    const entry = path.join(BENCHMARKS, benchmark, 'bench.mjs');
    const ended = spawnSync(process.execPath, [entry, ...flags, `--${option}=0`], { encoding: 'utf8' });
    assert.match(ended.stderr, new RegExp(`^\\n--${option} takes .*\\n$`));
    assert.equal(ended.status, 1);
  });
}
