// Fills a new data directory with runs, calls and sessions in every state, kills the platform and writes an index of the
// records.
// Usage: node fill.mjs <checkout of the release, built by "./dev up"> <new data directory>
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {
  browse,
  fault,
  heal,
  invitationLink,
  knowPeople,
  PLATFORM,
  PORTS,
  SANDBOX,
  sandbox,
  signIn,
  until,
} from './fill-requests.mjs';
import { CALLERS, FLOWS } from './fill-scenario.mjs';

const [checkout, data] = process.argv.slice(2).map((argument) => path.resolve(argument));
const ENVIRONMENT = {
  PATCHBAY_ENVIRONMENT: 'dev',
  PATCHBAY_PORT: PORTS.platform,
  PATCHBAY_SANDBOX_PORT: PORTS.sandbox,
  PATCHBAY_SANDBOX_MAIL_PORT: PORTS.mail,
  PATCHBAY_SANDBOX_URL: SANDBOX,
  PATCHBAY_DATA_DIR: data,
  PATCHBAY_NODE_RETRYDELAY: '300ms', // six failed look-ups in seconds, not minutes
  PATCHBAY_NODE_SETTLE: '1s',
};

const about = { callers: CALLERS, runs: {}, calls: {}, tokens: {}, sessions: {} };
const processes = {};
process.on('exit', () => Object.keys(processes).forEach(kill)); // only PostgreSQL outlives this script
fs.mkdirSync(data, { recursive: true });
if (fs.readdirSync(data).length > 0) throw new Error(`${data} is not empty`);

// --- a platform that does everything -------------------------------------------------------------------------------
await start('sandbox', {});
await start('platform', { PATCHBAY_LIVE_HOLDMINUTES: '3' });
const dev = JSON.parse(fs.readFileSync(path.join(data, 'dev.json'), 'utf8'));
const CLIENT = dev.clients[0];
const flows = {};
for (const [name, tasks] of Object.entries(FLOWS)) flows[name] = await storeFlow(name, tasks);

about.calls.completed = await placeCall('completed', { wantsAppointment: true });
about.runs.completed = (await runOfCall(about.calls.completed, 'completed')).id;
await fault('google', 'freebusy.query', '500', 3);
about.calls.replayed = await placeCall('replayed', { wantsAppointment: true });
about.runs.replayed = (await runOfCall(about.calls.replayed, 'parked')).id;
await api('POST', `/runs/${about.runs.replayed}/replay`, { reason: 'the calendar answers again' });
await runIn(about.runs.replayed, 'completed');

await runFlow('waitDue', 'wait-two-minutes', 'waiting');
await runFlow('waitLater', 'wait-a-year', 'waiting');
await runFlow('approval', 'ask-before-booking', 'waiting');
await fault('google', 'freebusy.query', '500', 3);
await runFlow('outage', 'book-by-hand', 'parked');
await fault('google', 'events.insert', 'lost_response', 1);
await fault('google', 'events.get', '500', 30);
await runFlow('unknown', 'book-by-hand', 'parked');
await heal();
await fault('twilio', 'messages.create', 'lost_response', 1);
await runFlow('settle', 'ask-what-became-of-it');
await until('the text to be a person’s to settle', async () =>
  (await api('GET', `/runs/${about.runs.settle}`)).steps.some((step) => step.effect?.waitsForPerson),
);

const held = await placeCall('holdExpired', {
  functions: [{ name: 'calendar.hold', args: { start: CALLERS.holdExpired.local } }],
});
about.calls.holdExpired = held;

about.sessions.ada = await signIn('ada@bright.example');
about.sessions.ended = await signIn('finn@bright.example');
await browse('POST', '/sign-out', about.sessions.ended);
about.tokens.development = dev.token;
about.tokens.agency = await issueToken('agency', {});
about.tokens.client = await issueToken('northside', {
  clientId: CLIENT.id,
  permissions: ['read:runs', 'read:clients'],
});
about.tokens.revoked = await issueToken('revoked', {});
const { items: tokens } = await api('GET', '/iam/tokens');
await api('DELETE', `/iam/tokens/${tokens.find((token) => token.name === 'revoked').id}`);
about.group = (await api('POST', '/iam/groups', { name: 'Reception' })).id;
about.role = (await api('POST', '/iam/roles', { name: 'Run reader', permissions: ['read:runs'] })).id;
const key = `key_${randomBytes(16).toString('hex')}`;
await sandbox('PUT', 'accounts', { retell: { apiKey: key, agents: [] } });
about.connection = (
  await api('POST', '/connections', {
    provider: 'retell',
    name: 'Second line',
    baseUrl: `${SANDBOX}/retell`,
    secrets: { api_key: key },
  })
).id;
if ((await api('POST', `/connections/${about.connection}/test`)).state !== 'READY')
  throw new Error('the second line does not answer');

await knowPeople(['ben@upgrade.example', 'cleo@upgrade.example']);
about.invited = { accepted: 'ben@upgrade.example', pending: 'cleo@upgrade.example' };
await invite(about.invited.accepted, 'Ben Accepted');
about.sessions.ben = await signIn(about.invited.accepted, await invitationLink(about.invited.accepted));

about.idempotent = { key: 'asked-before-the-upgrade', body: { name: 'Front desk' } };
about.idempotent.group = (
  await api('POST', '/iam/groups', about.idempotent.body, { 'idempotency-key': about.idempotent.key })
).id;

