// A real n8n doing the same job: webhook, two calls to a local server, an answer. n8n/README.md says how one is set up.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ofFamily, ofProcess } from '../ingest/cpu.mjs';
import { median } from '../ingest/throughput.mjs';
import { ROOT } from '../../tools/settings.mjs';

const TEMPLATE = path.join(ROOT, 'benchmarks/ingest/src/main/resources/dev/patchbay/benchmark/ingest/call.json');

/** @param postgres pid of the postmaster that n8n alone uses; its processor time is told apart */
export async function measureN8n({ url, postgres }, { connections, rounds, seconds, warmUp }, say) {
  const provider = await bareProvider();
  try {
    const body = JSON.stringify({ provider: `http://127.0.0.1:${provider.address().port}`, ...call() });
    const pid = listener(Number(new URL(url).port));
    await loop(url, body, connections, warmUp);
    const measured = [];
    for (let round = 1; round <= rounds; round += 1) {
      const before = { n8n: ofProcess(pid), postgres: postgres ? ofFamily(postgres) : 0 };
      const times = await loop(url, body, connections, seconds);
      const after = { n8n: ofProcess(pid), postgres: postgres ? ofFamily(postgres) : 0 };
      const at = (share) => times[Math.ceil(times.length * share) - 1];
      measured.push({
        perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99),
        cpu: (after.n8n - before.n8n) / 1000 / times.length, ...(postgres ? { postgres: (after.postgres - before.postgres) / 1000 / times.length } : {}),
      });
      const one = measured.at(-1);
      say(`round ${round}, n8n with ${connections} connections: ${one.perSecond.toFixed(1)} runs/s, p50 ${one.p50.toFixed(0)} ms, p99 ${one.p99.toFixed(0)} ms; a run: ${one.cpu.toFixed(1)} ms${postgres ? `, PostgreSQL ${one.postgres.toFixed(1)} ms` : ''}`);
    }
    return { name: `n8n measured in the same session (${connections} connections)`, ...Object.fromEntries(Object.keys(measured[0]).map((name) => [name, median(measured.map((one) => one[name]))])), rounds: measured };
  } finally {
    provider.close();
  }
}

function call() {
  const text = fs.readFileSync(TEMPLATE, 'utf8').replace('%EVENT%', 'call_analyzed').replace('%ID%', 'call_1').replace('%AGENT%', 'agent_1').replace('######', '000001');
  return JSON.parse(text.replace('%FILL%', 'User: Thursday after four, if you can. '.repeat(40)));
}

/** Answers at once, so that nothing but the orchestrator is measured. */
function bareProvider() {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1","firstName":"Jane","status":"queued"}');
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Each connection sends its next request when it has its answer; returns the milliseconds of those that ended in time, sorted. */
async function loop(url, body, connections, seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const end = Date.now() + seconds * 1000;
  const times = [];
  await Promise.all(Array.from({ length: connections }, async () => {
    while (Date.now() < end) {
      const begin = process.hrtime.bigint();
      await post(url, body, agent);
      if (Date.now() < end) times.push(Number(process.hrtime.bigint() - begin) / 1e6);
    }
  }));
  agent.destroy();
  await pause(500);
  return times.sort((a, b) => a - b);
}

function post(url, body, agent) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`n8n answered ${response.statusCode}: ${text.slice(0, 300)}`))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The process that listens on this port of this machine. */
function listener(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set(['tcp', 'tcp6'].flatMap((name) => fs.readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/)).filter(([, local, , state]) => state === '0A' && local.endsWith(`:${hex}`)).map((fields) => `socket:[${fields[9]}]`));
  for (const pid of fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    try {
      if (fs.readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(fs.readlinkSync(`/proc/${pid}/fd/${fd}`)))) return Number(pid);
    } catch {
      // It ended while we looked, or is not ours to look into.
    }
  }
  throw new Error(`Nobody listens on port ${port}.`);
}
