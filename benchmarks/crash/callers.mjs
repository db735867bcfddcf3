// Callers who all want an appointment of their own: their webhooks come by the clock, signed, and again when nobody took them.
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../../tools/settings.mjs';

const TEMPLATE = path.join(ROOT, 'benchmarks/ingest/src/main/resources/dev/patchbay/benchmark/ingest/call.json');
/** Retell gives up on an answer after ten seconds. It tries less often than we do: more is left to verify here. */
const PATIENCE_MS = 10_000;
const MOST_ATTEMPTS = 9;
const LONGEST_DELAY_MS = 10_000;
const MOST_ON_THEIR_WAY = 64;
const HALF_AN_HOUR_MS = 1_800_000;
const FIRST_SLOT = Date.UTC(2031, 0, 6);

/** A caller is told by number: phone, slot, name and call are nobody else's. */
export function caller(clients, number) {
  return {
    id: `call_crash${String(number).padStart(8, '0')}`, phone: `+1312${6_000_000 + number}`, name: `N${String(number).padStart(8, '0')}`,
    client: clients[number % clients.length], slot: new Date(FIRST_SLOT + Math.floor(number / clients.length) * HALF_AN_HOUR_MS).toISOString(),
  };
}

export class Callers {
  #template = JSON.parse(fs.readFileSync(TEMPLATE, 'utf8'));
  #onTheirWay = new Set();
  #quota = 0;
  #failure;
  sent = 0;
  /** How often each status came; 0 is no answer. */
  statuses = {};
  /** By call id, as the verifier of ingress reads them. */
  told = new Map();

  /**
   * @param clients of dev.json, in turn
   * @param targets says where the platforms listen that a balancer would choose from just now
   * @param again of a hundred, how many are told again although they were taken
   */
  constructor({ clients, secret, targets, perSecond, again = 3 }) {
    Object.assign(this, { clients, secret, targets, perSecond, again });
  }

  /** Lets so many set out altogether, and returns when `until` of them have. */
  async letGo(quota, until) {
    this.#quota = Math.max(this.#quota, quota);
    while (this.sent < until) {
      if (this.#failure) throw this.#failure;
      await pause(50);
    }
  }

  /** Sends by the clock until all are through; returns when every one was taken or given up. */
  async run(all) {
    const every = 1000 / this.perSecond;
    let next = Date.now();
    while (this.sent < all) {
      await pause(Math.max(1, next - Date.now()));
      if (this.sent >= this.#quota || this.#onTheirWay.size >= MOST_ON_THEIR_WAY) {
        next = Date.now() + 5;
        continue;
      }
      const one = this.#tell(this.sent).catch((error) => { this.#failure = error; }).finally(() => this.#onTheirWay.delete(one));
      this.#onTheirWay.add(one);
      this.sent += 1;
      next = Math.max(next + every, Date.now() - 1000);
    }
    await Promise.all(this.#onTheirWay);
    if (this.#failure) throw this.#failure;
  }

  async #tell(number) {
    const call = caller(this.clients, number);
    const answers = { accepted: 0, duplicates: 0, refused: 0, unclear: 0, events: new Set() };
    this.told.set(call.id, answers);
    const body = JSON.stringify(this.#webhook(call));
    const twice = number % 100 < this.again;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await this.#post(body, answers, number + attempt);
      if (answers.events.size > 0 || answers.refused > 0) {
        if (twice) await this.#post(body, answers, number + 1);
        return;
      }
      await pause(Math.min(LONGEST_DELAY_MS, 500 * 2 ** attempt));
    }
  }

  async #post(body, answers, turn) {
    const targets = this.targets();
    const now = Date.now();
    const digest = createHmac('sha256', this.secret).update(`${body}${now}`).digest('hex');
    try {
      const response = await fetch(targets[turn % targets.length], {
        method: 'POST', body, headers: { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` }, signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      this.#count(response.status);
      if (response.status === 202) answers.accepted += 1;
      else if (response.status === 200) answers.duplicates += 1;
      else if (response.status >= 400 && response.status < 500 && response.status !== 429) answers.refused += 1;
      else answers.unclear += 1;
      if (response.status === 202 || response.status === 200) answers.events.add(JSON.parse(text).eventId);
    } catch {
      this.#count(0);
      answers.unclear += 1; // no answer: it may be stored or not
    }
  }

  #count(status) {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }

  #webhook({ id, phone, name, client, slot }) {
    const { call } = structuredClone(this.#template);
    Object.assign(call, { call_id: id, from_number: phone, to_number: client.phone, agent_id: client.agentId, transcript: 'User: I would like to book a cleaning.' });
    call.call_analysis.custom_analysis_data = { first_name: name, last_name: 'Caller', wants_appointment: true, slot };
    return { event: 'call_analyzed', call };
  }
}
