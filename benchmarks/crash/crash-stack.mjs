// One or two platforms that can be broken in every way a machine breaks them, and repaired.
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { FlowStack } from '../flows/flow-stack.mjs';
import { listPids } from '../harness/processor-time.mjs';

/**
 * Short, so that a round takes seconds. As in production, window and settle time together are longer than the longest
 * freeze, and a slow answer takes longer than the request waits for it.
 */
export const TIMINGS = {
  // No limits: the faults are what has to be survived.
  PATCHBAY_SANDBOX_RATE_LIMIT: '1000000',
  PATCHBAY_NODE_LEASE: '4s',
  PATCHBAY_NODE_ACTWINDOW: '5s',
  PATCHBAY_NODE_SETTLE: '8s',
  PATCHBAY_NODE_SMSSETTLE: '8s',
  PATCHBAY_NODE_RETRYDELAY: '2s',
  PATCHBAY_HTTP_ATTEMPTTIMEOUT: '4s',
};
export const LEASE_SECONDS = 4;

const ORIGIN = /^https?:\/\/[^/]+/;

export class CrashStack extends FlowStack {
  #second;

  async startAll() {
    await this.startSandbox();
    await this.start(TIMINGS);
  }

  /** The webhook addresses of the platforms that are meant to run: those a load balancer would know. */
  listTargets = () => {
    const { ingressUrl } = this.dev.connections.retell;
    return this.#platforms().map((one) => ingressUrl.replace(ORIGIN, one.settings.platformUrl));
  };

  /** The data folder of each running platform. */
  listDataFolders = () => this.#platforms().map((one) => one.settings.data);

  /** Starts the second platform, or stops it as a deployment would. */
  async setPlatformCount(count) {
    if (count === 2 && !this.#second) {
      this.#second = await this.createPeer(TIMINGS);
      await this.#second.start();
    } else if (count === 1 && this.#second) {
      const second = this.#second;
      this.#second = undefined;
      await second.remove();
    }
  }

  async armProviderFaults(faults) {
    for (const fault of faults) await this.callSandbox('POST', '/faults', fault);
  }

  /** Breaks something, and returns a description when everything runs again. */
  async inject({ fault, target, seconds }) {
    const platform = target === 'second' ? this.#second : this;
    const faults = {
      kill: () => this.#killPlatform(platform, target, seconds),
      freeze: () => this.#freezePlatform(platform, target, seconds),
      terminate: () => this.#terminateSessions(),
      backend: () => this.#killSession(),
      postgres: () => this.#crashPostgres(),
      sandbox: () => this.#stopProviders(seconds),
    };
    if (!faults[fault]) throw new Error(`There is no fault "${fault}".`);
    return faults[fault]();
  }

  /** Restarts the sandbox, which keeps its data and forgets armed faults. */
  clearFaults() {
    return this.#stopProviders(0);
  }

  async remove() {
    await this.setPlatformCount(1);
    await super.remove();
  }

  async #killPlatform(platform, target, seconds) {
    await platform.kill();
    await pause(seconds * 1000);
    await platform.start(TIMINGS);
    return `${target} platform killed, dead for ${seconds} s and its start`;
  }

  async #freezePlatform(platform, target, seconds) {
    const pid = platform.platformPid();
    process.kill(pid, 'SIGSTOP');
    await pause(seconds * 1000);
    process.kill(pid, 'SIGCONT');
    return `${target} platform frozen for ${seconds} s`;
  }

  /** Sends what pg_terminate_backend sends. */
  #terminateSessions() {
    const sessions = this.#listSessions();
    for (const pid of sessions) sendSignal(pid, 'SIGTERM');
    return `${sessions.length} sessions of PostgreSQL terminated`;
  }

  #killSession() {
    const [pid] = this.#listSessions();
    if (pid) sendSignal(pid, 'SIGKILL');
    return 'a session of PostgreSQL killed: the server ends all others and recovers';
  }

  async #crashPostgres() {
    await this.crashDatabase();
    return 'PostgreSQL stopped in immediate mode and started';
  }

  async #stopProviders(seconds) {
    await this.killSandbox();
    await pause(seconds * 1000);
    await this.startSandbox();
    return `the providers down for ${seconds} s`;
  }

  #platforms = () => [this, this.#second].filter((one) => one?.dev);

  /** The pids of the server processes that serve our logins. */
  #listSessions() {
    const postmaster = this.postgresPid();
    const isSession = (pid) => {
      try {
        const parent = Number(/^PPid:\s+([0-9]+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return parent === postmaster && command.startsWith('postgres: patchbay_');
      } catch {
        return false; // it ended while we looked
      }
    };
    return listPids().map(Number).filter(isSession);
  }
}

function sendSignal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
