// The pages are formatted from kept results of real measurements.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../tools/settings.mjs';
import { formatCrashes } from '../crash/report.mjs';
import { formatFlows } from '../flows/report.mjs';
import { formatAbuse, formatCrashes as formatIngestCrashes, formatThroughput } from '../ingest/report.mjs';
import { formatKeys } from '../keys/report.mjs';
import { formatLive } from '../live/report.mjs';
import { formatMoney } from '../money/report.mjs';
import { formatPortalApi } from '../portal-api/report.mjs';
import { formatCounts, formatNoise, formatPage } from './results.mjs';

function readResult(name) {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'benchmarks/results', `2026-11-25-${name}.json`), 'utf8'));
}

function readPage(name) {
  return fs.readFileSync(path.join(ROOT, 'benchmarks/results', `2026-11-25-${name}.md`), 'utf8');
}

/** Sentences have changed since; the rows of the tables have not. */
const tableRows = (text) => text.split('\n').filter((line) => line.startsWith('|'));

for (const [name, file, format] of [
  ['ingest', 'ingest-4c8bf25', formatThroughput],
  ['ingest-abuse', 'ingest-abuse-4c8bf25', formatAbuse],
  ['live', 'live-4c8bf25', formatLive],
  ['keys', 'keys-7269f76', formatKeys],
]) {
  test(`the page of ${name} has the figures of its result`, () => {
    const text = formatPage(name, readResult(file), format);
    assert.match(text, new RegExp(`^# ${name}, 2026-11-25 \\d\\d:\\d\\d UTC, commit [0-9a-f]+\\n\\n2 cores of `));
    assert.deepEqual(tableRows(text), tableRows(readPage(file)));
  });
}

test('the page of ingest-crash says how often the platform was killed and what is stored', () => {
  const text = formatPage('ingest-crash', readResult('ingest-crash-4c8bf25'), formatIngestCrashes);
  assert.match(text, /8 times kill -9 .* ready again after 6\.\d s, /);
  assert.match(text, /accepted \(202\).*all stored once/);
  assert.match(text, /unaccounted: 0/);
});

test('the page of flows compares with n8n, measured or recorded', () => {
  const result = readResult('flows-594f177');
  const text = formatPage('flows', result, formatFlows);
  assert.match(text, /\| runs a second \| \d+ \(\d+–\d+\) \| /);
  assert.match(text, /times less with both PostgreSQLs/);
  assert.match(formatPage('flows', { ...result, n8n: undefined }, formatFlows), /as recorded in November 2026/);
});

test('the page of crash lists faults, verification and rounds', () => {
  const round = {
    number: 1,
    platforms: 2,
    fault: 'kill',
    description: 'first platform killed',
    providerFaults: [{ provider: 'twilio', operation: 'webhook', fault: 'slow', times: 2 }],
  };
  const accounted = {
    sent: 2,
    lost: 0,
    providers: { contacts: 2 },
    reasons: { provider_down: 1 },
    examples: ['x: lost'],
  };
  const result = {
    rounds: [round, { ...round, number: 2, platforms: 1 }],
    plan: { webhooks: 2, perSecond: 10, seed: 7 },
    timings: { PATCHBAY_NODE_LEASE: '4s' },
    loadSeconds: 12.3,
    idleAfter: 4.5,
    stuck: 0,
    statuses: { 0: 1, 202: 2 },
    accounted,
  };
  const text = formatCrashes(result).join('\n');
  assert.match(text, /2 faults \(kill 2\), seed 7; two platforms in 1 rounds/);
  assert.match(text, /Parked because: provider_down 1\./);
  assert.match(text, /no answer 1 times, 202 2 times/);
  assert.match(text, /1\. two platforms: first platform killed; provider faults: twilio webhook slow ×2/);
  assert.match(text, /no work was open 5 s after it/);
  const stuck = formatCrashes({ ...result, stuck: 3, accounted: { ...accounted, reasons: {}, examples: [] } }).join(
    '\n',
  );
  assert.match(stuck, /\*\*3 runs, effects or hand-overs were stuck\*\*/);
});

test('the page of money compares with the budgets and shows what is wrong', () => {
  const result = {
    plan: { calls: 1000, clients: 3, seed: 7, crash: true, everySeconds: 5 },
    kills: 4,
    placedSeconds: 0.2,
    callsPerSecond: 2500,
    lines: 3400,
    uploadSeconds: 1.5,
    reconcileSeconds: 0.5,
    calls: 1000,
    difference: '0.00',
    planted: 110,
    accounted: { unaccounted: 0, examples: [] },
  };
  const text = formatMoney(result).join('\n');
  assert.match(text, /killed by turns every 5 s, 4 times\./);
  assert.match(text, /2500 calls\/s \| 2000, met/);
  assert.match(text, /difference of 1000 calls \| 0\.00 \| 0\.00, met/);
  const wrong = formatMoney({
    ...result,
    plan: { ...result.plan, crash: false },
    callsPerSecond: 100,
    accounted: { unaccounted: 1, examples: ['stream cli_a: 3 numbers up to 4'] },
  }).join('\n');
  assert.match(wrong, /over 20 days\.[\s\S]*\*\*missed\*\*[\s\S]*3 numbers up to 4/);
});

test('a machine with other work is pointed out', () => {
  assert.deepEqual(formatNoise(0.05), []);
  assert.match(formatNoise(0.123)[1], /took 12 % of the processors/);
  const result = readResult('ingest-4c8bf25');
  assert.equal(formatCounts({ 202: 5, 429: 1 }), '202 5, 429 1');
  result.openLoop.others = 0.2;
  result.summary[0].ratio = 0.1;
  result.summary.push({ ...result.summary[0], connections: 128 });
  const text = formatThroughput({ ...result, plan: { rounds: 1, seconds: 4 } }).join('\n');
  assert.match(text, /Medians of 1 round of[\s\S]*Not a quiet machine[\s\S]*\*\*missed\*\*/);
});

test('a failed verification is shown on the page of keys', () => {
  const result = readResult('keys-7269f76');
  result.examples = ['open a raw body: 500'];
  assert.match(formatKeys(result).join('\n'), /```\nopen a raw body: 500\n```/);
});

test('the page of portal-api says which budget was missed and what a rebuild changed', () => {
  const result = {
    plan: { clients: 20, calls: 20_000, requests: 40 },
    seededSeconds: 12,
    rebuiltSeconds: 10,
    sizes: { call: '20 MB', days: '1 MB' },
    differences: [],
    requests: [{ title: 'calls: newest 50', p50: 4, p95: 99.9, max: 140 }],
  };
  const text = formatPortalApi(result).join('\n');
  assert.match(text, /20 clients and 20,000 calls/);
  assert.match(text, /\(2,000 calls a second\)/);
  assert.match(text, /\| calls: newest 50 \| 4\.0 \| 99\.9 \| 140\.0 \|/);
  assert.match(text, /budget 100 ms: met\./);

  const slow = { ...result, requests: [{ title: 'x', p50: 1, p95: 100, max: 100 }], differences: ['rows changed'] };
  const missed = formatPortalApi(slow).join('\n');
  assert.match(missed, /budget 100 ms: \*\*missed\*\*/);
  assert.match(missed, /- rows changed/);
});
