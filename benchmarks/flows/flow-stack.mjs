// A platform with one active flow, and a sandbox that limits nothing and calls nobody back.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../tools/settings.mjs';
import { LoadStack } from '../harness/load-stack.mjs';
import { readFamilyTime, readMachineTime, readProcessTime } from '../harness/processor-time.mjs';

/** Neither the sandbox nor the connections limit anything: the platform is what is measured. */
const NO_LIMITS = { PATCHBAY_SANDBOX_RATE_LIMIT: '1000000' };

export class FlowStack extends LoadStack {
  start(environment = {}) {
    return super.start({ ...NO_LIMITS, ...environment });
  }

  /** Stores, promotes and assigns a flow to the first client, through the API as its author would. */
  async activateFlow(file) {
    const flow = await this.callApi(
      'POST',
      '/flows',
      fs.readFileSync(path.join(ROOT, file), 'utf8'),
      'application/yaml',
    );
    await this.callApi('POST', `/flows/${flow.id}/promote`);
    await this.callApi('PUT', `/flows/${flow.id}/clients/${this.dev.clients[0].id}`);
    this.flow = flow.id;
  }

  callApi(method, place, body, type = 'application/json') {
    const headers = { authorization: `Bearer ${this.dev.token}`, 'content-type': type };
    return requestJson(method, `${this.settings.platformUrl}/api/v1${place}`, body, headers);
  }

  callSandbox(method, place, body) {
    return requestJson(method, `${this.settings.sandboxUrl}/_sandbox${place}`, body && JSON.stringify(body), {});
  }

  readProviders() {
    return this.callSandbox('GET', '/state');
  }

  /** Empties the providers and keeps them from sending webhooks about what we do there. */
  async resetProviders() {
    await this.callSandbox('POST', '/reset');
    for (const provider of ['twilio', 'highlevel']) {
      const fault = { provider, operation: 'webhook', fault: 'drop', times: 1_000_000_000 };
      await this.callSandbox('POST', '/faults', fault);
    }
  }

  /** The runs of the calls with this prefix, times in milliseconds since 1970. */
  readRuns(prefix) {
    const millis = (column) => `extract(epoch FROM ${column}) * 1000`;
    const rows = this.query(`
      SELECT e.subject, r.status, r.phone, ${millis('e.received_at')}, ${millis('r.started_at')}, ${millis('r.ended_at')}
      FROM patchbay.event e JOIN patchbay.run r USING (tenant_id, event_id)
      WHERE e.tenant_id = '${this.dev.tenantId}' AND e.subject LIKE '${prefix}%' AND r.flow_id = '${this.flow}';`);
    return rows.map(([id, status, phone, received, started, ended]) => ({
      id,
      status,
      phone,
      received: Number(received),
      started: Number(started),
      ended: Number(ended),
    }));
  }

  /**
   * Processor time of everything that takes part, in microseconds. PostgreSQL's is without the session that watches runs.
   * @param watcher pid of that session
   */
  readProcessorTime(watcher) {
    return {
      at: Date.now(),
      jvm: readProcessTime(this.platformPid()),
      postgres: readFamilyTime(this.postgresPid()) - readProcessTime(watcher),
      own: this.readLoadTime() + readProcessTime(this.#sandboxPid()) + readProcessTime(watcher),
      machine: readMachineTime(),
    };
  }

  /** Transactions, bytes of write-ahead log and bytes of the database since the start. */
  readWrites() {
    const [[transactions, wal, bytes]] = this.query(`
      SELECT xact_commit, pg_current_wal_lsn() - '0/0', pg_database_size(datname)
      FROM pg_stat_database WHERE datname = current_database();`);
    return { transactions: Number(transactions), wal: Number(wal), bytes: Number(bytes) };
  }

  #sandboxPid = () => Number(fs.readFileSync(path.join(this.settings.data, 'sandbox.pid'), 'utf8'));
}

async function requestJson(method, url, body, headers) {
  const response = await fetch(url, { method, body, headers, signal: AbortSignal.timeout(60_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return text ? JSON.parse(text) : null;
}
