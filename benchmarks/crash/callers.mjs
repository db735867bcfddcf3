// Callers who each book an appointment of their own: signed webhooks by the clock, sent again when they are not accepted.
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../../tools/settings.mjs';
import { formatLocalTime } from '../../tools/slot.mjs';
import { countAnswer, createAnswers } from '../ingest/verify.mjs';

const TEMPLATE = path.join(ROOT, 'benchmarks/ingest/src/main/resources/dev/patchbay/benchmark/ingest/call.json');
/** Retell's own timeout. It tries less often than this: more webhooks arrive to be verified. */
const TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 9;
const MAX_DELAY_MS = 10_000;
const MAX_IN_FLIGHT = 64;
const DAY_MS = 86_400_000;
/** A Monday. Clients are open from nine to five on weekdays. */
const FIRST_DAY = Date.UTC(2031, 0, 6);
const HALF_HOURS_A_DAY = 16;

/** The caller with this number. Phone, slot, name and call belong to no other caller. */
export function makeCaller(clients, number) {
  const client = clients[number % clients.length];
  const digits = String(number).padStart(8, '0');
  return {
    id: `call_crash${digits}`,
    phone: `+1312${6_000_000 + number}`,
    name: `N${digits}`,
    client,
    slot: chooseHalfHour(Math.floor(number / clients.length), client.zone ?? 'UTC'),
  };
}

function chooseHalfHour(number, zone) {
  const businessDay = Math.floor(number / HALF_HOURS_A_DAY);
  const day = Math.floor(businessDay / 5) * 7 + (businessDay % 5);
  const halfHour = number % HALF_HOURS_A_DAY;
  return formatLocalTime(new Date(FIRST_DAY + day * DAY_MS), 9 + Math.floor(halfHour / 2), (halfHour % 2) * 30, zone);
}

export class Callers {
  #template = JSON.parse(fs.readFileSync(TEMPLATE, 'utf8'));
  #inFlight = new Set();
  #quota = 0;
  #failure;
  sent = 0;
  /** How often each status was answered; 0 is no answer. */
  statuses = {};
  /** Answers by call id (ingest/verify.mjs). */
  answers = new Map();

  /**
   * @param clients of dev.json, in turn
   * @param listTargets returns the addresses between which a load balancer would choose now
   * @param duplicatePercent how many accepted webhooks are sent once more
   */
  constructor({ clients, secret, listTargets, perSecond, duplicatePercent = 3 }) {
    Object.assign(this, { clients, secret, listTargets, perSecond, duplicatePercent });
  }

  /** Raises the number of callers that may call in total, and returns when `awaited` of them have. */
  async release(quota, awaited = quota) {
    this.#quota = Math.max(this.#quota, quota);
    while (this.sent < awaited) {
      if (this.#failure) throw this.#failure;
      await pause(50);
    }
  }

  /** Sends the webhooks of so many callers by the clock; returns when each is accepted, refused or given up. */
  async sendAll(total) {
    const intervalMs = 1000 / this.perSecond;
    let next = Date.now();
    while (this.sent < total) {
      await pause(Math.max(1, next - Date.now()));
      if (this.sent >= this.#quota || this.#inFlight.size >= MAX_IN_FLIGHT) {
        next = Date.now() + 5;
        continue;
      }
      this.#startCall(this.sent);
      this.sent += 1;
      // After a pause of the processors the lost time is made up for one second at most.
      next = Math.max(next + intervalMs, Date.now() - 1000);
    }
    await Promise.all(this.#inFlight);
    if (this.#failure) throw this.#failure;
  }

  #startCall(number) {
    const call = this.#sendCall(number)
      .catch((error) => {
        this.#failure = error;
      })
      .finally(() => this.#inFlight.delete(call));
    this.#inFlight.add(call);
  }

  async #sendCall(number) {
    const caller = makeCaller(this.clients, number);
    const answers = createAnswers();
    this.answers.set(caller.id, answers);
    const body = JSON.stringify(this.#composeWebhook(caller));
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      await this.#post(body, answers, number + attempt);
      if (answers.events.size > 0 || answers.refused > 0) {
        if (number % 100 < this.duplicatePercent) await this.#post(body, answers, number + 1);
        return;
      }
      await pause(Math.min(MAX_DELAY_MS, 500 * 2 ** attempt));
    }
  }

  async #post(body, answers, turn) {
    const targets = this.listTargets();
    const now = Date.now();
    const digest = createHmac('sha256', this.secret).update(`${body}${now}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let status = 0;
    let eventId;
    try {
      const response = await fetch(targets[turn % targets.length], { method: 'POST', body, headers, signal });
      const text = await response.text();
      status = response.status;
      if (status === 200 || status === 202) ({ eventId } = JSON.parse(text));
    } catch {
      status = 0; // no answer, or half of one: the webhook may be stored or not
    }
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    countAnswer(answers, status, eventId);
  }

  #composeWebhook({ id, phone, name, client, slot }) {
    const { call } = structuredClone(this.#template);
    Object.assign(call, {
      call_id: id,
      from_number: phone,
      to_number: client.phone,
      agent_id: client.agentId,
      transcript: 'User: I would like to book a cleaning.',
    });
    const answers = { first_name: name, last_name: 'Caller', wants_appointment: true, slot };
    call.call_analysis.custom_analysis_data = answers;
    return { event: 'call_analyzed', call };
  }
}
