// Runs a copy of ./dev in a folder of its own, with an npm that only records that it ran.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeFolder } from './fixtures/settings.mjs';
import { ROOT } from './settings.mjs';

let folder;

before(() => {
  folder = makeFolder();
  fs.copyFileSync(path.join(ROOT, 'dev'), path.join(folder, 'dev'));
  fs.writeFileSync(path.join(folder, 'package-lock.json'), '{}');
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.mkdirSync(path.join(folder, 'elsewhere'));
  fs.writeFileSync(path.join(folder, 'bin/npm'), `#!/bin/sh\ntouch '${folder}/npm-ran'\n`, { mode: 0o755 });
});

after(() => fs.rmSync(folder, { recursive: true }));

function dev(...args) {
  const child = spawnSync(path.join(folder, 'dev'), args, {
    env: { ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  return { ...child, npmRan: fs.existsSync(path.join(folder, 'npm-ran')) };
}

for (const command of [['help'], ['--help'], ['check', '--help'], ['test', '-h'], ['bench', 'flows', '--help']]) {
  test(`./dev ${command.join(' ')} lists the commands and runs none`, () => {
    const child = dev(...command);
    assert.equal(child.status, 0, child.stderr);
    assert.match(child.stdout, /^\.\/dev up .*\n\.\/dev demo /);
    assert.equal(child.npmRan, false);
  });
}

for (const command of ['check', 'test', 'fmt', 'doctor']) {
  test(`./dev ${command} refuses options that it would ignore`, () => {
    const child = dev(command, '--quick');
    assert.equal(child.status, 1);
    assert.match(child.stderr, new RegExp(`\\./dev ${command} takes no options, but got: --quick`));
    assert.equal(child.npmRan, false);
  });
}

test('packages are not installed through a link, whose target npm ci would empty', () => {
  fs.symlinkSync('elsewhere', path.join(folder, 'node_modules'));
  const child = dev('fmt');
  assert.equal(child.status, 1);
  assert.match(child.stderr, /node_modules is a link to elsewhere/);
  assert.equal(child.npmRan, false);
});
