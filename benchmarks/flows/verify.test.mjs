import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verify } from './verify.mjs';

const answers = (accepted) => ({ accepted, duplicates: 0, refused: 0, unclear: accepted ? 0 : 1, events: new Set() });
const run = { id: 'f1', status: 'completed', phone: '+1' };
const books = (contacts, texts) => ({ highlevel: { contacts: contacts.map((phone) => ({ phone })) }, twilio: { messages: texts.map((to) => ({ to })) } });

test('an accepted webhook is one completed run with one entry in each book', () => {
  assert.equal(verify(new Map([['f1', answers(1)]]), [run], books(['+1'], ['+1'])).unaccounted, 0);
});

test('everything else is named', () => {
  const told = new Map([['f1', answers(1)]]);
  assert.deepEqual(verify(told, [], books([], [])).examples, ['f1: accepted, and 0 runs']);
  assert.deepEqual(verify(told, [{ ...run, status: 'parked' }], books(['+1'], ['+1'])).examples, ['f1: the run is parked']);
  assert.deepEqual(verify(told, [run], books(['+1'], ['+1', '+1'])).examples, ['f1: 2 texts of +1']);
  assert.deepEqual(verify(told, [run], books(['+1', '+2'], ['+1'])).examples, ['+2: in a book without a run']);
  assert.deepEqual(verify(new Map(), [run], books(['+1'], ['+1'])).examples, ['f1: a run that nobody sent']);
});
