import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { DemoCall } from './demo-call.mjs';
import { withSettings, withVariables } from './fixtures/settings.mjs';
import { startStack } from './stack.mjs';
import { isBooked, paintPlain } from './timeline.mjs';

/** Runs the demo against the fixtures; returns its summary and what it printed. */
async function runDemo(variables) {
  let result;
  await withSettings((settings) =>
    withVariables(variables, async () => {
      await startStack(settings, () => {});
      const lines = [];
      const summary = await new DemoCall(settings, (line) => lines.push(line), paintPlain).run();
      result = { summary, text: lines.join('\n') };
    }),
  );
  return result;
}

test('a call is followed to its booking, each ended step on one line', async () => {
  const { summary, text } = await runDemo({});
  assert.ok(isBooked(summary));
  assert.match(text, /calls Harbor Dental and asks for \d{4}-\d\d-\d\dT\d\d:\d\d:00\+0[01]:00/);
  assert.match(text, /verified and stored +voice\.call\.analyzed · evt_1/);
  for (const action of ['crm.upsertContact', 'calendar.book', 'messaging.sendSms']) {
    assert.equal(text.split('\n').filter((line) => line.includes(action)).length, 1, action);
  }
  assert.ok(!text.includes('crm.getContact'), 'an open step has no line yet');
  assert.match(text, /‖ Patchbay +ask/);
  assert.match(text, /booked +run run_1 · correlation cor_1/);
  assert.match(
    text,
    /What the audit trail says of cor_1\n.*run\.completed {2}flow\/flw_1@1\.0\.0\/run\/run_1 {2}by evt_1/,
  );
  assert.ok(!text.includes('event.transcript_read'), "the demo's own reads are no news");
  assert.match(text, /What the providers now hold\n {2}HighLevel +no contact/);
  assert.match(text, /The call’s page: http:\S+\/calls\/call_0123456789abcdef$/);
});

test('a parked run is no booking and prints its cause and the next action', async () => {
  const { summary, text } = await runDemo({ FIXTURE_RUN: 'parked' });
  assert.ok(!isBooked(summary));
  assert.match(text, /✗ Patchbay +run parked/);
  assert.match(text, /The CRM is down\.\nReplay it\./);
});

test('a missing dev.json and a failing API are errors', () =>
  withSettings(async (settings) => {
    const demo = () => new DemoCall(settings, () => {}, paintPlain).run();
    await assert.rejects(demo(), /dev\.json is missing/);
    await startStack(settings, () => {});
    fs.writeFileSync(settings.devFile, JSON.stringify({ token: 'token' }));
    settings.platformUrl = settings.sandboxUrl;
    await assert.rejects(demo(), /GET .*\/api\/v1\/events\S+ answered 404: \{"missing"/);
  }));
