// Requests that nobody wants, each kind on connections of its own until told to stop; counts how they were answered.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const BODY = JSON.stringify({ event: 'call_ended', call: { call_id: 'nuisance', agent_id: 'nobody', transcript: 'a'.repeat(4000) } });
/** 50 KB that want to become 50 MB. */
const BOMB = gzipSync(Buffer.alloc(50 << 20));
const forged = `x-retell-signature: v=${Date.now()},d=${'0'.repeat(64)}`;

/** What one connection does; `head` is the request line and the host. */
const KINDS = {
  /** A byte a second, for ever: holds a connection and a buffer for as long as it is let. */
  async slowBody(socket, head, stopped) {
    socket.write(`${head}content-type: application/json\r\n${forged}\r\ncontent-length: ${BODY.length}\r\n\r\n`);
    for (let i = 0; i < BODY.length && !stopped() && !socket.destroyed; i += 1) {
      socket.write(BODY[i]);
      await pause(1000);
    }
  },
  /** Half of what was announced, then silence. */
  async halfBody(socket, head, stopped) {
    socket.write(`${head}content-type: application/json\r\n${forged}\r\ncontent-length: ${1 << 20}\r\n\r\n${'a'.repeat(1 << 19)}`);
    while (!stopped() && !socket.destroyed) await pause(250);
  },
  /** Headers that never end. */
  async slowHeaders(socket, head, stopped) {
    socket.write(head);
    for (let i = 0; !stopped() && !socket.destroyed; i += 1) {
      socket.write(`x-slow-${i}: a\r\n`);
      await pause(1000);
    }
  },
  async wrongLength(socket, head) {
    socket.write(`${head}content-type: application/json\r\n${forged}\r\ncontent-length: 17\r\n\r\n${BODY}`);
    await answered(socket);
  },
  async twoLengths(socket, head) {
    socket.write(`${head}content-type: application/json\r\ncontent-length: 5\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`);
    await answered(socket);
  },
  async chunkedForgery(socket, head) {
    socket.write(`${head}content-type: application/json\r\n${forged}\r\ntransfer-encoding: chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`);
    await answered(socket);
  },
  /** Nothing says how long it is, and it is longer than allowed. */
  async endlessChunks(socket, head, stopped) {
    socket.write(`${head}content-type: application/json\r\n${forged}\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'a'.repeat(1 << 16)}\r\n`;
    for (let i = 0; i < 40 && !stopped() && !socket.destroyed; i += 1) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => {}), pause(1000)]);
    }
    await answered(socket);
  },
  async gzip(socket, head) {
    socket.write(`${head}content-type: application/json\r\ncontent-encoding: gzip\r\n${forged}\r\ncontent-length: ${BOMB.length}\r\n\r\n`);
    socket.write(BOMB);
    await answered(socket);
  },
  async headerFlood(socket, head) {
    socket.write(`${head}${Array.from({ length: 2000 }, (_, i) => `x-flood-${i}: ${'a'.repeat(60)}\r\n`).join('')}\r\n`);
    await answered(socket);
  },
};

const answered = (socket) => Promise.race([once(socket, 'data').catch(() => {}), once(socket, 'close').catch(() => {}), pause(10_000)]);

/**
 * @param target address of a webhook on loopback
 * @param connections by kind
 * @return {stop(): Promise<counts by kind: tries and answers by status>}
 */
export function nuisances(target, connections) {
  const { hostname, port, pathname, host } = new URL(target);
  const counts = {};
  let over = false;
  const one = async (kind) => {
    const count = (counts[kind] ??= { tries: 0, closedByServer: 0 });
    while (!over) {
      count.tries += 1;
      const socket = net.connect({ host: hostname, port });
      let first = true;
      socket.on('error', () => { count.closedByServer += 1; });
      socket.on('end', () => { count.closedByServer += 1; });
      socket.on('data', (chunk) => {
        const status = first && /^HTTP\/1\.1 ([0-9]{3})/.exec(chunk.toString('latin1', 0, 16))?.[1];
        first = false;
        if (status) count[status] = (count[status] ?? 0) + 1;
      });
      await KINDS[kind](socket, `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\n`, () => over).catch(() => {});
      socket.destroy();
      await pause(20); // bounded: fifty a second and connection at most
    }
  };
  const all = Object.entries(connections).flatMap(([kind, many]) => Array.from({ length: many }, () => one(kind)));
  return { stop: async () => { over = true; await Promise.all(all); return counts; } };
}
