import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSlot } from './slot.mjs';

const friday = new Date('2026-11-20T15:00:00Z');

test('the next business day skips the weekend', () => {
  assert.equal(chooseSlot({ now: friday, zone: 'UTC' }), '2026-11-23T09:00:00+00:00');
});

test('the slot carries the offset of its zone, on that day', () => {
  assert.equal(chooseSlot({ now: friday, zone: 'America/New_York' }), '2026-11-23T09:00:00-05:00');
  assert.equal(
    chooseSlot({ now: new Date('2026-07-01T12:00:00Z'), zone: 'America/New_York' }),
    '2026-07-02T09:00:00-04:00',
  );
  assert.equal(chooseSlot({ now: friday, zone: 'Asia/Kolkata' }), '2026-11-23T09:00:00+05:30');
});

test('tomorrow is the tomorrow of the zone, not of UTC', () => {
  const lateMonday = new Date('2026-11-23T23:30:00Z');
  assert.equal(chooseSlot({ now: lateMonday, zone: 'Asia/Tokyo' }), '2026-11-25T09:00:00+09:00');
});

test('each first half hour gives another slot', () => {
  const slots = Array.from({ length: 16 }, (_, first) => chooseSlot({ now: friday, zone: 'UTC', first }));
  assert.equal(new Set(slots).size, 16);
  assert.equal(slots[1], '2026-11-23T09:30:00+00:00');
  assert.equal(slots[15], '2026-11-23T16:30:00+00:00');
});

test('a taken slot is skipped, whatever offset it is written with', () => {
  assert.equal(
    chooseSlot({ now: friday, zone: 'UTC', taken: ['2026-11-23T10:00:00+01:00'] }),
    '2026-11-23T09:30:00+00:00',
  );
});

test('a full day leads to the next day, a full calendar to an error', () => {
  const taken = [];
  for (let n = 0; n < 16; n++) taken.push(chooseSlot({ now: friday, zone: 'UTC', taken, first: 3 }));
  assert.equal(chooseSlot({ now: friday, zone: 'UTC', taken, first: 3 }), '2026-11-24T10:30:00+00:00');
  for (let n = 16; n < 160; n++) taken.push(chooseSlot({ now: friday, zone: 'UTC', taken }));
  assert.throws(() => chooseSlot({ now: friday, zone: 'UTC', taken }), /dev reset/);
});
