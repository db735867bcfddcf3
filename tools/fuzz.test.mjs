import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findSeeds, harnessFile, splitInputs, TARGETS } from './fuzz-targets.mjs';
import { ROOT } from './settings.mjs';

const TOOL = path.join(ROOT, 'tools/fuzz.mjs');
const runTool = (...args) => spawnSync(process.execPath, [TOOL, ...args], { encoding: 'utf8' });

function findHarnesses(module) {
  const sources = path.join(ROOT, module, 'src/test/java');
  const files = fs.readdirSync(sources, { recursive: true }).filter((file) => file.endsWith('Fuzz.java'));
  return files.map((file) => path.join(sources, file));
}

test('every harness is a target, and every target has a harness and seeds', () => {
  const harnesses = ['apps/platform', 'libs/flow-language'].flatMap(findHarnesses);
  assert.deepEqual(Object.keys(TARGETS).map(harnessFile).sort(), harnesses.sort());
  for (const [name, { seeds, runs }] of Object.entries(TARGETS)) {
    assert.ok(runs > 0);
    for (const folder of seeds) assert.ok(fs.readdirSync(path.join(ROOT, folder)).length > 0, folder);
    assert.ok(findSeeds(name).length > 0, name);
  }
});

test('lines of %% separate the inputs of a seed file', () => {
  assert.deepEqual(splitInputs('one\nmore\n%%\ntwo %% three\n%%\n'), ['one\nmore', 'two %% three']);
});

test('without a name the targets are listed with the first sentence of their harness', () => {
  const output = execFileSync(process.execPath, [TOOL], { encoding: 'utf8' });
  for (const name of Object.keys(TARGETS)) assert.match(output, new RegExp(`^  ${name} +[A-Z]\\w+ [\\w’']+`, 'm'));
  assert.match(output, /--minutes/);
});

test('an unknown target, a wrong number of minutes and an unknown option are errors', () => {
  const unknown = runTool('nothing');
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /"nothing"\. Available: retell/);
  assert.match(runTool('flow', '--minutes', 'soon').stderr, /above 0/);
  assert.match(runTool('flow', '--hours', '1').stderr, /'--hours'/);
});
