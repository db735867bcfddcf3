// A platform of its own for a test or a benchmark: temporary folder, free ports, embedded database, all gone afterwards.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive, postgresPid, readDevFile, runningPid, until } from './processes.mjs';
import { readSettings } from './settings.mjs';
import { ensurePlatform, ensureSandbox, isTaken, takeDown } from './stack.mjs';

export class TemporaryStack {
  #say;

  constructor(settings, say) {
    this.settings = settings;
    this.#say = say;
  }

  /** Nothing runs yet. Settings of the person's own platform do not count here, those of the JVM do. */
  static async prepare(say = () => {}) {
    const settings = readSettings({
      JAVA_HOME: process.env.JAVA_HOME,
      PATCHBAY_JAVA_OPTIONS: process.env.PATCHBAY_JAVA_OPTIONS,
      PATCHBAY_DATA_DIR: fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-')),
      PATCHBAY_PORT: String(await freePort()),
      PATCHBAY_SANDBOX_PORT: String(await freePort()),
    });
    return new this(settings, say);
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
      ...environment,
    });
    // It is written when the demo is planted, which is after the port opens.
    this.dev = await until(() => [readDevFile(this.settings)].find((dev) => dev?.pids?.platform === pid), 60);
    if (!this.dev) throw new Error(`${this.settings.devFile} was not written`);
  }

  pid = () => runningPid('platform', this.settings);
  postgres = () => postgresPid(this.settings);

  /** As the kernel would when memory is short: no farewell. The database stays. */
  async kill() {
    const pid = this.pid();
    process.kill(pid, 'SIGKILL');
    // Its last thread closes the port, a moment after the process counts as dead.
    await until(async () => !isAlive(pid) && !(await isTaken(this.settings.port)), 10, 5);
  }

  async stopPlatform() {
    await takeDown(this.settings, ['platform'], () => {});
  }

  async remove() {
    await takeDown(this.settings, ['platform', 'sandbox', 'postgres'], () => {});
    fs.rmSync(this.settings.data, { recursive: true, force: true });
  }
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