// --- killed with two bookings on their way: the calendar carries out one afterwards, the other never ---------------
await fault('google', 'events.insert', 'slow', 1, 6000);
await runFlow('carriedOut', 'book-by-hand');
await inFlight('carriedOut');
await fault('google', 'events.insert', 'slow', 1, 9000);
await runFlow('neverSent', 'book-by-hand');
await inFlight('neverSent');
kill('platform');
await until('the calendar to carry out what it was sent', async () => (await bookings('carriedOut')) === 1);
kill('sandbox');
await start('sandbox', {});
if ((await bookings('neverSent')) !== 0) throw new Error('the second booking was carried out: raise its delay');

// --- a platform that only takes in ---------------------------------------------------------------------------------
await start('platform', { PATCHBAY_ROLES: 'ingress,api', PATCHBAY_LIVE_HOLDMINUTES: '1440' });
about.calls.undispatched = await placeCall('undispatched', { wantsAppointment: true });
about.calls.holdAlive = await placeCall('holdAlive', {
  functions: [{ name: 'calendar.hold', args: { start: CALLERS.holdAlive.local } }],
});
await invite(about.invited.pending, 'Cleo Pending');
const { items: found } = await api('GET', `/events?type=voice.call.analyzed&subject=${about.calls.undispatched}`);
about.undispatched = found[0].id;
about.audit = await api('GET', '/audit/head');
kill('platform');
kill('sandbox');
about.killedAt = new Date().toISOString();
fs.writeFileSync(path.join(data, 'about.json'), `${JSON.stringify(about, null, 2)}\n`);
console.log(`Filled ${data}. PostgreSQL (pid ${dev.pids.postgres}) still runs: export.mjs reads it.`);
process.exit(0);

// --- processes -----------------------------------------------------------------------------------------------------
async function start(name, more) {
  const jar = fs.readdirSync(path.join(checkout, `apps/${name}/target`)).find((file) => /-(all|app)\.jar$/.test(file));
  const log = fs.openSync(path.join(data, `${name}.log`), 'a');
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const child = spawn(java, ['-Xmx512m', '-jar', path.join(checkout, `apps/${name}/target`, jar)], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...ENVIRONMENT, ...more },
  });
  child.unref();
  processes[name] = child;
  const probe = name === 'platform' ? `${PLATFORM}/actuator/health` : `${SANDBOX}/_sandbox/health`;
  await until(`the ${name} to answer`, async () => (await fetch(probe)).ok, 120);
  if (name === 'platform') {
    await until(
      'dev.json',
      async () => JSON.parse(fs.readFileSync(path.join(data, 'dev.json'), 'utf8')).pids.platform === child.pid,
    );
  }
}

function kill(name) {
  processes[name].kill('SIGKILL');
}

// --- the API -------------------------------------------------------------------------------------------------------
async function api(method, address, body, headers = {}) {
  const yaml = typeof body === 'string';
  const response = await fetch(`${PLATFORM}/api/v1${address}`, {
    method,
    headers: {
      authorization: `Bearer ${dev.token}`,
      'content-type': yaml ? 'application/yaml' : 'application/json',
      ...headers,
    },
    body: body === undefined ? undefined : yaml ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

async function storeFlow(name, tasks) {
  return (
    await api(
      'POST',
      '/flows',
      `document: { dsl: 1.0.3, namespace: upgrade, name: ${name}, version: 1.0.0 }\n${tasks}\n`,
    )
  ).id;
}

async function runFlow(name, flow, status) {
  const { phone: from, slot } = CALLERS[name];
  about.runs[name] = (
    await api('POST', `/flows/${flows[flow]}/run`, { clientId: CLIENT.id, input: { from, slot } })
  ).runId;
  if (status) await runIn(about.runs[name], status);
}

function runIn(id, status) {
  return until(`run ${id} to be ${status}`, async () => {
    const run = await api('GET', `/runs/${id}`);
    return run.status === status && run;
  });
}

async function runOfCall(callId, status) {
  const event = await until(
    `the event of ${callId}`,
    async () => (await api('GET', `/events?type=voice.call.analyzed&subject=${callId}`)).items[0],
  );
  const run = await until(`the run of ${callId}`, async () =>
    (await api('GET', `/runs?correlationId=${event.correlationid}`)).items.find((one) => one.eventId === event.id),
  );
  return runIn(run.id, status);
}

/** The calendar has been asked for the booking and has not answered. */
async function inFlight(name) {
  await until(
    `the booking of ${name} to be under way`,
    async () =>
      (await sandbox('GET', 'faults')).faults.length === 0 &&
      (await api('GET', `/runs/${about.runs[name]}`)).steps.some(
        (step) => step.name === 'booking' && step.status === 'running',
      ),
  );
}

async function issueToken(name, more) {
  return (await api('POST', '/iam/tokens', { name, permissions: ['*:*'], ...more })).token;
}

function invite(email, name) {
  return api('POST', '/users/invitations', { email, name, roles: [{ role: 'client-viewer', clientId: CLIENT.id }] });
}

async function placeCall(name, more) {
  const { phone, slot } = CALLERS[name];
  const answer = await sandbox('POST', 'calls', {
    from: phone,
    firstName: 'Ada',
    lastName: name,
    email: `${name}@upgrade.example`.toLowerCase(),
    agentId: CLIENT.agentId,
    to: CLIENT.phone,
    slot,
    wantsAppointment: false,
    ...more,
  });
  for (const one of answer.functions ?? []) {
    if (one.body?.outcome !== 'done') throw new Error(`${name}: ${JSON.stringify(one)}`);
  }
  return answer.callId;
}

async function bookings(name) {
  return (await sandbox('GET', 'state')).google.events.filter(
    (event) => event.status !== 'cancelled' && JSON.stringify(event).includes(about.runs[name]),
  ).length;
}
