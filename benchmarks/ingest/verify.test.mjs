import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { groupRows, readAnswers, verifyAnswers } from './verify.mjs';

function answer(lines) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'answers-'));
  const file = path.join(folder, 'answers');
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  const answers = readAnswers(file);
  fs.rmSync(folder, { recursive: true });
  return answers;
}

const store = (rows) =>
  groupRows(Object.entries(rows).flatMap(([id, events]) => events.map((event) => [id, event, event, '1', '1'])));
const verify = (lines, rows) => verifyAnswers(answer(lines), store(rows));

test('an accepted id is stored once, and its duplicates name the same event', () => {
  const lines = [
    ...['a 202 evt_1', 'a 200 evt_1', 'b 401 -', 'c 0 -', 'd 429 -', 'd 202 evt_4', 'e 0 -', 'e 200 evt_5', 'f 503 -'],
  ];
  assert.deepEqual(verify(lines, { a: ['evt_1'], c: ['evt_3'], d: ['evt_4'], e: ['evt_5'] }), {
    ids: 6,
    accepted: 2,
    duplicates: 2,
    refused: 1,
    unclear: 4,
    unclearStored: 1,
    stored: 4,
    unaccounted: 0,
    examples: [],
  });
});

for (const [fault, lines, rows] of [
  ['an accepted id that is not stored', ['a 202 evt_1'], {}],
  ['an id that is stored twice', ['a 202 evt_1'], { a: ['evt_1', 'evt_2'] }],
  ['an unanswered id that is stored twice', ['a 0 -'], { a: ['evt_1', 'evt_2'] }],
  ['an id under another event than answered', ['a 202 evt_1'], { a: ['evt_2'] }],
  ['an id that was accepted twice', ['a 202 evt_1', 'a 202 evt_1'], { a: ['evt_1'] }],
  ['a duplicate of another event', ['a 202 evt_1', 'a 200 evt_2'], { a: ['evt_1'] }],
  ['a duplicate without a first', ['a 200 evt_1'], { a: ['evt_1'] }],
  ['a refused id that is stored', ['a 401 -'], { a: ['evt_1'] }],
  ['a stored id that was not sent', [], { a: ['evt_1'] }],
]) {
  test(`${fault} is unaccounted for`, () => {
    const { unaccounted, examples } = verify(lines, rows);
    assert.equal(unaccounted, 1);
    assert.match(examples[0], /^a: /);
  });
}

test('an event without its raw body, key or dispatch is unaccounted for', () => {
  for (const row of [
    ['a', 'evt_1', 'evt_1', '0', '1'],
    ['a', null, 'evt_1', '1', '1'],
    ['a', 'evt_1', 'evt_1', '1', '0'],
  ]) {
    assert.deepEqual(verifyAnswers(answer(['a 202 evt_1']), groupRows([row])).examples, ['a: stored in part']);
  }
});
