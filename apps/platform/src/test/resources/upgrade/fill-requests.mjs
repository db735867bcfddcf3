// Requests to the platform of the fixture: as a browser, and to the sandbox's control. Waiting on conditions.
import { setTimeout as pause } from 'node:timers/promises';

export const PORTS = { platform: 18180, sandbox: 14110, mail: 14125 };
export const PLATFORM = `http://127.0.0.1:${PORTS.platform}`;
export const SANDBOX = `http://127.0.0.1:${PORTS.sandbox}`;

export async function until(what, condition, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      const value = await condition();
      if (value) return value;
    } catch (notYet) {
      last = notYet;
    }
    await pause(50);
  }
  throw new Error(`Waited ${seconds} s for ${what}. ${last ?? ''}`);
}

export async function browse(method, address, cookies, more = {}) {
  const response = await fetch(address.startsWith('http') ? address : PLATFORM + address, {
    method,
    redirect: 'manual',
    headers: {
      cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      ...(cookies.patchbay_csrf ? { 'x-csrf-token': cookies.patchbay_csrf, origin: PLATFORM } : {}),
      ...more,
    },
  });
  if (response.status >= 400) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
  if (!address.startsWith(SANDBOX) && method === 'GET') {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '') delete cookies[name];
      else cookies[name] = value;
    }
  }
  return response.headers.get('location');
}

export async function signIn(email, from = '/sign-in') {
  const cookies = {};
  const issuer = await browse('GET', from, cookies);
  const back = await browse('GET', `${issuer}&account=${encodeURIComponent(email)}`, {});
  await browse('GET', back, cookies);
  if (!cookies.patchbay_session) throw new Error(`${email} was not signed in`);
  return cookies;
}

export async function invitationLink(email) {
  const text = await until(
    `the mail to ${email}`,
    async () => (await sandbox('GET', `mailbox?to=${email}`)).mails[0]?.text,
  );
  return /http:\S+(\/sign-in\?invitation=\S+)/.exec(text)[1];
}

export async function sandbox(method, address, body) {
  const response = await fetch(`${SANDBOX}/_sandbox/${address}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

export function fault(provider, operation, kind, times, delayMs = 0) {
  return sandbox('POST', 'faults', { provider, operation, fault: kind, times, delayMs });
}

export function heal() {
  return sandbox('DELETE', 'faults');
}

export function knowPeople(emails) {
  const people = emails.map((email) => ({ email, name: email.split('@')[0], emailVerified: true }));
  return sandbox('PUT', 'accounts', { googleSignIn: { people } });
}
