import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeProviders,
  findCreatedId,
  findId,
  formatLine,
  formatStep,
  isBooked,
  paintColoured,
  shortenId,
  summarise,
} from './timeline.mjs';

const startedAt = Date.parse('2026-11-23T10:00:00Z');
const attempt = (after, milliseconds) => ({ startedAt: new Date(startedAt + after).toISOString(), milliseconds });
const run = {
  id: 'run-1',
  status: 'completed',
  steps: [
    {
      pointer: '/do/0/contact',
      name: 'contact',
      call: 'crm.upsertContact',
      status: 'completed',
      attempts: [attempt(100, 40)],
      output: { contactId: 'c1' },
    },
    {
      pointer: '/do/1/book',
      name: 'book',
      call: 'calendar.book',
      status: 'completed',
      effect: { lookedUp: true },
      attempts: [attempt(200, 50), attempt(900, 100)],
      output: { appointment: { id: 'e1' } },
    },
    {
      pointer: '/do/2/sms',
      name: 'sms',
      call: 'messaging.sendSms',
      status: 'completed',
      attempts: [],
      output: { sid: 'SM1' },
    },
  ],
};
const facts = { correlationId: 'co', eventId: 'ev', milliseconds: 1000 };

test('a line shows time, mark, actor and action, without colours unless asked', () => {
  assert.equal(
    formatLine({ at: 1234, mark: '✓', actor: 'Twilio', action: 'messaging.sendSms', detail: '40 ms' }),
    '  +1.23 s  ✓ Twilio           messaging.sendSms        40 ms',
  );
  const coloured = formatLine({ at: 0, mark: '✗', actor: 'Retell', action: 'call' }, paintColoured);
  assert.ok(coloured.includes('\u001b[31m✗'));
});

test('a step ends with its last attempt and shows attempts and look-ups', () => {
  const text = formatStep(run.steps[1], startedAt);
  assert.match(text, /\+1\.00 s {2}✓ Google Calendar/);
  assert.match(text, /150 ms · 2 attempts · looked up after a lost answer · e1$/);
});

test('a step without an attempt is shown with its name and its output', () => {
  assert.match(formatStep({ name: 'decide', status: 'parked' }, startedAt), /\+0\.00 s {2}‖ Patchbay {9}decide/);
  assert.match(formatStep({ name: 'decide', status: 'new', output: 'yes' }, startedAt), /… Patchbay {9}decide +yes$/);
  const running = { name: 'decide', status: 'running', attempts: [{ startedAt: '2026-11-23T10:00:00Z' }] };
  assert.match(formatStep(running, startedAt), /decide +0 ms$/);
});

test('the summary carries the created ids and counts attempts', () => {
  const summary = summarise(run, facts);
  assert.deepEqual([summary.contactId, summary.appointmentId, summary.messageSid], ['c1', 'e1', 'SM1']);
  assert.deepEqual(
    summary.steps.map((step) => step.attempts),
    [1, 2, 0],
  );
  assert.ok(isBooked(summary));
  assert.deepEqual(summarise({ id: 'run-2', status: 'running' }, facts).steps, []);
});

test('a booking needs a completed run, a contact, an appointment and a message', () => {
  assert.ok(!isBooked(summarise({ ...run, status: 'parked' }, facts)));
  assert.ok(!isBooked(summarise({ ...run, steps: run.steps.slice(0, 2) }, facts)));
  assert.equal(findCreatedId({ steps: [{ ...run.steps[0], status: 'failed' }] }, 'crm.upsertContact'), null);
  assert.equal(findCreatedId({}, 'crm.upsertContact'), null);
});

test('an id is found in nested objects, and not in lists', () => {
  assert.equal(findId({ message: { sid: 'SM1' } }), 'SM1');
  assert.equal(findId({ slots: [{ id: 'slot' }] }), undefined);
});

test('the providers are described from their own state', () => {
  const state = {
    highlevel: { contacts: [{ id: 'c1', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' }] },
    google: { events: { e1: { id: 'e1', summary: 'Visit', start: { dateTime: '2026-11-24T09:00:00Z' } } } },
    twilio: { messages: [{ sid: 'SM1', to: '+14155550100', body: 'See you', status: 'delivered' }] },
  };
  const [crm, calendar, sms] = describeProviders(state, summarise(run, facts));
  assert.match(crm, /contact Ada Lovelace, ada@example.com \(c1\)/);
  assert.match(calendar, /"Visit" at 2026-11-24/);
  assert.match(sms, /"See you" \(delivered\)/);
});

test('a contact without names or e-mail is described by name and phone; absence is stated', () => {
  const state = { highlevel: { contacts: [{ id: 'c1', name: 'Ada L.', phone: '+14155550100' }] } };
  const [crm, calendar, sms] = describeProviders(state, summarise(run, facts));
  assert.match(crm, /contact Ada L\., \+14155550100/);
  assert.match(calendar, /no appointment of this call/);
  assert.match(sms, /no message of this call/);
  assert.match(describeProviders({}, summarise(run, facts))[0], /no contact of this call/);
});

test('ids are shortened to eight characters', () => {
  assert.equal(shortenId('0123456789abcdef'), '01234567…');
  assert.equal(shortenId('SM1'), 'SM1');
  assert.equal(shortenId(undefined), '–');
});
