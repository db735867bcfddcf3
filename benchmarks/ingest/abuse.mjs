// Hostile clients while genuine webhooks come at a steady rate: how many of these are accepted, and how fast?
import { setTimeout as pause } from 'node:timers/promises';
import { readPeakMemory, readProcessTime } from '../harness/processor-time.mjs';
import { startHostileClients } from './hostile-clients.mjs';
import { verifyLoad } from './stored-rows.mjs';
import { readAnswers } from './verify.mjs';

/** Connections by kind (hostile-clients.mjs). */
const CROWD = {
  slowBody: 150,
  halfBody: 100,
  slowHeaders: 100,
  wrongLength: 4,
  twoLengths: 4,
  chunkedForgery: 4,
  endlessChunks: 4,
  gzip: 4,
  headerFlood: 4,
};

export async function measureAbuse(stack, plan, log) {
  await stack.start({ PATCHBAY_ROLES: 'ingress,api' });
  const phases = new AbusePhases(stack, plan, log);
  await phases.warmUp();
  await phases.run('quiet');
  await phases.run('forged, known and unknown keys', () => phases.forge());
  await phases.run('slow, half, wrong and flooding', () => phases.crowd());
  await phases.run('all at once', async () =>
    Object.assign({}, ...(await Promise.all([phases.forge(), phases.crowd()]))),
  );
  await phases.run('quiet again');
  return { phases: phases.figures, rejections: await readRejections(stack), accounted: phases.summarise() };
}

class AbusePhases {
  figures = {};
  #verifications = [];
  #count = 0;

  constructor(stack, plan, log) {
    Object.assign(this, { stack, plan, log });
  }

  async warmUp() {
    const seconds = this.plan.warmUp;
    this.log(`warming up for ${seconds} s`);
    const { answers } = await this.stack.runLoad({ prefix: 'w0x', connections: 32, 'lead-in': 0, seconds });
    this.#verifications.push(verifyLoad(this.stack, 'w0x', answers));
  }

  /** Sends genuine webhooks for one phase, and beside them what `attack` does. */
  async run(name, attack = async () => ({})) {
    const { stack, plan } = this;
    const prefix = `a${(this.#count += 1)}x`;
    const load = { connections: 64, 'lead-in': 0, seconds: plan.seconds, rate: plan.genuinePerSecond, retries: 3 };
    const [startedAt, before] = [Date.now(), readProcessTime(stack.platformPid())];
    const [figures, strangers] = await Promise.all([stack.runLoad({ prefix, ...load }), attack()]);
    const ids = [...readAnswers(figures.answers).values()];
    this.#verifications.push(verifyLoad(stack, prefix, figures.answers));
    const cpuMillis = (readProcessTime(stack.platformPid()) - before) / 1000;
    const accepted = ids.filter((id) => id.events.size > 0).length;
    const { statuses, p50, p99, max } = figures;
    const peakMemoryMiB = Math.round(readPeakMemory(stack.platformPid()) / 2 ** 20);
    this.figures[name] = {
      genuine: { perSecond: plan.genuinePerSecond, sent: ids.length, accepted, statuses, p50, p99, max },
      strangers,
      jvmCores: cpuMillis / (Date.now() - startedAt),
      peakMemoryMiB,
    };
    this.log(
      `${name}: genuine ${accepted} of ${ids.length} accepted, p99 ${p99.toFixed(0)} ms; peak memory ${peakMemoryMiB} MiB`,
    );
  }

  /** Well-formed webhooks signed with another secret, to a known and to an unknown address. */
  async forge() {
    const { seconds, forgedPerSecond } = this.plan;
    const { ingressUrl } = this.stack.dev.connections.retell;
    const unknown = ingressUrl.replace(/[^/]+$/, (key) => '0'.repeat(key.length));
    const figures = await this.stack.runLoad({
      prefix: `f${this.#count}x`,
      connections: 64,
      'lead-in': 0,
      seconds,
      rate: forgedPerSecond,
      most: forgedPerSecond * seconds,
      targets: `${ingressUrl},${unknown}`,
      secret: 'key_of_a_stranger',
    });
    const perSecond = Math.round(figures.answeredPerSecond);
    return { forgery: { ...figures.statuses, perSecond, wantedPerSecond: forgedPerSecond } };
  }

  async crowd() {
    const clients = startHostileClients(this.stack.dev.connections.retell.ingressUrl, CROWD);
    await pause(this.plan.seconds * 1000);
    return clients.stop();
  }

  summarise() {
    return {
      unaccounted: this.#verifications.reduce((sum, one) => sum + one.unaccounted, 0),
      examples: this.#verifications.flatMap((one) => one.examples),
    };
  }
}

async function readRejections(stack) {
  const response = await fetch(`${stack.settings.platformUrl}/actuator/prometheus`);
  const lines = (await response.text()).split('\n');
  return lines.filter((line) => /^ingress_(requests|reject)/.test(line));
}
