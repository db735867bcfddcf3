import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caller } from './callers.mjs';
import { verify } from './verify.mjs';

const clients = [{ id: 'cli_a', agentId: 'agent_a', phone: '+13125550142' }];
const CALLS = ['crm.upsertContact', 'calendar.book', 'messaging.sendSms'];

/** One call that went well; `change` says what did not. */
function account(change = () => {}) {
  const { id, phone, name } = caller(clients, 0);
  const world = {
    clients,
    told: new Map([[id, { accepted: 1, duplicates: 0, refused: 0, unclear: 0, events: new Set(['evt_1']) }]]),
    stored: {
      events: [{ id, event: 'evt_1', state: 'DONE' }], runs: [{ id, run: 'run_1', status: 'completed', cause: '', sentence: '' }],
      steps: CALLS.map((call) => ({ run: 'run_1', call })), incidents: [], lookedUp: 0,
    },
    books: {
      highlevel: { contacts: [{ phone }] }, google: { events: [{ summary: `Appointment with ${name}`, status: 'confirmed' }] },
      twilio: { messages: [{ to: phone, direction: 'outbound-api' }] },
    },
  };
  change(world);
  return verify(world);
}

test('a call that went well is accounted for', () => {
  const { unaccounted, sent, accepted, completed, books } = account();
  assert.deepEqual({ unaccounted, sent, accepted, completed, books }, { unaccounted: 0, sent: 1, accepted: 1, completed: 1, books: { contacts: 1, appointments: 1, texts: 1 } });
});

test('what is missing is lost', () => {
  assert.match(account(({ stored }) => { stored.events = []; stored.runs = []; }).examples.join(), /accepted and not stored/);
  assert.match(account(({ stored }) => { stored.runs = []; }).examples.join(), /an event without a run/);
  assert.match(account(({ stored }) => { stored.events[0].state = 'FAILED'; }).examples.join(), /its event is FAILED/);
  assert.equal(account(({ books }) => { books.google.events = []; }).lost, 1);
  assert.equal(account(({ books }) => { books.google.events[0].status = 'cancelled'; }).lost, 1);
});

test('what is there twice is doubled', () => {
  assert.equal(account(({ books }) => { books.twilio.messages.push(books.twilio.messages[0]); }).doubled, 1);
  assert.equal(account(({ stored }) => { stored.runs.push({ ...stored.runs[0], run: 'run_2' }); }).doubled, 1);
  assert.equal(account(({ told }) => { [...told.values()][0].accepted = 2; }).doubled, 1);
});

test('a double whose incident was noticed counts apart, as the residual window', () => {
  const { doubled, residual, incidents } = account(({ books, stored }) => {
    books.twilio.messages.push(books.twilio.messages[0]);
    stored.incidents.push({ kind: 'second_provider_id', key: 'run_1/do/2/confirm/0' });
  });
  assert.deepEqual({ doubled, residual, incidents }, { doubled: 0, residual: 1, incidents: 1 });
});

test('a parked run with a reason is an end; one without, or one that still runs, is not', () => {
  const parked = (cause) => account(({ stored, books }) => {
    Object.assign(stored.runs[0], { status: 'parked', cause, sentence: cause && 'Why.' });
    stored.steps = stored.steps.slice(0, 2);
    books.twilio.messages = [];
  });
  assert.deepEqual(parked('provider_down').reasons, { provider_down: 1 });
  assert.equal(parked('provider_down').unaccounted, 0);
  assert.equal(parked('').unexplained, 1);
  assert.equal(account(({ stored }) => { stored.runs[0].status = 'running'; }).unexplained, 1);
});

test('what stands in a book although nobody asked for it is found', () => {
  assert.equal(account(({ books }) => { books.highlevel.contacts.push({ phone: '+15550100' }); }).unexplained, 1);
  assert.ok(account(({ stored, told }) => {
    Object.assign([...told.values()][0], { accepted: 0, refused: 1, events: new Set() });
    stored.events = [];
    stored.runs = [];
  }).unexplained >= 3, 'books without a run');
});
