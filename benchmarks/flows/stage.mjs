// The platform with a flow at work and a sandbox that keeps out of the way of the figures.
import fs from 'node:fs';
import path from 'node:path';
import { ofFamily, ofMachine, ofProcess } from '../ingest/cpu.mjs';
import { Stage } from '../ingest/stage.mjs';
import { ROOT } from '../../tools/settings.mjs';

/** Neither the sandbox nor the connections limit anything: what is measured is the platform. */
const NO_LIMITS = { PATCHBAY_SANDBOX_RATE_LIMIT: '1000000' };

export class FlowStage extends Stage {
  start(environment = {}) {
    return super.start({ ...NO_LIMITS, ...environment });
  }

  /** Puts a flow to work for the first client, through the API as its author would. */
  async employ(file) {
    const flow = await this.api('POST', '/flows', fs.readFileSync(path.join(ROOT, file), 'utf8'), 'application/yaml');
    await this.api('POST', `/flows/${flow.id}/promote`);
    await this.api('PUT', `/flows/${flow.id}/clients/${this.dev.clients[0].id}`);
    this.flow = flow.id;
    return flow.id;
  }

  async api(method, place, body, type = 'application/json') {
    return this.#ask(method, `${this.settings.platformUrl}/api/v1${place}`, body, { authorization: `Bearer ${this.dev.token}`, 'content-type': type });
  }

  async sandbox(method, place, body) {
    return this.#ask(method, `${this.settings.sandboxUrl}/_sandbox${place}`, body && JSON.stringify(body), {});
  }

  async #ask(method, url, body, headers) {
    const response = await fetch(url, { method, body, headers, signal: AbortSignal.timeout(60_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
    return text ? JSON.parse(text) : null;
  }

  /** Empty books, and providers that tell us nothing of what we did there. */
  async emptyBooks() {
    await this.sandbox('POST', '/reset');
    for (const provider of ['twilio', 'highlevel']) await this.sandbox('POST', '/faults', { provider, operation: 'webhook', fault: 'drop', times: 1_000_000_000 });
  }

  /** The runs of the ids with this prefix, times in milliseconds of 1970. */
  runs(prefix) {
    const millis = (column) => `extract(epoch FROM ${column}) * 1000`;
    return this.sql(`SELECT e.subject, r.status, r.phone, ${millis('e.received_at')}, ${millis('r.started_at')}, ${millis('r.ended_at')}
      FROM patchbay.event e JOIN patchbay.run r USING (tenant_id, event_id)
      WHERE e.tenant_id = '${this.dev.tenantId}' AND e.subject LIKE '${prefix}%' AND r.flow_id = '${this.flow}';`)
      .map(([id, status, phone, received, started, ended]) => ({ id, status, phone, received: Number(received), started: Number(started), ended: Number(ended) }));
  }

  sandboxPid = () => Number(fs.readFileSync(path.join(this.settings.data, 'sandbox.pid'), 'utf8'));

  /** Processor time so far, in microseconds, of everybody who takes part; PostgreSQL's without what our own questions cost it. */
  processors(follower) {
    return {
      at: Date.now(), jvm: ofProcess(this.pid()), postgres: ofFamily(this.postgres()) - ofProcess(follower),
      own: this.loadMicros() + ofProcess(this.sandboxPid()) + ofProcess(follower), machine: ofMachine(),
    };
  }

  /** Transactions, bytes of log and bytes of the database so far. */
  written() {
    const [[transactions, wal, bytes]] = this.sql(`SELECT xact_commit, pg_current_wal_lsn() - '0/0', pg_database_size(datname)
      FROM pg_stat_database WHERE datname = current_database();`);
    return { transactions: Number(transactions), wal: Number(wal), bytes: Number(bytes) };
  }
}
