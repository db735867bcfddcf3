import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createAnswers } from '../ingest/verify.mjs';
import { readDueTimes, verifyRuns } from './verify.mjs';

const run = { id: 'f1', status: 'completed', phone: '+1' };
const accepted = new Map([['f1', { ...createAnswers(), accepted: 1 }]]);
const hold = (contacts, texts) => ({
  highlevel: { contacts: contacts.map((phone) => ({ phone })) },
  twilio: { messages: texts.map((to) => ({ to })) },
});

test('an accepted webhook is one completed run with one contact and one text', () => {
  const { unaccounted, ids, runs } = verifyRuns(accepted, [run], hold(['+1'], ['+1']));
  assert.deepEqual({ unaccounted, ids, runs }, { unaccounted: 0, ids: 1, runs: 1 });
});

test('a webhook without a clear answer may have no run', () => {
  const unclear = new Map([['f1', { ...createAnswers(), unclear: 1 }]]);
  assert.equal(verifyRuns(unclear, [], hold([], [])).unaccounted, 0);
});

for (const [fault, answers, runs, providers, example] of [
  ['a missing run', accepted, [], hold([], []), 'f1: accepted, and 0 runs'],
  ['a parked run', accepted, [{ ...run, status: 'parked' }], hold(['+1'], ['+1']), 'f1: the run is parked'],
  ['a second text', accepted, [run], hold(['+1'], ['+1', '+1']), 'f1: 2 texts of +1'],
  ['a missing contact', accepted, [run], hold([], ['+1']), 'f1: 0 contacts of +1'],
  ['a contact without a run', accepted, [run], hold(['+1', '+2'], ['+1']), '+2: at a provider without a run'],
  ['a run without a webhook', new Map(), [run], hold(['+1'], ['+1']), 'f1: a run without a webhook'],
]) {
  test(`${fault} is a fault`, () => {
    assert.deepEqual(verifyRuns(answers, runs, providers).examples, [example]);
  });
}

test('due times are the fourth field of an answer', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'answers-'));
  const file = path.join(folder, 'answers');
  fs.writeFileSync(file, 'f1 202 evt_1 1700000000000\nf2 0 - 1700000000005\n');
  assert.deepEqual(
    [...readDueTimes(file)],
    [
      ['f1', 1700000000000],
      ['f2', 1700000000005],
    ],
  );
  fs.rmSync(folder, { recursive: true });
});
