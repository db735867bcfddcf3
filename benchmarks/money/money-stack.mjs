// Starts the platform and calls its API as the agency does, with short leases so that another process soon continues a
// killed collection.
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LoadStack } from '../harness/load-stack.mjs';

const TIMINGS = {
  PATCHBAY_USAGE_LEASE: '2s',
  PATCHBAY_USAGE_POLLINTERVAL: '1s',
  PATCHBAY_USAGE_RETRYDELAY: '1s',
  PATCHBAY_USAGE_INTERVAL: '24h',
};
const MAX_AWAY_MILLISECONDS = 300_000;
export const CONNECTION = 'con_retell';

export class MoneyStack extends LoadStack {
  startPlatform() {
    return this.start(TIMINGS);
  }

  async sandbox(method, path, body) {
    const response = await fetch(`${this.settings.sandboxUrl}/_sandbox/retell/${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`sandbox ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** Calls the API with the demo agency's token. */
  async api(method, path, body, type = 'application/json') {
    const response = await fetch(`${this.settings.platformUrl}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.dev.token}`, 'content-type': type },
      body: typeof body === 'object' ? JSON.stringify(body) : body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return text === '' ? {} : JSON.parse(text);
  }

  /**
   * Repeats {@link api} while the platform or its database is unavailable; on a busy machine a start takes a minute.
   */
  async persist(method, path, body) {
    const until = Date.now() + MAX_AWAY_MILLISECONDS;
    for (;;) {
      try {
        return await this.api(method, path, body);
      } catch (error) {
        if (Date.now() > until) throw error;
        await pause(200);
      }
    }
  }

  /**
   * Returns a digest of each client's current usage, by call and product, which must not depend on any failure
   * meanwhile.
   */
  digests() {
    const rows = this.query(`
      SELECT client_id, string_agg(subject || ' ' || product || ' ' || leg || ' ' || quantity || ' ' || cost, E'\\n'
        ORDER BY subject, product, leg)
      FROM (SELECT client_id, subject, product, leg, trim_scale(sum(quantity)) AS quantity, trim_scale(sum(cost)) AS cost
            FROM patchbay.usage_record GROUP BY 1, 2, 3, 4
            HAVING sum(CASE WHEN reverses_seq IS NULL THEN 1 ELSE -1 END) <> 0) net
      GROUP BY 1 ORDER BY 1;`);
    return Object.fromEntries(
      rows.map(([client, text]) => [client, createHash('sha256').update(text).digest('hex').slice(0, 16)]),
    );
  }

  /** Returns the streams whose record numbers are not 1, 2, 3 … up to the sequence, each once. */
  gaps() {
    return this.query(`
      SELECT s.client_id, s.seq, count(DISTINCT r.seq) FROM patchbay.usage_stream s
      LEFT JOIN patchbay.usage_record r ON r.tenant_id = s.tenant_id AND r.client_id = s.client_id
      GROUP BY 1, 2 HAVING count(DISTINCT r.seq) <> s.seq OR coalesce(max(r.seq), 0) <> s.seq;`);
  }
}
