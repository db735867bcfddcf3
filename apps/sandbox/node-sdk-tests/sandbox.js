// Starts the packaged sandbox in a process of its own, with a temporary folder and a free port.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const jar = fileURLToPath(new URL('../target/sandbox-0.1.0-all.jar', import.meta.url));
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';

/** The redirect URI of the apps at Google and HighLevel. */
export const redirectUri = 'http://127.0.0.1:9/callback';
export const retellKey = 'key_sandbox_retell';
export const accounts = (webhookUrl) => ({
  retell: {
    apiKey: retellKey,
    numbers: ['+12137771235'],
    agents: [{ agent_id: 'agent_1', agent_name: 'Reception', webhook_url: webhookUrl }],
  },
  highlevel: {
    clientId: 'hl-client',
    clientSecret: 'hl-secret',
    redirectUris: [redirectUri],
    locations: [
      { id: 'loc-1', name: 'Acme', timezone: 'America/New_York', refreshToken: 'hl-refresh', accessToken: 'hl-access' },
    ],
  },
  google: {
    clientId: 'g-client',
    clientSecret: 'g-secret',
    redirectUris: [redirectUri],
    accounts: [
      {
        refreshToken: 'g-refresh',
        email: 'owner@acme.test',
        calendars: [{ id: 'owner@acme.test', timeZone: 'America/New_York' }],
      },
    ],
  },
  twilio: { accountSid: 'AC00000000000000000000000000000001', authToken: 'tw-token', numbers: ['+15005550006'] },
});

export class Sandbox {
  static async start(folder = mkdtempSync(join(tmpdir(), 'sandbox-'))) {
    const child = spawn(java, ['-jar', jar], {
      env: { ...process.env, PATCHBAY_SANDBOX_PORT: '0', PATCHBAY_DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /http:\S+/.exec(line);
      if (address) return new Sandbox(child, folder, address[0]);
    }
    throw new Error(`The sandbox did not start; is ${jar} built?`);
  }

  constructor(child, folder, address) {
    Object.assign(this, { child, folder, address });
  }

  async kill() {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await exited;
  }

  async stop() {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  async control(method, path, body) {
    const response = await fetch(`${this.address}/_sandbox${path}`, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }
}

/** An HTTP server that answers 204 and records each request with its headers and raw body. */
export async function startReceiver() {
  const requests = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(204).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { requests, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Waits until the condition is truthy; returns its value. */
export async function until(condition) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error('The condition did not hold within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
