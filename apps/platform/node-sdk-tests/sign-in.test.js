// Signs in at oidc-provider, an OpenID Connect server that the OpenID Foundation has certified.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import Provider from 'oidc-provider';
import { waitUntil } from '../../../tools/processes.mjs';
import { TemporaryStack } from '../../../tools/temporary-stack.mjs';

const CLIENT = {
  client_id: 'patchbay',
  client_secret: 'a secret: with & signs',
  id_token_signed_response_alg: 'RS256',
};
let stack;
let server;

before(async () => {
  stack = await TemporaryStack.create();
  await stack.startSandbox();
  server = http.createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', createProvider(issuer, `${stack.settings.platformUrl}/sign-in/callback`).callback());
  await stack.start({
    PATCHBAY_OIDC_ISSUER: issuer,
    PATCHBAY_OIDC_CLIENT_ID: CLIENT.client_id,
    PATCHBAY_OIDC_CLIENT_SECRET: CLIENT.client_secret,
    PATCHBAY_OIDC_PROMPT: '', // it refuses prompts that it does not know
    PATCHBAY_PLATFORM_ADMINS: 'root@patchbay.example',
  });
});

after(async () => {
  server?.closeAllConnections();
  server?.close();
  await stack?.remove();
});

/** Its defaults, with PKCE required: addresses at the userinfo endpoint, its own pages for sign-in and consent. */
function createProvider(issuer, callback) {
  return new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [callback], response_types: ['code'], grant_types: ['authorization_code'] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['only for this test'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: id,
        email: `${id.replace('unverified-', '')}@patchbay.example`,
        email_verified: !id.startsWith('unverified-'),
      }),
    }),
  });
}

/** Keeps cookies by host and follows one redirect at a time. */
class Browser {
  #jars = new Map();

  async go(url, form) {
    const jar = this.#jars.get(new URL(url).host) ?? new Map();
    this.#jars.set(new URL(url).host, jar);
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: form && new URLSearchParams(form),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const to = answer.headers.get('location');
    return { status: answer.status, to: to && new URL(to, url).href, text: await answer.text() };
  }

  /** Signs in at the issuer; returns the address to which the issuer sends the browser back. */
  async reachCallback(start, login) {
    let page = await this.go(start);
    for (let step = 0; step < 12; step += 1) {
      if (page.to?.includes('/sign-in/callback')) return page.to;
      if (page.to) page = await this.go(page.to);
      else {
        const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
        assert.ok(action, `a form of the issuer: ${page.status} ${page.text.slice(0, 300)}`);
        const prompt = /name="prompt" value="([^"]+)"/.exec(page.text)[1];
        page = await this.go(action, prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
      }
    }
    throw new Error('The issuer did not send the browser back.');
  }

  async signIn(start, login) {
    return this.go(await this.reachCallback(start, login));
  }

  cookie(name) {
    return this.#jars.get(new URL(stack.settings.platformUrl).host)?.get(name) ?? '';
  }

  async api(method, path, body) {
    const answer = await fetch(`${stack.settings.platformUrl}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        cookie: `patchbay_session=${this.cookie('patchbay_session')}`,
        'x-csrf-token': this.cookie('patchbay_csrf'),
      },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, json: await answer.json() };
  }
}

const signInAddress = () => `${stack.settings.platformUrl}/sign-in`;

test('an unknown account and the unverified address of a platform admin are refused', async () => {
  for (const login of ['stranger', 'unverified-root']) {
    const answer = await new Browser().signIn(signInAddress(), login);
    assert.equal(answer.status, 403, answer.text);
    assert.match(answer.text, /No user here has this account/);
  }
});

test('the platform admin creates an agency, and its first user signs in by the invitation', async () => {
  const root = new Browser();
  const callback = await root.reachCallback(signInAddress(), 'root');
  assert.equal((await root.go(callback)).status, 302);
  const me = await root.api('GET', '/me');
  assert.equal(me.json.tenantId, 'tnt_platform');
  assert.equal(me.json.user.email, 'root@patchbay.example');

  const created = await root.api('POST', '/tenants', {
    name: 'Certified',
    owner: { email: 'olga@patchbay.example', name: 'Olga' },
  });
  assert.equal(created.status, 201, JSON.stringify(created.json));
  const mail = await waitUntil(async () => {
    const answer = await fetch(`${stack.settings.sandboxUrl}/_sandbox/mailbox?to=olga@patchbay.example`);
    return (await answer.json()).mails[0];
  }, 20);
  const [link] = /http:\S+invitation=\S+/.exec(mail.text);
  const other = await new Browser().signIn(link, 'stranger');
  assert.match(other.text, /for another address/);
  const olga = new Browser();
  assert.equal((await olga.signIn(link, 'olga')).status, 302);
  const profile = await olga.api('GET', '/me');
  assert.equal(profile.json.tenantId, created.json.id);
  assert.equal(profile.json.roles[0].role, 'tenant-admin');
});

test('callback and code work once, and in one browser only', async () => {
  const browser = new Browser();
  const callback = await browser.reachCallback(signInAddress(), 'root');
  const elsewhere = await new Browser().go(callback);
  assert.equal(elsewhere.status, 403);
  assert.equal((await browser.go(callback)).status, 302);
  assert.equal((await browser.go(callback)).status, 403);

  const thief = new Browser();
  const own = new URL(await thief.reachCallback(signInAddress(), 'stranger'));
  own.searchParams.set('code', new URL(callback).searchParams.get('code'));
  const stolen = await thief.go(own.href);
  assert.equal(stolen.status, 403);
  assert.equal(thief.cookie('patchbay_session'), '');
});
