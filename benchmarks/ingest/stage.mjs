// A platform of its own for a benchmark or a proof: temporary folder, free ports, embedded database, all gone afterwards.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { postgresPid, readDevFile, runningPid, until } from '../../tools/processes.mjs';
import { ROOT, readSettings } from '../../tools/settings.mjs';
import { ensurePlatform, takeDown } from '../../tools/stack.mjs';

export const JAR = path.join(ROOT, 'benchmarks/ingest/target/ingest-benchmark-0.1.0-all.jar');
const GENERATOR_OPTIONS = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=4'];

export class Stage {
  #say;

  constructor(settings, say) {
    this.settings = settings;
    this.#say = say;
  }

  /** Nothing runs yet. */
  static async prepare(say) {
    if (!fs.existsSync(JAR)) throw new Error(`${JAR} has not been built; ./dev bench ingest builds it.`);
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-bench-'));
    const [port, sandboxPort] = [await freePort(), await freePort()];
    return new Stage(
      readSettings({
        JAVA_HOME: process.env.JAVA_HOME,
        PATCHBAY_JAVA_OPTIONS: process.env.PATCHBAY_JAVA_OPTIONS,
        PATCHBAY_DATA_DIR: data,
        PATCHBAY_PORT: String(port),
        PATCHBAY_SANDBOX_PORT: String(sandboxPort),
      }),
      say,
    );
  }

  /** Starts the platform with these roles and reads where everything is. */
  async start(roles = 'ingress,api') {
    await ensurePlatform(this.settings, this.#say, [], { PATCHBAY_ENVIRONMENT: 'dev', PATCHBAY_ROLES: roles, PATCHBAY_DB_URL: '' });
    // Written when the demo is planted, which is after the port opens.
    this.dev = await until(() => {
      const dev = readDevFile(this.settings);
      return dev?.pids?.platform === this.pid() && dev;
    }, 30);
    if (!this.dev) throw new Error(`${this.settings.devFile} was not written`);
  }

  pid = () => runningPid('platform', this.settings);
  postgres = () => postgresPid(this.settings);

  /** As if the power had failed for this process; the database stays. */
  async kill() {
    const pid = this.pid();
    process.kill(pid, 'SIGKILL');
    await until(() => !fs.existsSync(`/proc/${pid}`) || !this.pid(), 10, 5);
  }

  async stopPlatform() {
    await takeDown(this.settings, ['platform'], () => {});
  }

  async remove() {
    await takeDown(this.settings, ['platform', 'postgres'], () => {});
    fs.rmSync(this.settings.data, { recursive: true, force: true });
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

  /** Sends webhooks from a process of their own. Calls back with `open` and `closed` around what is measured. */
  load(options, onMark = () => {}) {
    const answers = path.join(this.settings.data, `${options.prefix}.answers`);
    const words = { targets: this.dev.connections.retell.ingressUrl, agent: this.dev.clients[0].agentId, answers, ...options };
    const child = spawn(
      this.settings.java,
      [...GENERATOR_OPTIONS, '-jar', JAR, 'load', ...Object.entries(words).flatMap(([name, value]) => [`--${name}`, String(value)])],
      { env: { ...process.env, PATCHBAY_BENCH_SECRET: this.dev.connections.retell.secret }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const done = new Promise((resolve, reject) => {
      let figures;
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{')) figures = JSON.parse(line);
        else onMark(line);
      });
      child.on('error', reject);
      child.on('close', (code) => (code === 0 && figures ? resolve({ ...figures, answers }) : reject(new Error(`the load ended with ${code}`))));
    });
    return done;
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
