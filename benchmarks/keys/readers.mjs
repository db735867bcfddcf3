// Requests that open and seal what rests, one after the other on each of a few connections, at either platform.
import { setTimeout as pause } from 'node:timers/promises';

const AT_ONCE = 4;
/** Beneath what one token may ask in a minute, on all connections together. */
const PAUSE_MS = 120;

export class Readers {
  /** By kind of request, how often each status came; 0 is no answer. */
  statuses = {};
  examples = [];

  static async of(stage) {
    const account = await stage.api('POST', '/connections', JSON.stringify({ provider: 'openrouter', name: 'Changed under load', baseUrl: `${stage.settings.sandboxUrl}/openrouter`, secrets: { api_key: 'first' } }));
    const event = (await stage.api('GET', '/events?limit=1')).items[0].id;
    return new Readers(stage, [
      ['open a webhook address', 'GET', '/connections/con_retell/webhook-address'],
      ['open a raw body', 'GET', `/events/${event}/raw`],
      ['test an account', 'POST', '/connections/con_twilio/test'],
      ['seal a secret', 'PUT', `/connections/${account.id}/secrets`, () => JSON.stringify({ api_key: `key_${Math.random()}` })],
    ]);
  }

  constructor(stage, kinds) {
    Object.assign(this, { stage, kinds });
  }

  async run(goes) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => this.#loop(goes, index)));
  }

  async #loop(goes, index) {
    for (let turn = index; goes(); turn += 1) {
      await this.#ask(this.kinds[turn % this.kinds.length], turn);
      await pause(PAUSE_MS);
    }
  }

  async #ask([name, method, place, body], turn) {
    const targets = this.stage.targets();
    const url = new URL(`/api/v1${place}`, targets[turn % targets.length]);
    let status = 0;
    try {
      const response = await fetch(url, { method, body: body?.(), headers: { authorization: `Bearer ${this.stage.dev.token}`, 'content-type': 'application/json' }, signal: AbortSignal.timeout(30_000) });
      const text = await response.text();
      status = response.status;
      if (!response.ok) this.examples.push(`${name}: ${status} ${text.slice(0, 200)}`);
    } catch (error) {
      this.examples.push(`${name}: ${error.message}`);
    }
    const counts = (this.statuses[name] ??= {});
    counts[status] = (counts[status] ?? 0) + 1;
  }

  #count(wanted) {
    return Object.values(this.statuses).flatMap((counts) => Object.entries(counts)).filter(([status]) => wanted(Number(status))).reduce((sum, [, count]) => sum + count, 0);
  }

  total = () => this.#count(() => true);
  failed = () => this.#count((status) => status < 200 || status > 299);
}
