// A platform of its own for a test or a benchmark: temporary folder, free ports, embedded database, all gone afterwards.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive, postgresPid, readDevFile, runningPid, until } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { ensurePlatform, ensureSandbox, isTaken, takeDown } from './stack.mjs';

/** Another process on the same database opens the same sealed things. */
const KEYS = ['dev-secret', 'highlevel-keys.json', 'kek.json'];

export class TemporaryStack {
  #say;
  #environment;

  /** @param environment of its platform, over what every platform here is given */
  constructor(settings, say, environment = {}) {
    this.settings = settings;
    this.#say = say;
    this.#environment = environment;
  }

  /** Nothing runs yet. Settings of the person's own platform do not count here, those of the JVM do. */
  static async prepare(say = () => {}) {
    const settings = readSettings({
      JAVA_HOME: process.env.JAVA_HOME,
      PATCHBAY_JAVA_OPTIONS: process.env.PATCHBAY_JAVA_OPTIONS,
      PATCHBAY_DATA_DIR: fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-')),
      PATCHBAY_PORT: String(await freePort()),
      PATCHBAY_SANDBOX_PORT: String(await freePort()),
      PATCHBAY_SANDBOX_MAIL_PORT: String(await freePort()),
    });
    return new this(settings, say, { PATCHBAY_DB_PORT: String(await freePort()) });
  }

  /** A platform beside this one, on its database and sandbox and with its keys, in a folder and on a port of its own. */
  async peer(environment = {}) {
    const { url, user, password } = this.dev.database;
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-peer-'));
    for (const name of KEYS) fs.copyFileSync(path.join(this.settings.data, name), path.join(data, name));
    const settings = readSettings({
      JAVA_HOME: process.env.JAVA_HOME,
      PATCHBAY_JAVA_OPTIONS: process.env.PATCHBAY_JAVA_OPTIONS,
      PATCHBAY_DATA_DIR: data,
      PATCHBAY_PORT: String(await freePort()),
      PATCHBAY_SANDBOX_PORT: String(this.settings.sandboxPort),
      PATCHBAY_SANDBOX_MAIL_PORT: String(this.settings.mailPort),
      PATCHBAY_DB_URL: url,
    });
    return new TemporaryStack(settings, this.#say, {
      PATCHBAY_DB_URL: url,
      PATCHBAY_DB_USER: user,
      PATCHBAY_DB_PASSWORD: password,
      // The world knows one address, whoever answers there.
      PATCHBAY_PUBLIC_URL: this.settings.platformUrl,
      ...environment,
    });
  }

  startSandbox() {
    return ensureSandbox(this.settings, this.#say, []);
  }

  /** Starts the platform, and its database where it does not run; returns when `dev` says where everything is. */
  async start(environment = {}) {
    const pid = await ensurePlatform(this.settings, this.#say, [], {
      PATCHBAY_ENVIRONMENT: 'dev',
      PATCHBAY_DB_URL: '',
      PATCHBAY_ROLES: 'ingress,worker,api',
      PATCHBAY_PUBLIC_URL: this.settings.platformUrl,
      ...this.#environment,
      ...environment,
    });
    // It is written when the demo is planted, which is after the port opens.
    this.dev = await until(() => [readDevFile(this.settings)].find((dev) => dev?.pids?.platform === pid), 60);
    if (!this.dev) throw new Error(`${this.settings.devFile} was not written`);
  }

  pid = () => runningPid('platform', this.settings);
  postgres = () => postgresPid(this.settings);

  /** As the kernel would when memory is short: no farewell. The database stays. */
  kill() {
    return this.#killed(this.pid(), this.settings.port);
  }

  killSandbox() {
    return this.#killed(runningPid('sandbox', this.settings), this.settings.sandboxPort);
  }

  async #killed(pid, port) {
    process.kill(pid, 'SIGKILL');
    // Its last thread closes the port, a moment after the process counts as dead.
    await until(async () => !isAlive(pid) && !(await isTaken(port)), 10, 5);
  }

  /** The database as after a power cut: no shutdown, then its recovery, under the same command and on the same port. */
  async restartDatabase() {
    const pid = this.postgres();
    const [command, ...words] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    const prefix = identityOf(pid);
    process.kill(pid, 'SIGQUIT');
    await until(() => !isAlive(pid), 30, 20);
    const log = fs.openSync(path.join(this.settings.data, 'postgres', 'server.log'), 'a');
    const [program, ...rest] = [...prefix, command, ...words];
    // It refuses while a last process of the one before still holds its memory.
    const back = await until(async () => {
      const child = spawn(program, rest, { cwd: path.join(this.settings.data, 'postgres'), detached: true, stdio: ['ignore', log, log], env: { ...process.env, LC_ALL: 'C' } });
      child.unref();
      return until(() => (child.exitCode === null ? this.postgres() === child.pid : 'refused'), 10, 20)
        .then((how) => how === true && child.exitCode === null);
    }, 30, 100);
    fs.closeSync(log);
    if (!back) throw new Error(`PostgreSQL did not come back; look at ${this.settings.data}/postgres/server.log`);
  }

  async stopPlatform() {
    await takeDown(this.settings, ['platform'], () => {});
  }

  async remove() {
    await takeDown(this.settings, ['platform', 'sandbox', 'postgres'], () => {});
    fs.rmSync(this.settings.data, { recursive: true, force: true });
  }
}

/** How a process was started that is not to be root: in a user namespace, as somebody else, or just as we are. */
function identityOf(pid) {
  if (fs.readlinkSync(`/proc/${pid}/ns/user`) !== fs.readlinkSync('/proc/self/ns/user')) return ['unshare', '--user'];
  const { uid } = fs.statSync(`/proc/${pid}`);
  return uid === process.getuid() ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
}

/**
 * Below the ports that the kernel gives to clients: whoever connects over and over to a server that is just down could
 * otherwise be given its very port, meet himself there, and keep the server from coming back.
 */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!(await isTaken(port))) return port;
  }
}
