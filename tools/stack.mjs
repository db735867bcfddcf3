import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { isAlive, launch, logOf, logTail, postgresPid, runningPid, stop, until } from './processes.mjs';

const HEALTHY_WITHIN_SECONDS = 120;

/** Starts what is not running and waits until it answers. Returns the names of what it started. */
export async function bringUp(settings, say) {
  fs.mkdirSync(settings.data, { recursive: true });
  fs.rmSync(stopNote(settings), { force: true });
  const databaseRan = Boolean(postgresPid(settings));
  const started = [];
  const sandbox = await ensureSandbox(settings, say, started);
  await ensurePlatform(settings, say, started, { PATCHBAY_SANDBOX_PID: String(sandbox) });
  if (!databaseRan && postgresPid(settings)) started.push('postgres');
  return started;
}

/** Starts the sandbox where it is not running; returns its pid. */
export function ensureSandbox(settings, say, started) {
  return ensure('sandbox', settings, say, started, {
    port: settings.sandboxPort,
    variable: 'PATCHBAY_SANDBOX_PORT',
    more: [[settings.mailPort, 'PATCHBAY_SANDBOX_MAIL_PORT']],
    probe: `${settings.sandboxUrl}/_sandbox/state`,
    environment: {
      PATCHBAY_SANDBOX_PORT: String(settings.sandboxPort),
      PATCHBAY_SANDBOX_MAIL_PORT: String(settings.mailPort),
      PATCHBAY_DATA_DIR: settings.data,
    },
  });
}

/** Starts the platform where it is not running, and its database with it; returns its pid. */
export function ensurePlatform(settings, say, started, environment = {}) {
  return ensure('platform', settings, say, started, {
    port: settings.port,
    variable: 'PATCHBAY_PORT',
    probe: `${settings.platformUrl}/actuator/health`,
    environment: {
      PATCHBAY_PORT: String(settings.port),
      PATCHBAY_ENVIRONMENT: process.env.PATCHBAY_ENVIRONMENT || 'dev',
      PATCHBAY_SANDBOX_URL: settings.sandboxUrl,
      PATCHBAY_SANDBOX_MAIL_PORT: String(settings.mailPort),
      PATCHBAY_DATA_DIR: settings.data,
      ...environment,
    },
  });
}

/** The platform first, while its database still answers; the database last, with a fast shutdown. */
export async function takeDown(settings, names, say) {
  fs.writeFileSync(stopNote(settings), '');
  for (const name of ['platform', 'sandbox'].filter((candidate) => names.includes(candidate))) {
    const pid = runningPid(name, settings);
    if (pid) {
      await stop(pid);
      say(`stopped the ${name}`);
    }
  }
  const postgres = names.includes('postgres') && settings.ownDatabase ? postgresPid(settings) : null;
  if (postgres) {
    const gone = await stop(postgres, { signal: 'SIGINT', seconds: 60, insist: false });
    say(gone ? 'stopped PostgreSQL' : `PostgreSQL (pid ${postgres}) is still shutting down; look at ${settings.data}/postgres/server.log`);
  }
}

/** Left by whoever stops the platform on purpose, so that others who watch it do not report a death. */
export const stoppedOnPurpose = (settings) => fs.existsSync(stopNote(settings));

const stopNote = (settings) => path.join(settings.data, 'stopped');

async function ensure(name, settings, say, started, { port, variable, more = [], probe, environment }) {
  let pid = runningPid(name, settings);
  if (pid) {
    say(`the ${name} is running (pid ${pid})`);
  } else {
    for (const [needed, named] of [[port, variable], ...more]) await refuseForeignPort(name, needed, named);
    if (!fs.existsSync(settings.jars[name])) throw new Error(`${settings.jars[name]} has not been built.`);
    pid = launch(name, settings.java, [...settings.javaOptions, '-jar', settings.jars[name]], environment, settings);
    started.push(name);
    say(`starting the ${name} (pid ${pid}, log ${logOf(name, settings)})`);
  }
  const healthy = await until(async () => !isAlive(pid) || (await answers(probe)), HEALTHY_WITHIN_SECONDS);
  if (!isAlive(pid) || !healthy) {
    const why = isAlive(pid) ? `did not become healthy within ${HEALTHY_WITHIN_SECONDS} s` : 'ended while starting';
    throw new Error(`The ${name} ${why}. The end of ${logOf(name, settings)}:\n\n${logTail(name, settings)}`);
  }
  return pid;
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function refuseForeignPort(name, port, variable) {
  if (await isTaken(port)) {
    throw new Error(`Port ${port}, which the ${name} needs, is taken by another program. Stop that program, or choose`
      + ` another port: ${variable}=${port + 1} ./dev up`);
  }
}

export function isTaken(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.on('connect', () => resolve(socket.destroy() && true));
    socket.on('error', () => resolve(false));
  });
}
