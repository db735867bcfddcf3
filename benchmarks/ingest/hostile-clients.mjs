// Clients that misuse HTTP, each kind on connections of its own until they are stopped. Counts how they were answered.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const BODY = JSON.stringify({
  event: 'call_ended',
  call: { call_id: 'hostile', agent_id: 'unknown', transcript: 'a'.repeat(4000) },
});
/** 50 KB that expand to 50 MB. */
const COMPRESSED_BOMB = gzipSync(Buffer.alloc(50 << 20));
const JSON_TYPE = 'content-type: application/json\r\n';
const FORGED = `x-retell-signature: v=${Date.now()},d=${'0'.repeat(64)}\r\n`;
const MAX_CHUNKS = 40;

const isOpen = (socket, isStopped) => !isStopped() && !socket.destroyed;

/** Waits for the first byte of an answer, the end of the connection, or ten seconds. */
const awaitAnswer = (socket) =>
  Promise.race([once(socket, 'data').catch(() => {}), once(socket, 'close').catch(() => {}), pause(10_000)]);

/** The bytes that one connection sends. `head` is the request line and the host. */
const KINDS = {
  /** A byte a second: holds a connection and a buffer for as long as the server allows. */
  async slowBody(socket, head, isStopped) {
    socket.write(`${head}${JSON_TYPE}${FORGED}content-length: ${BODY.length}\r\n\r\n`);
    for (let i = 0; i < BODY.length && isOpen(socket, isStopped); i += 1) {
      socket.write(BODY[i]);
      await pause(1000);
    }
  },
  /** Half of the announced body, then silence. */
  async halfBody(socket, head, isStopped) {
    socket.write(`${head}${JSON_TYPE}${FORGED}content-length: ${1 << 20}\r\n\r\n${'a'.repeat(1 << 19)}`);
    while (isOpen(socket, isStopped)) await pause(250);
  },
  /** Headers without an end. */
  async slowHeaders(socket, head, isStopped) {
    socket.write(head);
    for (let i = 0; isOpen(socket, isStopped); i += 1) {
      socket.write(`x-slow-${i}: a\r\n`);
      await pause(1000);
    }
  },
  async wrongLength(socket, head) {
    socket.write(`${head}${JSON_TYPE}${FORGED}content-length: 17\r\n\r\n${BODY}`);
    await awaitAnswer(socket);
  },
  async twoLengths(socket, head) {
    socket.write(`${head}${JSON_TYPE}content-length: 5\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`);
    await awaitAnswer(socket);
  },
  async chunkedForgery(socket, head) {
    const chunks = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
    socket.write(`${head}${JSON_TYPE}${FORGED}transfer-encoding: chunked\r\n\r\n${chunks}`);
    await awaitAnswer(socket);
  },
  /** A body of unannounced length, longer than allowed. */
  async endlessChunks(socket, head, isStopped) {
    socket.write(`${head}${JSON_TYPE}${FORGED}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'a'.repeat(1 << 16)}\r\n`;
    for (let i = 0; i < MAX_CHUNKS && isOpen(socket, isStopped); i += 1) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => {}), pause(1000)]);
    }
    await awaitAnswer(socket);
  },
  async gzip(socket, head) {
    const length = `content-length: ${COMPRESSED_BOMB.length}\r\n\r\n`;
    socket.write(`${head}${JSON_TYPE}content-encoding: gzip\r\n${FORGED}${length}`);
    socket.write(COMPRESSED_BOMB);
    await awaitAnswer(socket);
  },
  async headerFlood(socket, head) {
    const headers = Array.from({ length: 2000 }, (_, i) => `x-flood-${i}: ${'a'.repeat(60)}\r\n`);
    socket.write(`${head}${headers.join('')}\r\n`);
    await awaitAnswer(socket);
  },
};

/**
 * @param target address of a webhook on loopback
 * @param connections by kind
 * @returns {stop(): Promise<by kind: tries, connections closed by the server, and answers by status>}
 */
export function startHostileClients(target, connections) {
  const counts = {};
  let stopped = false;
  const isStopped = () => stopped;
  const run = async (kind) => {
    const count = (counts[kind] ??= { tries: 0, closedByServer: 0 });
    while (!stopped) {
      count.tries += 1;
      await sendOnce(new URL(target), kind, count, isStopped);
      await pause(20); // at most fifty requests a second on a connection
    }
  };
  const clients = Object.entries(connections).flatMap(([kind, number]) =>
    Array.from({ length: number }, () => run(kind)),
  );
  return {
    async stop() {
      stopped = true;
      await Promise.all(clients);
      return counts;
    },
  };
}

async function sendOnce({ hostname, port, pathname, host }, kind, count, isStopped) {
  const socket = net.connect({ host: hostname, port });
  const countClose = () => {
    count.closedByServer += 1;
  };
  socket.on('error', countClose);
  socket.on('end', countClose);
  socket.once('data', (chunk) => {
    const status = /^HTTP\/1\.1 ([0-9]{3})/.exec(chunk.toString('latin1', 0, 16))?.[1];
    if (status) count[status] = (count[status] ?? 0) + 1;
  });
  // Later data has to be read as well, or the end of the connection is never seen.
  socket.resume();
  await KINDS[kind](socket, `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\n`, isStopped).catch(() => {});
  socket.destroy();
}
