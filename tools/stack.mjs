import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {
  findPid,
  findPostgresPid,
  isAlive,
  launch,
  logFile,
  readLogTail,
  stopProcess,
  waitUntil,
} from './processes.mjs';

const HEALTHY_WITHIN_SECONDS = 120;

/** Starts what is not running and waits until it is healthy. Returns the names of what it started. */
export async function startStack(settings, log) {
  fs.mkdirSync(settings.data, { recursive: true });
  fs.rmSync(stopMarker(settings), { force: true });
  const databaseRan = Boolean(findPostgresPid(settings));
  const started = [];
  const sandbox = await ensureSandbox(settings, log, started);
  await ensurePlatform(settings, log, started, { PATCHBAY_SANDBOX_PID: String(sandbox) });
  if (!databaseRan && findPostgresPid(settings)) started.push('postgres');
  return started;
}

/** Starts the sandbox unless it is running; returns its pid. */
export function ensureSandbox(settings, log, started) {
  return ensureRunning('sandbox', settings, log, started, {
    ports: { PATCHBAY_SANDBOX_PORT: settings.sandboxPort, PATCHBAY_SANDBOX_MAIL_PORT: settings.mailPort },
    healthUrl: `${settings.sandboxUrl}/_sandbox/state`,
    environment: {
      PATCHBAY_SANDBOX_PORT: String(settings.sandboxPort),
      PATCHBAY_SANDBOX_MAIL_PORT: String(settings.mailPort),
      PATCHBAY_DATA_DIR: settings.data,
    },
  });
}

/** Starts the platform, and with it its database, unless it is running; returns its pid. */
export function ensurePlatform(settings, log, started, environment = {}) {
  return ensureRunning('platform', settings, log, started, {
    ports: { PATCHBAY_PORT: settings.port },
    healthUrl: `${settings.platformUrl}/actuator/health`,
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

/** Stops the platform first, while its database still answers, and the database last, with a fast shutdown. */
export async function stopStack(settings, names, log) {
  fs.writeFileSync(stopMarker(settings), '');
  for (const name of ['platform', 'sandbox'].filter((candidate) => names.includes(candidate))) {
    const pid = findPid(name, settings);
    if (pid) {
      await stopProcess(pid);
      log(`stopped the ${name}`);
    }
  }
  const postgres = names.includes('postgres') && settings.ownDatabase ? findPostgresPid(settings) : null;
  if (postgres) {
    const stopped = await stopProcess(postgres, { signal: 'SIGINT', seconds: 60, force: false });
    const serverLog = `${settings.data}/postgres/server.log`;
    log(stopped ? 'stopped PostgreSQL' : `PostgreSQL (pid ${postgres}) is still shutting down; see ${serverLog}`);
  }
}

/** Watches the platform until it ends. Returns when somebody stopped it on purpose; throws when it died. */
export async function watchPlatform(settings, isStopping = () => false) {
  const pid = findPid('platform', settings);
  await waitUntil(() => isStopping() || !isAlive(pid), Number.MAX_SAFE_INTEGER, 500);
  if (isStopping() || fs.existsSync(stopMarker(settings))) return;
  throw new Error(
    `The platform (pid ${pid}) has died. The end of ${logFile('platform', settings)}:\n\n` +
      `${readLogTail('platform', settings)}\n\n` +
      'Database and sandbox keep running; "./dev up" restarts the platform, "./dev reset" deletes everything.',
  );
}

export function isPortTaken(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Written by every deliberate stop, so that a watching `./dev up` does not report a crash. */
const stopMarker = (settings) => path.join(settings.data, 'stopped');

async function ensureRunning(name, settings, log, started, { ports, healthUrl, environment }) {
  let pid = findPid(name, settings);
  if (pid) {
    log(`the ${name} is running (pid ${pid})`);
  } else {
    for (const [variable, port] of Object.entries(ports)) await requireFreePort(name, port, variable);
    if (!fs.existsSync(settings.jars[name])) throw new Error(`${settings.jars[name]} has not been built.`);
    pid = launch(name, settings.java, [...settings.javaOptions, '-jar', settings.jars[name]], environment, settings);
    started.push(name);
    log(`starting the ${name} (pid ${pid}, log ${logFile(name, settings)})`);
  }
  await waitUntilHealthy(name, pid, healthUrl, settings);
  return pid;
}

async function waitUntilHealthy(name, pid, url, settings) {
  const healthy = await waitUntil(async () => !isAlive(pid) || (await isHealthy(url)), HEALTHY_WITHIN_SECONDS);
  if (isAlive(pid) && healthy) return;
  const why = isAlive(pid) ? `did not become healthy within ${HEALTHY_WITHIN_SECONDS} s` : 'ended while starting';
  throw new Error(`The ${name} ${why}. The end of ${logFile(name, settings)}:\n\n${readLogTail(name, settings)}`);
}

async function isHealthy(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function requireFreePort(name, port, variable) {
  if (await isPortTaken(port)) {
    throw new Error(
      `Port ${port}, which the ${name} needs, is taken by another program. Stop that program, or choose` +
        ` another port: ${variable}=${port + 1} ./dev up`,
    );
  }
}
