// The platform under load: a temporary stack, a load generator in a process of its own, and queries of the database.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../tools/settings.mjs';
import { TemporaryStack } from '../../tools/temporary-stack.mjs';
import { readProcessTime } from './processor-time.mjs';

const JAR = path.join(ROOT, 'benchmarks/ingest/target/ingest-benchmark-0.1.0-all.jar');
const SMALL_JVM = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', JAR];
const MAX_TRUNCATE_TRIES = 5;
const LOAD_JVM = ['-Xmx256m', '-XX:+UseSerialGC', '-jar', JAR];

export class LoadStack extends TemporaryStack {
  #loads = new Set();

  static async create(log) {
    if (!fs.existsSync(JAR)) throw new Error(`${JAR} has not been built; ./dev bench ingest builds it.`);
    return super.create(log);
  }

  async remove() {
    for (const load of this.#loads) load.kill();
    await super.remove();
  }

  /** Returns the rows of a script, each a list of texts. The tenant is set first, for row-level security. */
  query(script) {
    const { url, user, password } = this.dev.database;
    const lines = execFileSync(this.settings.java, [...SMALL_JVM, 'sql', '--url', url, '--user', user], {
      input: `SELECT set_config('patchbay.tenant', '${this.dev.tenantId}', false);\n${script}`,
      env: { ...process.env, PATCHBAY_BENCH_DB_PASSWORD: password },
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    const rows = lines.trimEnd().split('\n').slice(1);
    return rows.map((line) => JSON.parse(line));
  }

  /** Empties the tables. Work of the platform that reads them in another order may end a try as a deadlock. */
  truncate(tables) {
    for (let tries = 1; ; tries += 1) {
      try {
        this.query(`TRUNCATE ${tables.map((table) => `patchbay.${table}`).join(', ')};`);
        return;
      } catch (error) {
        if (tries === MAX_TRUNCATE_TRIES || !String(error.stderr).includes('deadlock detected')) throw error;
      }
    }
  }

  /** Processor time of the running load generators, in microseconds. */
  readLoadTime() {
    const running = [...this.#loads].filter(({ exitCode }) => exitCode === null);
    return running.reduce((sum, { pid }) => sum + readProcessTime(pid), 0);
  }

  /** Ends the load with this prefix early; requests that were sent are still awaited. */
  stopLoad(prefix) {
    fs.writeFileSync(path.join(this.settings.data, `${prefix}.answers.stop`), '');
  }

  /** Reads one counter or gauge from /actuator/prometheus by a pattern with one group; NaN when it is missing. */
  async readMetric(pattern) {
    const response = await fetch(`${this.settings.platformUrl}/actuator/prometheus`);
    return Number(pattern.exec(await response.text())?.[1] ?? Number.NaN);
  }

  /** Sends webhooks from a process of its own. Calls back with `open` and `closed` around the measured time. */
  runLoad({ secret = this.dev.connections.retell.secret, ...options }, onMark = () => {}) {
    const answers = path.join(this.settings.data, `${options.prefix}.answers`);
    const targets = this.dev.connections.retell.ingressUrl;
    const flags = { targets, agent: this.dev.clients[0].agentId, answers, ...options };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(this.settings.java, [...LOAD_JVM, 'load', ...args], {
      env: {
        ...process.env,
        PATCHBAY_BENCH_SECRET: secret,
        PATCHBAY_BENCH_DB_PASSWORD: this.dev.database.password,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#loads.add(child);
    return new Promise((resolve, reject) => {
      let figures;
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{')) figures = JSON.parse(line);
        else onMark(line);
      });
      child.on('error', reject);
      child.on('close', (code) => {
        this.#loads.delete(child);
        if (code === 0 && figures) resolve({ ...figures, answers });
        else reject(new Error(`the load generator ended with ${code}`));
      });
    });
  }
}
