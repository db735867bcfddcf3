// ./dev bench keys: changes every key again and again under load on two platforms; no request may fail and no call be lost.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../../tools/processes.mjs';
import { Callers } from '../crash/callers.mjs';
import { waitUntilIdle, warmUpClients } from '../crash/crash.mjs';
import { CrashStack } from '../crash/crash-stack.mjs';
import { readStored } from '../crash/stored-calls.mjs';
import { verifyCalls } from '../crash/verify.mjs';
import { parseOptions, readNumber, readResultName } from '../harness/options.mjs';
import { describeOrigin, writeResult } from '../harness/results.mjs';
import { log, runBenchmark } from '../harness/run-benchmark.mjs';
import { formatKeys } from './report.mjs';
import { RequestLoad } from './request-load.mjs';

/** Longer than the 5 s within which every process reads its key file again. */
const KEY_FILE_READ_MS = 6_000;
const TENANT_KEY_INTERVAL_MS = 1_000;

await runBenchmark(CrashStack, async (create) => {
  const { name, plan } = readPlan(process.argv.slice(2));
  const stack = await create();
  const figures = await measureKeyChanges(stack, plan);
  writeResult(name, { ...describeOrigin(stack), plan, ...figures }, formatKeys);
  const { failed, stuck, accounted, examples } = figures;
  if (failed + stuck + accounted.unaccounted + accounted.parked > 0) {
    const counts = `failed requests: ${failed}, stuck: ${stuck}, parked: ${accounted.parked}`;
    throw new Error([counts, ...examples, ...accounted.examples].join('\n'));
  }
});

function readPlan(args) {
  const values = parseOptions(args, { options: ['seconds', 'rate', 'label'] });
  const number = (option, quick, full) => readNumber(values, option, { quick, full, max: 3_600, integer: true });
  const plan = { seconds: number('seconds', 30, 180), perSecond: number('rate', 5, 10) };
  return { name: readResultName(values, 'keys'), plan };
}

async function measureKeyChanges(stack, { seconds, perSecond }) {
  await stack.startAll();
  await stack.setPlatformCount(2);
  const calls = seconds * perSecond;
  const { clients, connections } = stack.dev;
  const callers = new Callers({
    clients,
    secret: connections.retell.secret,
    listTargets: stack.listTargets,
    perSecond,
  });
  const load = callers.sendAll(calls);
  load.catch(() => {}); // handled below
  await warmUpClients(stack, callers, clients.length);
  const requests = await RequestLoad.create(stack);
  let running = true;
  const isRunning = () => running;
  const sending = requests.run(isRunning);
  const rotating = rotateTenantKeys(stack, isRunning);
  const releasing = callers.release(calls);
  let keks = 0;
  while (callers.sent < calls) {
    await changeKeyEncryptionKey(stack);
    keks += 1;
    const progress = `${callers.sent} of ${calls} webhooks sent, ${requests.countAll()} other requests`;
    log(`the key-encryption key was changed ${keks} times; ${progress}`);
  }
  running = false;
  await Promise.all([releasing, load, sending]);
  const tenantKeys = await rotating;
  const { stuck } = await waitUntilIdle(stack, log);
  const accounted = verifyCalls({
    clients,
    answers: callers.answers,
    stored: readStored(stack),
    providers: await stack.readProviders(),
  });
  return {
    keks,
    tenantKeys,
    webhooks: callers.statuses,
    requests: requests.statuses,
    examples: requests.examples,
    failed: countFailures(callers.statuses) + requests.countFailures(),
    stuck,
    accounted,
  };
}

/** Follows the runbook (docs/runbooks/key-rotation.md) on the key file of each platform. */
async function changeKeyEncryptionKey(stack) {
  editKeyFiles(stack, 'add');
  await pause(KEY_FILE_READ_MS);
  editKeyFiles(stack, 'promote');
  await pause(KEY_FILE_READ_MS);
  const countKeks = () => Number(stack.query('SELECT count(DISTINCT kek_id) FROM patchbay.tenant_key;')[0][0]);
  const rewrapped = await waitUntil(() => countKeks() === 1, 60, 500);
  if (!rewrapped) throw new Error('A data key is still wrapped with the previous key-encryption key.');
  editKeyFiles(stack, 'drop');
}

function editKeyFiles(stack, command) {
  const [first, ...others] = stack.listDataFolders().map((folder) => path.join(folder, 'kek.json'));
  const args = ['-jar', stack.settings.jars.platform, 'keys', command, first];
  execFileSync(stack.settings.java, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const file of others) fs.copyFileSync(first, file);
}

/** Rotates the agency's data key in an interval; returns how often. */
async function rotateTenantKeys(stack, isRunning) {
  let count = 0;
  while (isRunning()) {
    const next = Date.now() + TENANT_KEY_INTERVAL_MS;
    await stack.callApi('POST', '/connections/keys/rotate');
    count += 1;
    await pause(Math.max(0, next - Date.now()));
  }
  return count;
}

function countFailures(statuses) {
  const failures = Object.entries(statuses).filter(([status]) => !['200', '202'].includes(status));
  return failures.reduce((sum, [, count]) => sum + count, 0);
}
