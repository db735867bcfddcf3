import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correlationOf, listTimes, makeCallers } from './callers.mjs';
import { formatBookings } from './report.mjs';
import { verifyBookings } from './verify.mjs';

const TIME = '2031-01-06T09:00:00-06:00';

/** Verifies a live caller and a caller of a flow at two times, after `change` has altered what is known of them. */
function verify(change = () => {}) {
  const live = { name: 'A', phone: '+1', live: true, time: TIME, callId: 'call_1', told: 'done' };
  const flow = {
    name: 'B',
    phone: '+2',
    live: false,
    time: '2031-01-06T09:30:00-06:00',
    run: 'run_1',
    told: 'completed',
  };
  const world = {
    callers: [{ ...live, answers: [{ outcome: 'done', say: "You're booked for Monday." }] }, flow],
    events: [makeEvent(TIME, 'live:call_1'), makeEvent(flow.time, 'run_1')],
    messages: [{ to: '+2', body: 'Booked for Mon, Jan 6' }],
  };
  change(world);
  return verifyBookings(world);
}

function makeEvent(time, origin, status = 'confirmed') {
  return { status, start: { dateTime: time }, extendedProperties: { private: { patchbayRun: origin } } };
}

test('one owner a time and true answers are no findings', () => {
  assert.deepEqual(verify(), { standing: 2, owned: 2, findings: [] });
});

test('two appointments at one time are a finding', () => {
  const { findings } = verify(({ events }) => events.push(makeEvent(TIME, 'run_9')));
  assert.deepEqual(findings, ['2031-01-06T15:00:00.000Z has 2 appointments']);
});

test('a cancelled appointment has no owner', () => {
  const { findings } = verify(({ events }) => Object.assign(events[0], { status: 'cancelled' }));
  assert.equal(findings.length, 2);
  assert.match(findings[0], /no appointment although/);
  assert.match(findings[1], /A \(live, told done\) has 0 appointments/);
});

test('a caller who was refused has no appointment and no confirmation', () => {
  const { findings } = verify(({ callers }) => Object.assign(callers[1], { told: 'parked', cause: 'no_slot' }));
  assert.deepEqual(findings, [
    'B (flow, told parked no_slot) has an appointment',
    'B (flow, told parked no_slot) got a confirmation by text',
  ]);
});

test('a caller to whom the calendar was away may find the time free', () => {
  const { findings } = verify(({ callers, events }) => {
    Object.assign(callers[0], { told: 'failed', answers: [{ outcome: 'failed', say: 'May I take a message?' }] });
    events.shift();
  });
  assert.deepEqual(findings, []);
});

test('a confirmed booking needs its text, and every caller an answer', () => {
  const { findings } = verify(({ callers, messages }) => {
    messages.pop();
    callers[0].answers.push({ outcome: 'pending', say: "You're booked." });
    callers[0].told = 'pending';
  });
  assert.match(findings.join('\n'), /A \(live, told pending\) has an appointment/);
  assert.match(findings.join('\n'), /A .* has no answer/);
  assert.match(findings.join('\n'), /heard “You're booked.” with the outcome pending/);
  assert.match(findings.join('\n'), /B .* got 0 confirmations by text/);
});

test('callers ask by turns live and by flow, for the same times with the same seed', () => {
  const times = listTimes(20, 'America/Chicago');
  const callers = makeCallers({ count: 6, times, seed: 7 });
  assert.equal(times[0], TIME);
  assert.equal(times[16], '2031-01-07T09:00:00-06:00');
  assert.equal(new Set(times).size, 20);
  assert.deepEqual(callers, makeCallers({ count: 6, times, seed: 7 }));
  assert.deepEqual(
    callers.map(({ live }) => live),
    [true, false, true, false, true, false],
  );
});

test('a call has the correlation id that Patchbay gives it', () => {
  assert.match(correlationOf('call_1'), /^cor_[0-9a-hjkmnp-tv-z]{26}$/);
});

test('the page says whether the promise held', () => {
  const result = {
    plan: { callers: 2, times: 2, seed: 1, faults: ['google is slow'] },
    told: { live: { done: 1 }, flow: { completed: 1 } },
    seconds: 3,
  };
  assert.match(formatBookings({ ...result, verified: verify() }).join('\n'), /told the truth: met/);
  const broken = verify(({ events }) => events.push(makeEvent(TIME, 'run_9')));
  assert.match(formatBookings({ ...result, verified: broken }).join('\n'), /\*\*missed\*\*\n- .* has 2 appointments/);
});
