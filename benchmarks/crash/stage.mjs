// What can be struck, and how it is put right again.
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { FlowStage } from '../flows/stage.mjs';

/**
 * Short, so that a round takes seconds. As in production the window and the settle time together are longer than the
 * longest freeze, and a slow answer is slower than nothing that is waited for.
 */
export const TIMINGS = {
  // Nothing is limited: it is the blows that are to be survived.
  PATCHBAY_SANDBOX_RATE_LIMIT: '1000000',
  PATCHBAY_NODE_LEASE: '4s', PATCHBAY_NODE_ACTWINDOW: '5s', PATCHBAY_NODE_SETTLE: '8s', PATCHBAY_NODE_SMSSETTLE: '8s', PATCHBAY_NODE_RETRYDELAY: '2s', PATCHBAY_HTTP_ATTEMPTTIMEOUT: '4s',
};
export const LEASE_SECONDS = 4;

const PATH_OF_WEBHOOKS = /^https?:\/\/[^/]+/;

export class CrashStage extends FlowStage {
  #second;

  async begin() {
    await this.startSandbox();
    await this.start(TIMINGS);
  }

  /** Where a balancer would send a webhook: to the platforms that are meant to run. */
  targets = () => [this, this.#second].filter((one) => one?.dev).map((one) => this.dev.connections.retell.ingressUrl.replace(PATH_OF_WEBHOOKS, one.settings.platformUrl));

  /** Where each platform that runs keeps its own files. */
  homes = () => [this, this.#second].filter((one) => one?.dev).map((one) => one.settings.data);

  /** One platform or two. The second goes as a deploy would have it go. */
  async platforms(two) {
    if (two && !this.#second) {
      this.#second = await this.peer(TIMINGS);
      await this.#second.start();
    } else if (!two && this.#second) {
      const leaving = this.#second;
      this.#second = undefined;
      await leaving.remove();
    }
  }

  async arm(faults) {
    for (const fault of faults) await this.sandbox('POST', '/faults', fault);
  }

  /** Strikes, and returns when everything runs again; says what it did. */
  async strike({ blow, target, seconds }) {
    const struck = target === 'second' ? this.#second : this;
    switch (blow) {
      case 'kill': {
        await struck.kill();
        await pause(seconds * 1000);
        await struck.start(TIMINGS);
        return `${target} platform killed, dead for ${seconds} s and its start`;
      }
      case 'freeze': {
        const pid = struck.pid();
        process.kill(pid, 'SIGSTOP');
        await pause(seconds * 1000);
        process.kill(pid, 'SIGCONT');
        return `${target} platform frozen for ${seconds} s`;
      }
      case 'terminate': {
        const sessions = this.#sessions();
        // What pg_terminate_backend sends.
        for (const pid of sessions) signal(pid, 'SIGTERM');
        return `${sessions.length} sessions of PostgreSQL terminated`;
      }
      case 'backend': {
        const [pid] = this.#sessions();
        if (pid) signal(pid, 'SIGKILL');
        return 'a session of PostgreSQL killed: it ends all others and recovers';
      }
      case 'postgres':
        await this.restartDatabase();
        return 'PostgreSQL stopped in immediate mode and started';
      case 'sandbox':
        await this.killSandbox();
        await pause(seconds * 1000);
        await this.startSandbox();
        return `the providers gone for ${seconds} s`;
      default:
        throw new Error(`I cannot strike ${blow}`);
    }
  }

  /** Nothing is broken any more. Faults are a script's wish: a new sandbox knows of none. */
  async heal() {
    await this.strike({ blow: 'sandbox', seconds: 0 });
  }

  /** The server's processes that serve our logins. */
  #sessions() {
    const postmaster = this.postgres();
    return fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).map(Number).filter((pid) => {
      try {
        const parent = Number(/^PPid:\s+([0-9]+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
        return parent === postmaster && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: patchbay_');
      } catch {
        return false; // it ended while we looked
      }
    });
  }

  async remove() {
    await this.platforms(false);
    await super.remove();
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
