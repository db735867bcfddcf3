import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kept, source, split, targets } from './fuzz.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const tool = path.join(root, 'tools/fuzz.mjs');

test('every harness is a target, and every target has a harness and something to begin with', () => {
  const harnesses = ['apps/platform', 'libs/flow-language'].flatMap((module) =>
    fs.readdirSync(path.join(root, module, 'src/test/java'), { recursive: true })
      .filter((file) => file.endsWith('Fuzz.java'))
      .map((file) => path.join(root, module, 'src/test/java', file)));
  assert.deepEqual(Object.values(targets).map(source).sort(), harnesses.sort());
  for (const [name, { seeds, runs }] of Object.entries(targets)) {
    assert.ok(runs > 0);
    for (const folder of seeds) assert.ok(fs.readdirSync(path.join(root, folder)).length > 0, folder);
    assert.ok([...seeds, ...kept(name)].some((it) => fs.existsSync(path.join(root, it))), name);
  }
});

test('inputs are parted by lines of %%', () => {
  assert.deepEqual(split('one\nmore\n%%\ntwo %% three\n%%\n'), ['one\nmore', 'two %% three']);
});

test('without a name it lists what there is, with what each harness says of itself', () => {
  const listed = execFileSync(process.execPath, [tool], { encoding: 'utf8' });
  for (const name of Object.keys(targets)) assert.match(listed, new RegExp(`^  ${name} +Any \\w+`, 'm'));
  assert.match(listed, /--minutes/);
});

test('a target nobody knows is named, and so is a time that is none', () => {
  const nobody = spawnSync(process.execPath, [tool, 'nobody'], { encoding: 'utf8' });
  assert.equal(nobody.status, 1);
  assert.match(nobody.stderr, /"nobody"\. Known here: retell/);
  assert.match(spawnSync(process.execPath, [tool, 'flow', '--minutes', 'soon'], { encoding: 'utf8' }).stderr, /above 0/);
  assert.match(spawnSync(process.execPath, [tool, 'flow', '--hours', '1'], { encoding: 'utf8' }).stderr, /"--hours"/);
});
