// A stack of its own for a test or a benchmark: temporary folder, free ports, embedded database; remove() deletes it all.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPid, findPostgresPid, isAlive, readDevFile, waitUntil } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { ensurePlatform, ensureSandbox, isPortTaken, stopStack } from './stack.mjs';

/** A second platform on the same database needs the same keys to open what the first one sealed. */
const KEY_FILES = ['dev-secret', 'highlevel-keys.json', 'kek.json'];

/** Each process draws from a block of its own, so that no other one takes a port between its choice and its use. */
const FIRST_PORT = 20_000;
const PORT_BLOCKS = 300;
const PORTS_A_BLOCK = 40;
let nextPort = 0;

export class TemporaryStack {
  #log;
  #environment;

  /** @param environment of the platform, over the defaults of {@link start} */
  constructor(settings, log, environment = {}) {
    this.settings = settings;
    this.#log = log;
    this.#environment = environment;
  }

  /** Chooses folder and ports; starts nothing. Settings of the user's own platform are ignored, those of the JVM are kept. */
  static async create(log = () => {}) {
    const settings = readSettings({
      JAVA_HOME: process.env.JAVA_HOME,
      PATCHBAY_JAVA_OPTIONS: process.env.PATCHBAY_JAVA_OPTIONS,
      PATCHBAY_DATA_DIR: fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-')),
      PATCHBAY_PORT: String(await findFreePort()),
      PATCHBAY_SANDBOX_PORT: String(await findFreePort()),
      PATCHBAY_SANDBOX_MAIL_PORT: String(await findFreePort()),
    });
    return new this(settings, log, { PATCHBAY_DB_PORT: String(await findFreePort()) });
  }

  /** Prepares a second platform on this database and sandbox, with the same keys and a folder and port of its own. */
  async createPeer(environment = {}) {
    const { url, user, password } = this.dev.database;
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-peer-'));
    for (const name of KEY_FILES) fs.copyFileSync(path.join(this.settings.data, name), path.join(data, name));
    const settings = readSettings({
      JAVA_HOME: process.env.JAVA_HOME,
      PATCHBAY_JAVA_OPTIONS: process.env.PATCHBAY_JAVA_OPTIONS,
      PATCHBAY_DATA_DIR: data,
      PATCHBAY_PORT: String(await findFreePort()),
      PATCHBAY_SANDBOX_PORT: String(this.settings.sandboxPort),
      PATCHBAY_SANDBOX_MAIL_PORT: String(this.settings.mailPort),
      PATCHBAY_DB_URL: url,
    });
    return new TemporaryStack({ ...settings, jars: this.settings.jars }, this.#log, {
      PATCHBAY_DB_URL: url,
      PATCHBAY_DB_USER: user,
      PATCHBAY_DB_PASSWORD: password,
      // Vendors call one address, whichever platform answers there.
      PATCHBAY_PUBLIC_URL: this.settings.platformUrl,
      ...environment,
    });
  }

  startSandbox() {
    return ensureSandbox(this.settings, this.#log, []);
  }

  /** Starts the platform, and its database unless it is running; returns when `dev` holds the addresses. */
  async start(environment = {}) {
    const pid = await ensurePlatform(this.settings, this.#log, [], {
      PATCHBAY_ENVIRONMENT: 'dev',
      PATCHBAY_DB_URL: '',
      PATCHBAY_ROLES: 'ingress,worker,api',
      PATCHBAY_PUBLIC_URL: this.settings.platformUrl,
      ...this.#environment,
      ...environment,
    });
    // The platform writes dev.json after the demo data, which is after its port opens.
    this.dev = await waitUntil(() => {
      const dev = readDevFile(this.settings);
      return dev?.pids?.platform === pid && dev;
    }, 60);
    if (!this.dev) throw new Error(`${this.settings.devFile} was not written`);
  }

  platformPid = () => findPid('platform', this.settings);
  postgresPid = () => findPostgresPid(this.settings);

  /** Kills the platform without warning, as the kernel does when memory is short. The database keeps running. */
  kill() {
    return killAndWait(this.platformPid(), this.settings.port);
  }

  killSandbox() {
    return killAndWait(findPid('sandbox', this.settings), this.settings.sandboxPort);
  }

  /** Stops the database as a power cut would, without a shutdown, and starts it with the same command, so that it recovers. */
  async crashDatabase() {
    const pid = this.postgresPid();
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    const [program, ...args] = [...userCommandOf(pid), ...command];
    process.kill(pid, 'SIGQUIT');
    await waitUntil(() => !isAlive(pid), 30, 20);
    // The server refuses to start while a last process of its predecessor still holds shared memory.
    const recovered = await waitUntil(() => this.#startDatabase(program, args), 30, 100);
    if (!recovered) throw new Error(`PostgreSQL did not recover; see ${this.settings.data}/postgres/server.log`);
  }

  async stopPlatform() {
    await stopStack(this.settings, ['platform'], () => {});
  }

  async remove() {
    await stopStack(this.settings, ['platform', 'sandbox', 'postgres'], () => {});
    fs.rmSync(this.settings.data, { recursive: true, force: true });
  }

  async #startDatabase(program, args) {
    const folder = path.join(this.settings.data, 'postgres');
    const log = fs.openSync(path.join(folder, 'server.log'), 'a');
    const child = spawn(program, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, LC_ALL: 'C' },
    });
    child.unref();
    fs.closeSync(log);
    await waitUntil(() => child.exitCode !== null || this.postgresPid() === child.pid, 10, 20);
    return child.exitCode === null && this.postgresPid() === child.pid;
  }
}

async function killAndWait(pid, port) {
  process.kill(pid, 'SIGKILL');
  // The kernel closes the port a moment after it reports the process as dead.
  await waitUntil(async () => !isAlive(pid) && !(await isPortTaken(port)), 10, 5);
}

/** The command that starts a program as the user of this process: PostgreSQL refuses root. */
function userCommandOf(pid) {
  if (fs.readlinkSync(`/proc/${pid}/ns/user`) !== fs.readlinkSync('/proc/self/ns/user')) return ['unshare', '--user'];
  const { uid } = fs.statSync(`/proc/${pid}`);
  return uid === process.getuid() ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
}

/**
 * Finds a free port below the range from which the kernel gives ports to clients. A client that reconnects to a server
 * that is down could otherwise be given the server's own port, connect to itself, and keep the server from starting.
 */
export async function findFreePort() {
  for (;;) {
    const port = FIRST_PORT + (process.pid % PORT_BLOCKS) * PORTS_A_BLOCK + (nextPort++ % PORTS_A_BLOCK);
    if (!(await isPortTaken(port))) return port;
  }
}
