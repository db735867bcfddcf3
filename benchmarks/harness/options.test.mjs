import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions, readNumber, readNumbers, readResultName } from './options.mjs';

const LIMITS = { quick: 2, full: 30, max: 100 };

test('a number comes from the option, or from the default of the quick or the full run', () => {
  const parse = (...args) => parseOptions(args, { options: ['rounds'] });
  assert.equal(readNumber(parse(), 'rounds', LIMITS), 30);
  assert.equal(readNumber(parse('--quick'), 'rounds', LIMITS), 2);
  assert.equal(readNumber(parse('--quick', '--rounds', '0.5'), 'rounds', LIMITS), 0.5);
  for (const wrong of ['0', '101', 'many']) {
    assert.throws(() => readNumber(parse('--rounds', wrong), 'rounds', LIMITS), /--rounds takes a number .* up to 100/);
  }
  assert.throws(() => readNumber(parse('--rounds=1.5'), 'rounds', { ...LIMITS, integer: true }), /whole number/);
});

test('a list of numbers is separated by commas', () => {
  assert.deepEqual(readNumbers({}, 'connections', { standard: '8,32', max: 64 }), [8, 32]);
  assert.throws(() => readNumbers({ connections: '8,x' }, 'connections', { standard: '8,32', max: 64 }), /like 8,32/);
});

test('a label is added to the name of the results', () => {
  assert.equal(readResultName({}, 'flows'), 'flows');
  assert.equal(readResultName({ label: 'before' }, 'flows'), 'flows-before');
  assert.throws(() => readResultName({ label: '../x' }, 'flows'), /--label takes/);
});

test('an unknown option is an error', () => {
  assert.throws(() => parseOptions(['--fast'], { flags: ['crash'] }), /'--fast'/);
});
