// Models the agency that works beside the attacker: it reads the API at a fixed pace and measures each latency from the
// planned moment.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from '../harness/statistics.mjs';

const INTERVAL_MS = 20;
const PATHS = ['/api/v1/clients', '/api/v1/me', '/api/v1/runs?limit=10', '/actuator/health'];

export class Neighbour {
  /** Adds a tenant with a token, as the platform would. */
  static create(stack) {
    const token = `pbt_${randomBytes(32).toString('base64url')}`;
    const hash = createHash('sha256').update(token).digest('hex');
    stack.query(`
      SET ROLE patchbay_app;
      SELECT set_config('patchbay.tenant', 'tnt_neighbour', false);
      INSERT INTO patchbay.tenant (tenant_id, name) VALUES ('tnt_neighbour', 'Neighbour');
      INSERT INTO patchbay.service_token (tenant_id, token_id, name, hash, permissions)
        VALUES ('tnt_neighbour', 'tok_neighbour', 'bench', decode('${hash}', 'hex'), '{*:*}');`);
    return new Neighbour(stack.settings.platformUrl, token);
  }

  constructor(platformUrl, token) {
    Object.assign(this, { platformUrl, token });
  }

  /** Measures latencies in milliseconds, and how many requests were not answered with 200. */
  async measure(seconds) {
    const begin = performance.now();
    const requests = Array.from({ length: Math.floor((seconds * 1_000) / INTERVAL_MS) }, async (_, index) => {
      const intended = begin + index * INTERVAL_MS;
      await pause(intended - performance.now());
      const isAnswered = await this.#read(PATHS[index % PATHS.length]);
      return { latency: performance.now() - intended, isAnswered };
    });
    const answers = await Promise.all(requests);
    return {
      ...percentiles(answers.map(({ latency }) => latency)),
      failed: answers.filter(({ isAnswered }) => !isAnswered).length,
    };
  }

  async #read(place) {
    try {
      const response = await fetch(new URL(place, this.platformUrl), {
        headers: { authorization: `Bearer ${this.token}` },
        signal: AbortSignal.timeout(60_000),
      });
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  }
}
