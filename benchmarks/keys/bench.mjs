// ./dev bench keys: every key is changed, over and over, under load on two platforms; then no request has failed and no call is lost.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArguments } from '../../tools/arguments.mjs';
import { until } from '../../tools/processes.mjs';
import { ROOT } from '../../tools/settings.mjs';
import { Callers } from '../crash/callers.mjs';
import { prime, quiet } from '../crash/crash.mjs';
import { CrashStage } from '../crash/stage.mjs';
import { read as stored, verify } from '../crash/verify.mjs';
import { machine, write } from '../ingest/report.mjs';
import { page } from './page.mjs';
import { Readers } from './readers.mjs';

const JAR = path.join(ROOT, 'apps/platform/target/platform-0.1.0-app.jar');
/** Longer than the 5 s after which every process has looked at its file. */
const NOTICED_MS = 6_000;
const A_TENANT_KEY_EVERY_MS = 1_000;
const say = (text) => console.log(`      ${text}`);

function read(words) {
  const given = parseArguments(words, { flags: ['quick'], options: ['seconds', 'rate', 'label'] });
  const number = (name, quick, full) => {
    const value = Number(given[name] ?? (given.quick ? quick : full));
    if (!(Number.isInteger(value) && value > 0 && value <= 3_600)) throw new Error(`--${name} wants a whole number from 1 to 3,600`);
    return value;
  };
  if (given.label && !/^[a-z0-9-]+$/.test(given.label)) throw new Error('--label wants lower-case letters, digits and dashes');
  return { label: given.label, plan: { seconds: number('seconds', 30, 180), perSecond: number('rate', 5, 10) } };
}

/** The runbook, step by step, on the file of each platform. */
async function changeKek(stage) {
  const step = (verb) => stage.homes().forEach((home, index) => {
    const file = path.join(home, 'kek.json');
    if (index === 0) execFileSync(stage.settings.java, ['-jar', JAR, 'keys', verb, file], { stdio: ['ignore', 'ignore', 'inherit'] });
    else fs.copyFileSync(path.join(stage.homes()[0], 'kek.json'), file);
  });
  step('add');
  await pause(NOTICED_MS);
  step('promote');
  const left = () => Number(stage.sql('SELECT count(DISTINCT kek_id) FROM patchbay.tenant_key;')[0][0]);
  await pause(NOTICED_MS);
  if (!(await until(() => left() === 1, 60, 500))) throw new Error('some key is still wrapped with the key before');
  step('drop');
}

async function everySoOften(goes, act) {
  let times = 0;
  while (goes()) {
    const began = Date.now();
    await act();
    times += 1;
    await pause(Math.max(0, began + A_TENANT_KEY_EVERY_MS - Date.now()));
  }
  return times;
}

async function measure(stage, plan) {
  await stage.begin();
  await stage.platforms(true);
  const calls = plan.seconds * plan.perSecond;
  const { clients, connections } = stage.dev;
  const callers = new Callers({ clients, secret: connections.retell.secret, targets: stage.targets, perSecond: plan.perSecond });
  const load = callers.run(calls);
  load.catch(() => {}); // heard below
  await prime(stage, callers, clients.length);
  const readers = await Readers.of(stage);
  let goes = true;
  const reading = readers.run(() => goes);
  const tenantKeys = everySoOften(() => goes, () => stage.api('POST', '/connections/keys/rotate'));
  const letGo = callers.letGo(calls, calls);
  let keks = 0;
  while (callers.sent < calls) {
    await changeKek(stage);
    keks += 1;
    say(`the key-encryption key was changed ${keks} times; ${callers.sent} of ${calls} webhooks sent, ${readers.total()} other requests`);
  }
  goes = false;
  await Promise.all([letGo, load, reading]);
  const rotations = await tenantKeys;
  const { stuck } = await quiet(stage, say);
  const accounted = verify({ clients, told: callers.told, stored: stored(stage), books: await stage.sandbox('GET', '/state') });
  const failed = Object.entries(callers.statuses).filter(([status]) => !['200', '202'].includes(status)).reduce((sum, [, count]) => sum + count, 0) + readers.failed();
  return { keks, tenantKeys: rotations, webhooks: callers.statuses, requests: readers.statuses, examples: readers.examples, failed, stuck, accounted };
}

let stage;
try {
  const { label, plan } = read(process.argv.slice(2));
  stage = await CrashStage.prepare(() => {});
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stage.remove().finally(() => process.exit(130)));
  const figures = await measure(stage, plan);
  write(label ? `keys-${label}` : 'keys', { ...machine(stage), plan, ...figures }, page);
  if (figures.failed > 0 || figures.stuck > 0 || figures.accounted.unaccounted > 0 || figures.accounted.parked > 0) {
    throw new Error(`failed requests: ${figures.failed}, stuck: ${figures.stuck}, parked: ${figures.accounted.parked}\n${[...figures.examples, ...figures.accounted.examples].join('\n')}`);
  }
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stage?.remove();
}
