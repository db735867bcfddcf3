import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booked, coloured, holdings, line, made, shortId, stepLine, summary } from './timeline.mjs';

const began = Date.parse('2026-11-23T10:00:00Z');
const attempt = (after, milliseconds) => ({ startedAt: new Date(began + after).toISOString(), milliseconds });
const run = {
  id: 'run-1',
  status: 'completed',
  steps: [
    { pointer: '/do/0/contact', name: 'contact', call: 'crm.upsertContact', status: 'completed', attempts: [attempt(100, 40)], output: { contactId: 'c1' } },
    { pointer: '/do/1/book', name: 'book', call: 'calendar.book', status: 'completed', effect: { lookedUp: true }, attempts: [attempt(200, 50), attempt(900, 100)], output: { appointment: { id: 'e1' } } },
    { pointer: '/do/2/sms', name: 'sms', call: 'messaging.sendSms', status: 'completed', attempts: [], output: { sid: 'SM1' } },
  ],
};
const told = { correlationId: 'co', eventId: 'ev', milliseconds: 1000 };

test('a line says when, how, who and what, without colours unless asked', () => {
  assert.equal(line({ at: 1234, mark: '✓', who: 'Twilio', what: 'messaging.sendSms', detail: '40 ms' }),
    '  +1.23 s  ✓ Twilio           messaging.sendSms        40 ms');
  assert.match(line({ at: 0, mark: '✗', who: 'Retell', what: 'call' }, coloured), /\u001b\[31m✗/);
});

test('a step ends with its last attempt and tells what went wrong on the way', () => {
  const text = stepLine(run.steps[1], began);
  assert.match(text, /\+1\.00 s {2}✓ Google Calendar/);
  assert.match(text, /150 ms · 2 attempts · looked up after a lost answer · e1$/);
});

test('a step that never got to an attempt is still shown', () => {
  assert.match(stepLine({ name: 'decide', status: 'parked' }, began), /\+0\.00 s {2}‖ Patchbay {9}decide/);
});

test('the summary carries what was made and counts attempts', () => {
  const result = summary(run, told);
  assert.deepEqual([result.contactId, result.appointmentId, result.messageSid], ['c1', 'e1', 'SM1']);
  assert.equal(result.steps[1].attempts, 2);
  assert.ok(booked(result));
});

test('nothing is booked unless contact, appointment and message are there and the run completed', () => {
  assert.ok(!booked(summary({ ...run, status: 'parked' }, told)));
  assert.ok(!booked(summary({ ...run, steps: run.steps.slice(0, 2) }, told)));
  assert.equal(made({ ...run, steps: [{ ...run.steps[0], status: 'failed' }] }, 'crm.upsertContact'), null);
});

test('what the providers hold is told from their own books', () => {
  const state = {
    highlevel: { contacts: [{ id: 'c1', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' }] },
    google: { events: [{ id: 'e1', summary: 'Visit', start: { dateTime: '2026-11-24T09:00:00Z' } }] },
    twilio: { messages: [{ sid: 'SM1', to: '+14155550100', body: 'See you', status: 'delivered' }] },
  };
  const [crm, calendar, sms] = holdings(state, summary(run, told));
  assert.match(crm, /contact Ada Lovelace, ada@example.com \(c1\)/);
  assert.match(calendar, /"Visit" at 2026-11-24/);
  assert.match(sms, /"See you" \(delivered\)/);
  assert.match(holdings({}, summary(run, told))[0], /no contact of this call/);
});

test('ids are short enough to read', () => {
  assert.equal(shortId('0123456789abcdef'), '01234567…');
  assert.equal(shortId('SM1'), 'SM1');
  assert.equal(shortId(undefined), '–');
});
