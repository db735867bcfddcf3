import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswers } from '../ingest/verify.mjs';
import { makeCaller } from './callers.mjs';
import { verifyCalls } from './verify.mjs';

const clients = [{ id: 'cli_a', agentId: 'agent_a', phone: '+13125550142' }];
const CALLS = ['crm.upsertContact', 'calendar.book', 'messaging.sendSms'];

/** Verifies one call that went well, after `change` has altered what is known of it. */
function verify(change = () => {}) {
  const { id, phone, name } = makeCaller(clients, 0);
  const world = {
    clients,
    answers: new Map([[id, { ...createAnswers(), accepted: 1, events: new Set(['evt_1']) }]]),
    stored: {
      events: [{ id, event: 'evt_1', state: 'DONE' }],
      runs: [{ id, run: 'run_1', status: 'completed', cause: '', sentence: '' }],
      steps: CALLS.map((call) => ({ run: 'run_1', call })),
      incidents: [],
      lookedUp: 0,
    },
    providers: {
      highlevel: { contacts: [{ phone }] },
      google: { events: [{ summary: `Appointment with ${name}`, status: 'confirmed' }] },
      twilio: { messages: [{ to: phone, direction: 'outbound-api' }] },
    },
  };
  change({ ...world, answer: world.answers.get(id) });
  return verifyCalls(world);
}

const remove = (list) => list.splice(0);

test('a call that went well is accounted for', () => {
  const { unaccounted, sent, accepted, completed, providers } = verify();
  assert.deepEqual([unaccounted, sent, accepted, completed], [0, 1, 1, 1]);
  assert.deepEqual(providers, { contacts: 1, appointments: 1, texts: 1 });
});

for (const [fault, change, example] of [
  [
    'an event that is not stored',
    ({ stored }) => [stored.events, stored.runs].forEach(remove),
    /accepted and not stored/,
  ],
  ['an event without a run', ({ stored }) => remove(stored.runs), /an event without a run/],
  ['an event whose hand-over failed', ({ stored }) => (stored.events[0].state = 'FAILED'), /its event is FAILED/],
  ['a missing appointment', ({ providers }) => remove(providers.google.events), /calendar\.book is done, and no/],
  ['a cancelled appointment', ({ providers }) => (providers.google.events[0].status = 'cancelled'), /no appointments/],
]) {
  test(`${fault} is lost`, () => {
    const { lost, examples } = verify(change);
    assert.ok(lost > 0);
    assert.match(examples.join(), example);
  });
}

for (const [fault, change] of [
  ['a second text', ({ providers }) => providers.twilio.messages.push(providers.twilio.messages[0])],
  ['a second run', ({ stored }) => stored.runs.push({ ...stored.runs[0], run: 'run_2' })],
  ['a second event', ({ stored }) => stored.events.push({ ...stored.events[0], event: 'evt_2' })],
  ['a second acceptance', ({ answer }) => (answer.accepted = 2)],
]) {
  test(`${fault} is doubled`, () => assert.equal(verify(change).doubled, 1));
}

test('a double with an incident is counted apart, as the residual window', () => {
  const { doubled, residual, incidents } = verify(({ providers, stored }) => {
    providers.twilio.messages.push(providers.twilio.messages[0]);
    stored.incidents.push({ kind: 'second_provider_id', key: 'run_1/do/2/confirm/0' });
  });
  assert.deepEqual({ doubled, residual, incidents }, { doubled: 0, residual: 1, incidents: 1 });
});

test('a parked run with a reason is an end; one without a reason, or one still running, is not', () => {
  const park = (cause) =>
    verify(({ stored, providers }) => {
      Object.assign(stored.runs[0], { status: 'parked', cause, sentence: cause && 'Why.' });
      stored.steps.pop();
      remove(providers.twilio.messages);
    });
  assert.deepEqual(park('provider_down').reasons, { provider_down: 1 });
  assert.deepEqual([park('provider_down').unaccounted, park('provider_down').parked], [0, 1]);
  assert.equal(park('').unexplained, 1);
  assert.equal(verify(({ stored }) => (stored.runs[0].status = 'running')).unexplained, 1);
});

test('a webhook without an answer may be stored or not', () => {
  const { unaccounted, unanswered } = verify(({ answer }) =>
    Object.assign(answer, { accepted: 0, unclear: 1, events: new Set() }),
  );
  assert.deepEqual([unaccounted, unanswered], [0, 1]);
});

test('a refused webhook is not stored, and a provider holds nothing of it', () => {
  const refuse = ({ answer }) => Object.assign(answer, { accepted: 0, refused: 1, events: new Set() });
  assert.match(verify(refuse).examples.join(), /refused and stored/);
  const { unexplained, refused } = verify(({ answer, stored }) => {
    refuse({ answer });
    [stored.events, stored.runs].forEach(remove);
  });
  assert.deepEqual([unexplained, refused], [3, 1], 'contact, appointment and text without a run');
});

test('an entry at a provider without a call is unexplained', () => {
  assert.equal(verify(({ providers }) => providers.highlevel.contacts.push({ phone: '+15550100' })).unexplained, 1);
});
