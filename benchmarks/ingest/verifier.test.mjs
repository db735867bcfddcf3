import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readAnswers, verify } from './verifier.mjs';

const told = (lines) => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'answers-')), 'answers');
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  return readAnswers(file);
};
const stored = (rows) => new Map(Object.entries(rows).map(([id, events]) => [id, events.map((event) => ({ event, whole: true }))]));
const faults = (lines, rows) => verify(told(lines), stored(rows));

test('an accepted id is stored once, and its duplicates name the same event', () => {
  const result = faults(['a 202 evt_1', 'a 200 evt_1', 'b 401 -', 'c 0 -', 'd 429 -', 'd 202 evt_4', 'e 0 -', 'e 200 evt_5'], { a: ['evt_1'], c: ['evt_3'], d: ['evt_4'], e: ['evt_5'] });
  assert.deepEqual(result, {
    ids: 5, accepted: 2, duplicates: 2, refused: 1, unclear: 3, unclearStored: 1, stored: 4, unaccounted: 0, examples: [],
  });
});

for (const [what, lines, rows] of [
  ['an accepted id that is not stored', ['a 202 evt_1'], {}],
  ['an id that is stored twice', ['a 202 evt_1'], { a: ['evt_1', 'evt_2'] }],
  ['an unanswered id that is stored twice', ['a 0 -'], { a: ['evt_1', 'evt_2'] }],
  ['an id under another event than answered', ['a 202 evt_1'], { a: ['evt_2'] }],
  ['an id that was accepted twice', ['a 202 evt_1', 'a 202 evt_1'], { a: ['evt_1'] }],
  ['a duplicate of another event', ['a 202 evt_1', 'a 200 evt_2'], { a: ['evt_1'] }],
  ['a duplicate without a first', ['a 200 evt_1'], { a: ['evt_1'] }],
  ['a refused id that is stored', ['a 401 -'], { a: ['evt_1'] }],
  ['a row nobody sent', [], { a: ['evt_1'] }],
]) {
  test(`${what} is unaccounted for`, () => {
    const { unaccounted, examples } = faults(lines, rows);
    assert.equal(unaccounted, 1);
    assert.match(examples[0], /^a: /);
  });
}

test('a row without its raw body is unaccounted for', () => {
  assert.equal(verify(told(['a 202 evt_1']), new Map([['a', [{ event: 'evt_1', whole: false }]]])).unaccounted, 1);
});
