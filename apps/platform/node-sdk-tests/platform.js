// Starts platform and sandbox as a user does, and posts webhooks as a vendor does.
import assert from 'node:assert/strict';
import { TemporaryStack } from '../../../tools/temporary-stack.mjs';

export class Platform {
  static async start() {
    const stack = await TemporaryStack.create();
    try {
      await stack.startSandbox();
      await stack.start();
    } catch (failure) {
      await stack.remove();
      throw failure;
    }
    return new Platform(stack);
  }

  constructor(stack) {
    this.stack = stack;
  }

  /** The connection of a vendor in dev.json: `{ingressUrl, secret}`. */
  connection(vendor) {
    const found = this.stack.dev.connections[vendor];
    assert.ok(found?.ingressUrl && found?.secret, `dev.json names address and secret of ${vendor}`);
    return found;
  }

  get clients() {
    return this.stack.dev.clients;
  }

  stop() {
    return this.stack.remove();
  }

  async post(url, body, headers) {
    const answer = await fetch(url, { method: 'POST', body, headers });
    const type = answer.headers.get('content-type') ?? '';
    const text = await answer.text();
    return {
      status: answer.status,
      type,
      text,
      correlationId: answer.headers.get('x-correlation-id'),
      json: type.includes('json') ? JSON.parse(text) : undefined,
    };
  }

  async get(path) {
    const answer = await fetch(`${this.stack.settings.platformUrl}${path}`, {
      headers: { authorization: `Bearer ${this.stack.dev.token}` },
    });
    assert.equal(answer.status, 200, `GET ${path}: ${answer.status}`);
    return answer.json();
  }

  /** Finds the event of one delivery: all events of a call share its correlation id, and an answer may name the event. */
  async findEvent({ correlationId, eventId, json }) {
    const { items } = await this.get(`/api/v1/events?correlationId=${correlationId}`);
    const id = eventId ?? json?.eventId;
    const found = items.filter((event) => id === undefined || event.id === id);
    assert.equal(found.length, 1, `one event of ${correlationId}`);
    return found[0];
  }
}

/** The webhook was accepted and stored: the answer names the event, and the API returns it. */
export async function assertAccepted(platform, answer) {
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.json.status, 'accepted');
  const event = await platform.findEvent(answer.json);
  assert.equal(event.id, answer.json.eventId);
  return event;
}

export function assertDuplicate(first, again) {
  assert.equal(again.status, 200, again.text);
  assert.deepEqual(again.json, { ...first.json, status: 'duplicate' });
}

export function assertRefused(answer, code) {
  assert.equal(answer.json?.code, code, `${answer.status} ${answer.text}`);
  assert.equal(answer.status, Number(code.slice(0, 3)));
  assert.match(answer.type, /^application\/problem\+json/);
}

export const seconds = (count) => count * 1000;
export const flip = (text) => text.replace(/[0-9a-f](?=[^0-9a-f]*$)/, (digit) => (digit === '0' ? '1' : '0'));
