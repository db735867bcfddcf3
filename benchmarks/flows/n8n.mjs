// A real n8n doing the same job: a webhook, two calls to a local server, an answer. n8n/README.md says how to set it up.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../../tools/settings.mjs';
import { listPids, readFamilyTime, readProcessTime } from '../harness/processor-time.mjs';
import { median, percentiles } from '../harness/statistics.mjs';

const TEMPLATE = path.join(ROOT, 'benchmarks/ingest/src/main/resources/dev/patchbay/benchmark/ingest/call.json');

/** @param postgres pid of the postmaster that only n8n uses, or 0; its processor time is reported apart */
export async function measureN8n({ url, postgres }, { connections, rounds, seconds, warmUp }, log) {
  const provider = await startProvider();
  try {
    const body = JSON.stringify({ provider: `http://127.0.0.1:${provider.address().port}`, ...readCall() });
    const pid = findListener(Number(new URL(url).port));
    const readTimes = () => ({ n8n: readProcessTime(pid), postgres: postgres ? readFamilyTime(postgres) : 0 });
    await runLoop(url, body, connections, warmUp);
    const measured = [];
    for (let round = 1; round <= rounds; round += 1) {
      const before = readTimes();
      const times = await runLoop(url, body, connections, seconds);
      const after = readTimes();
      const cost = (name) => (after[name] - before[name]) / 1000 / times.length;
      const { p50, p95, p99 } = percentiles(times);
      const database = postgres ? { postgres: cost('postgres') } : {};
      measured.push({ perSecond: times.length / seconds, p50, p95, p99, cpu: cost('n8n'), ...database });
      log(`round ${round}, n8n with ${connections} connections: ${describeRound(measured.at(-1))}`);
    }
    const medians = Object.keys(measured[0]).map((name) => [name, median(measured.map((one) => one[name]))]);
    const name = `n8n measured in the same session (${connections} connections)`;
    return { name, ...Object.fromEntries(medians), rounds: measured };
  } finally {
    provider.close();
  }
}

function describeRound({ perSecond, p50, p99, cpu, postgres }) {
  const database = postgres === undefined ? '' : `, PostgreSQL ${postgres.toFixed(1)} ms`;
  const latency = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
  return `${perSecond.toFixed(1)} runs/s, ${latency}; a run: ${cpu.toFixed(1)} ms${database}`;
}

function readCall() {
  const text = fs
    .readFileSync(TEMPLATE, 'utf8')
    .replace('%EVENT%', 'call_analyzed')
    .replace('%ID%', 'call_1')
    .replace('%AGENT%', 'agent_1')
    .replace('######', '000001')
    .replace('%FILL%', 'User: Thursday after four, if you can. '.repeat(40));
  return JSON.parse(text);
}

/** A provider that answers at once, so that only the orchestrator is measured. */
function startProvider() {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1","firstName":"Jane","status":"queued"}');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** Each connection sends its next request after an answer. Returns the milliseconds of the requests that ended in time. */
async function runLoop(url, body, connections, seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const end = Date.now() + seconds * 1000;
  const times = [];
  const run = async () => {
    while (Date.now() < end) {
      const startedAt = process.hrtime.bigint();
      await post(url, body, agent);
      if (Date.now() < end) times.push(Number(process.hrtime.bigint() - startedAt) / 1e6);
    }
  };
  await Promise.all(Array.from({ length: connections }, run));
  agent.destroy();
  await pause(500);
  return times;
}

function post(url, body, agent) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`n8n answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The pid of the process that listens on this port. */
function findListener(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = ['tcp', 'tcp6'].flatMap((name) => fs.readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1));
  const listening = lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && local.endsWith(`:${hex}`));
  const sockets = new Set(listening.map((fields) => `socket:[${fields[9]}]`));
  const owns = (pid) =>
    fs.readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(fs.readlinkSync(`/proc/${pid}/fd/${fd}`)));
  for (const pid of listPids()) {
    try {
      if (owns(pid)) return Number(pid);
    } catch {
      // It ended while we looked, or belongs to another user.
    }
  }
  throw new Error(`No process listens on port ${port}.`);
}
