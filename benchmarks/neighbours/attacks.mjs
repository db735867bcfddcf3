// Defines the attacks of one agency. Each attack runs until it is told to stop, and returns how many requests it sent.
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const BIG_CLIENTS = 100;
const SETTINGS_CHARACTERS = 31_000;
const SLOW_BODIES = 200;

const LOOP = `document: {dsl: 1.0.3, namespace: bench, name: spin, version: 1.0.0}
do:
  - first: {set: {n: "\${ [range(20000)] | map(. * 2) | add }"}}
  - second: {set: {n: "\${ [range(20000)] | map(. * 3) | add }"}, then: first}
`;

const HEAVY_FILE = `document: {dsl: 1.0.3, namespace: bench, name: heavy, version: 1.0.0}
do:
${Array.from({ length: 300 }, (_, at) => `  - t${at}: {set: {n: "\${ [range(20000)] | map(. * 2) | add }"}}`).join('\n')}
`;

export const ATTACKS = [
  { title: 'flows that loop', run: (attacker, isRunning) => repeat(3, isRunning, () => attacker.startLoop()) },
  { title: 'files to check', run: (attacker, isRunning) => repeat(8, isRunning, () => attacker.checkFile()) },
  {
    title: 'lists of large settings',
    run: (attacker, isRunning) => repeat(8, isRunning, () => attacker.listClients()),
  },
  { title: 'slow bodies with a key', run: (attacker, isRunning) => attacker.holdBodies(isRunning) },
  { title: 'silent servers', run: (attacker, isRunning) => repeat(150, isRunning, () => attacker.testSilentServer()) },
  { title: 'denied requests', run: (attacker, isRunning) => repeat(8, isRunning, () => attacker.askForNothing()) },
];

/** Sends requests one after the other on each of a number of lanes. */
async function repeat(lanes, isRunning, send) {
  let sent = 0;
  const lane = async () => {
    while (isRunning()) {
      await send();
      sent += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return sent;
}

/**
 * Stores the data that the attacks need: large clients, a flow that loops, a connection to a server that never answers.
 */
export async function prepareAttacks(stack) {
  // The platform resets connections that it gives up.
  const silent = net.createServer((socket) => socket.on('error', () => {}));
  await new Promise((listening) => silent.listen(0, '127.0.0.1', listening));
  silent.unref();
  const attacker = new Attacker(stack, `http://127.0.0.1:${silent.address().port}`);
  await attacker.prepare();
  return attacker;
}

class Attacker {
  constructor(stack, silentUrl) {
    Object.assign(this, { stack, silentUrl });
  }

  async #send(method, place, body, type = 'application/json') {
    try {
      const response = await fetch(new URL(`/api/v1${place}`, this.stack.settings.platformUrl), {
        method,
        body,
        headers: { authorization: `Bearer ${this.stack.dev.token}`, 'content-type': type },
        signal: AbortSignal.timeout(30_000),
      });
      const text = await response.text();
      return text.startsWith('{') ? JSON.parse(text) : {};
    } catch {
      await pause(50);
      return {};
    }
  }

  async prepare() {
    const settings = { text: 'x'.repeat(SETTINGS_CHARACTERS) };
    for (let at = 0; at < BIG_CLIENTS; at += 1) {
      await this.#send('POST', '/clients', JSON.stringify({ name: `Large ${at}`, timeZone: 'UTC', settings }));
    }
    const flow = await this.#send('POST', '/flows', LOOP, 'application/yaml');
    this.flow = flow.id;
    await this.#send('POST', `/flows/${this.flow}/promote`, '{}');
    const account = await this.#send(
      'POST',
      '/connections',
      JSON.stringify({
        provider: 'openrouter',
        name: 'Silent',
        baseUrl: this.silentUrl,
        secrets: { api_key: 'none' },
      }),
    );
    this.connection = account.id;
  }

  startLoop() {
    const input = JSON.stringify({ clientId: this.stack.dev.clients[0].id, input: {} });
    return this.#send('POST', `/flows/${this.flow}/run`, input);
  }

  checkFile = () => this.#send('POST', '/flows/validate', HEAVY_FILE, 'application/yaml');
  listClients = () => this.#send('GET', '/clients?limit=200');
  testSilentServer = () => this.#send('POST', `/connections/${this.connection}/test`);
  askForNothing = () => this.#send('POST', '/tenants', '{}');

  /** Opens requests with an Idempotency-Key whose bodies arrive a byte at a time. */
  async holdBodies(isRunning) {
    const { hostname, port } = new URL(this.stack.settings.platformUrl);
    const sockets = Array.from({ length: SLOW_BODIES }, (_, at) => {
      const socket = net.connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(
        `POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${this.stack.dev.token}\r\n` +
          `Content-Type: application/json\r\nIdempotency-Key: slow-${at}-${Date.now()}\r\nContent-Length: 900000\r\n\r\n{`,
      );
      return socket;
    });
    while (isRunning()) {
      for (const socket of sockets) socket.write(' ');
      await pause(200);
    }
    for (const socket of sockets) socket.destroy();
    return SLOW_BODIES;
  }
}
