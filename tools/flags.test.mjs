import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { evaluate, main } from './flags.mjs';

const SETTINGS = { java: 'java', jars: { platform: '/app.jar' } };

test('the platform evaluates the file by its absolute path', () => {
  const calls = [];
  const report = evaluate('cases.json', SETTINGS, (...call) => {
    calls.push(call);
    return { status: 0, stdout: '{"passed":1,"failed":0}' };
  });
  assert.deepEqual(report, { passed: 1, failed: 0 });
  assert.deepEqual(calls[0].slice(0, 2), [
    'java',
    ['-jar', '/app.jar', 'flags', 'evaluate', path.resolve('cases.json')],
  ]);
});

test('a file that cannot be read is an error with the reason', () => {
  const failing = (outcome) => () => evaluate('none.json', SETTINGS, () => outcome);
  assert.throws(failing({ status: 1, stderr: 'NoSuchFileException' }), /NoSuchFileException/);
  assert.throws(failing({ status: null, error: new Error('no java') }), /no java/);
});

test('cases that fail, and files without cases, fail the command', () => {
  const printed = [];
  const print = (line) => printed.push(line);
  assert.equal(main('f', print, { passed: 2, failed: 0 }), 0);
  assert.equal(main('f', print, { passed: 2, failed: 1 }), 1);
  assert.equal(main('f', print, { passed: 0, failed: 0 }), 1);
  assert.match(printed[1], /"failed": 1/);
});
