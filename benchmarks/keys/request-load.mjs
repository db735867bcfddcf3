// Requests that open and seal stored secrets, one after the other on each of a few connections, at either platform.
import { setTimeout as pause } from 'node:timers/promises';

const CONNECTIONS = 4;
/** Keeps all connections together below the rate limit of one token. */
const PAUSE_MS = 120;

export class RequestLoad {
  /** By kind of request, how often each status was answered; 0 is no answer. */
  statuses = {};
  examples = [];

  static async create(stack) {
    const account = await stack.callApi(
      'POST',
      '/connections',
      JSON.stringify({
        provider: 'openrouter',
        name: 'Changed under load',
        baseUrl: `${stack.settings.sandboxUrl}/openrouter`,
        secrets: { api_key: 'first' },
      }),
    );
    const { items } = await stack.callApi('GET', '/events?limit=1');
    return new RequestLoad(stack, [
      { name: 'open a webhook address', method: 'GET', place: '/connections/con_retell/webhook-address' },
      { name: 'open a raw body', method: 'GET', place: `/events/${items[0].id}/raw` },
      { name: 'test an account', method: 'POST', place: '/connections/con_twilio/test' },
      {
        name: 'seal a secret',
        method: 'PUT',
        place: `/connections/${account.id}/secrets`,
        makeBody: () => JSON.stringify({ api_key: `key_${Math.random()}` }),
      },
    ]);
  }

  constructor(stack, kinds) {
    Object.assign(this, { stack, kinds });
  }

  async run(isRunning) {
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => this.#loop(isRunning, index)));
  }

  countAll = () => this.#count(() => true);
  countFailures = () => this.#count((status) => status < 200 || status > 299);

  async #loop(isRunning, index) {
    for (let turn = index; isRunning(); turn += 1) {
      await this.#send(this.kinds[turn % this.kinds.length], turn);
      await pause(PAUSE_MS);
    }
  }

  async #send({ name, method, place, makeBody }, turn) {
    const targets = this.stack.listTargets();
    const url = new URL(`/api/v1${place}`, targets[turn % targets.length]);
    const headers = { authorization: `Bearer ${this.stack.dev.token}`, 'content-type': 'application/json' };
    let status = 0;
    try {
      const signal = AbortSignal.timeout(30_000);
      const response = await fetch(url, { method, body: makeBody?.(), headers, signal });
      const text = await response.text();
      status = response.status;
      if (!response.ok) this.examples.push(`${name}: ${status} ${text.slice(0, 200)}`);
    } catch (error) {
      this.examples.push(`${name}: ${error.message}`);
    }
    const counts = (this.statuses[name] ??= {});
    counts[status] = (counts[status] ?? 0) + 1;
  }

  #count(matches) {
    const counts = Object.values(this.statuses).flatMap((one) => Object.entries(one));
    return counts.filter(([status]) => matches(Number(status))).reduce((sum, [, count]) => sum + count, 0);
  }
}
