// The platform under load: a temporary stack, a generator in a process of its own, and a look into the database.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ofProcess } from './cpu.mjs';
import { ROOT } from '../../tools/settings.mjs';
import { TemporaryStack } from '../../tools/temporary.mjs';

const JAR = path.join(ROOT, 'benchmarks/ingest/target/ingest-benchmark-0.1.0-all.jar');

export class Stage extends TemporaryStack {
  #loads = new Set();

  static async prepare(say) {
    if (!fs.existsSync(JAR)) throw new Error(`${JAR} has not been built; ./dev bench ingest builds it.`);
    return super.prepare(say);
  }

  async remove() {
    for (const load of this.#loads) load.kill();
    await super.remove();
  }

  /** Rows of a script, each an array of texts. Rows of tenants are seen by naming the tenant, as everybody has to. */
  sql(script) {
    const { url, user, password } = this.dev.database;
    const lines = execFileSync(this.settings.java, ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', JAR, 'sql', '--url', url, '--user', user], {
      input: `SELECT set_config('patchbay.tenant', '${this.dev.tenantId}', false);\n${script}`,
      env: { ...process.env, PATCHBAY_BENCH_DB_PASSWORD: password },
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    return lines.trimEnd().split('\n').slice(1).map((line) => JSON.parse(line));
  }

  /** Processor time of the generators that run. */
  loadMicros() {
    return [...this.#loads].reduce((sum, { pid, exitCode }) => sum + (exitCode === null ? ofProcess(pid) : 0), 0);
  }

  /** Ends the load of this prefix before its time; what is on its way is still waited for. */
  stopLoad(prefix) {
    fs.writeFileSync(path.join(this.settings.data, `${prefix}.answers.stop`), '');
  }

  /** Sends webhooks from a process of their own. Calls back with `open` and `closed` around what is measured. */
  load({ secret = this.dev.connections.retell.secret, ...options }, onMark = () => {}) {
    const answers = path.join(this.settings.data, `${options.prefix}.answers`);
    const words = { targets: this.dev.connections.retell.ingressUrl, agent: this.dev.clients[0].agentId, answers, ...options };
    const child = spawn(
      this.settings.java,
      ['-Xmx256m', '-XX:+UseSerialGC', '-jar', JAR, 'load', ...Object.entries(words).flatMap(([name, value]) => [`--${name}`, String(value)])],
      { env: { ...process.env, PATCHBAY_BENCH_SECRET: secret, PATCHBAY_BENCH_DB_PASSWORD: this.dev.database.password }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#loads.add(child);
    return new Promise((resolve, reject) => {
      let figures;
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{')) figures = JSON.parse(line);
        else onMark(line);
      });
      child.on('error', reject);
      child.on('close', (code) => this.#loads.delete(child) && (code === 0 && figures ? resolve({ ...figures, answers }) : reject(new Error(`the load ended with ${code}`))));
    });
  }
}
