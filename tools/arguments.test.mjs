import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from './arguments.mjs';

test('flags and options are read in any order', () => {
  assert.deepEqual(parseArguments(['--json', '--from', '+1'], { flags: ['json'], options: ['from'] }), { json: true, from: '+1' });
  assert.deepEqual(parseArguments(['--from=a=b'], { options: ['from'] }), { from: 'a=b' });
});

test('a word nobody knows is named, with what is known', () => {
  assert.throws(() => parseArguments(['--jsn'], { flags: ['json'] }), /"--jsn".*--json/);
  assert.throws(() => parseArguments(['json'], { flags: ['json'] }), /"json"/);
  assert.throws(() => parseArguments(['--all']), /Nothing is expected/);
});

test('an option without its value says so', () => {
  assert.throws(() => parseArguments(['--from'], { options: ['from'] }), /needs a value/);
});
