import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HighLevel } from '@gohighlevel/api-client';
import { auth, calendar } from '@googleapis/calendar';
import twilio from 'twilio';
import { Sandbox, accounts, redirectUri, startReceiver, until } from './sandbox.js';

let sandbox;
let receiver;

before(async () => {
  receiver = await startReceiver();
  sandbox = await Sandbox.start();
  await sandbox.control('PUT', '/accounts', accounts(`${receiver.url}/retell`));
});

after(async () => {
  await sandbox.stop();
  receiver.close();
});

test('the HighLevel client upserts one contact for a phone number and uses a refresh token once', async () => {
  HighLevel.BASE_URL = `${sandbox.address}/highlevel`;
  const client = new HighLevel({
    locationAccessToken: 'hl-access',
    clientId: 'hl-client',
    clientSecret: 'hl-secret',
    logLevel: 'none',
  });
  const wanted = { locationId: 'loc-1', firstName: 'Jane', lastName: 'Doe', phone: '+12025550123', tags: ['patchbay'] };
  const first = await client.contacts.upsertContact(wanted);
  const second = await client.contacts.upsertContact({ ...wanted, email: 'jane@doe.test' });
  assert.deepEqual([first.new, second.new], [true, false]);
  assert.equal(second.contact.id, first.contact.id);
  const { contact } = await client.contacts.getContact({ contactId: first.contact.id });
  assert.equal(contact.email, 'jane@doe.test');

  const tokens = await client.oauth.refreshToken('hl-refresh', 'hl-client', 'hl-secret', 'refresh_token', 'Location');
  assert.equal(tokens.locationId, 'loc-1');
  await assert.rejects(client.oauth.refreshToken('hl-refresh', 'hl-client', 'hl-secret', 'refresh_token', 'Location'));
  await sandbox.control('PUT', '/accounts', accounts(`${receiver.url}/retell`));
  await assert.rejects(client.oauth.refreshToken('hl-refresh', 'hl-client', 'hl-secret', 'refresh_token', 'Location'));
});

/** The parameters with which a consent page redirects the browser to the app. */
async function redirectParameters(page) {
  const response = await fetch(page, { redirect: 'manual' });
  assert.equal(response.status, 302, await response.text());
  return new URL(response.headers.get('location')).searchParams;
}

test('the HighLevel client opens the location page and exchanges the code once', async () => {
  HighLevel.BASE_URL = `${sandbox.address}/highlevel`;
  const client = new HighLevel({ clientId: 'hl-client', clientSecret: 'hl-secret', logLevel: 'none' });
  const page = new URL(client.oauth.getAuthorizationUrl('hl-client', redirectUri, 'contacts.readonly contacts.write'));
  assert.equal(page.pathname, '/oauth/chooselocation');
  const parameters = await redirectParameters(
    `${sandbox.address}/highlevel${page.pathname}${page.search}&location=loc-1`,
  );
  const wanted = {
    client_id: 'hl-client',
    client_secret: 'hl-secret',
    grant_type: 'authorization_code',
    code: parameters.get('code'),
    user_type: 'Location',
    redirect_uri: redirectUri,
  };
  const tokens = await client.oauth.getAccessToken(wanted);
  assert.equal(tokens.locationId, 'loc-1');
  assert.equal(tokens.scope, 'contacts.readonly contacts.write');
  await assert.rejects(client.oauth.getAccessToken(wanted));
});

test('the Google client opens the consent page with PKCE and exchanges the code once', async () => {
  const client = new auth.OAuth2({
    clientId: 'g-client',
    clientSecret: 'g-secret',
    redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${sandbox.address}/google/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${sandbox.address}/google/token`,
    },
  });
  const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
  const page = client.generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: ['https://www.googleapis.com/auth/calendar.events'],
    state: 'a b',
    code_challenge_method: 'S256',
    code_challenge: codeChallenge,
  });
  const parameters = await redirectParameters(`${page}&account=owner@acme.test`);
  assert.equal(parameters.get('state'), 'a b');
  const { tokens } = await client.getToken({ code: parameters.get('code'), codeVerifier });
  assert.match(tokens.refresh_token, /^1\/\//);
  assert.equal(tokens.scope, 'https://www.googleapis.com/auth/calendar.events');
  await assert.rejects(client.getToken({ code: parameters.get('code'), codeVerifier }), /invalid_grant/);
});

test('the Google client inserts an event once under its id and reads free/busy', async () => {
  const oauth = new auth.OAuth2({
    clientId: 'g-client',
    clientSecret: 'g-secret',
    endpoints: { oauth2TokenUrl: `${sandbox.address}/google/token` },
  });
  oauth.setCredentials({ refresh_token: 'g-refresh' });
  const { events, freebusy } = calendar({ version: 'v3', auth: oauth });
  // The client drops the path of its own rootUrl, but keeps that of a request.
  const options = { rootUrl: `${sandbox.address}/google/` };
  const requestBody = {
    id: 'callid0123456789abcdef',
    summary: 'Appointment',
    start: { dateTime: '2026-12-01T10:00:00-05:00', timeZone: 'America/New_York' },
    end: { dateTime: '2026-12-01T10:30:00-05:00', timeZone: 'America/New_York' },
    extendedProperties: { private: { patchbayRun: 'run-1' } },
  };
  await events.insert({ calendarId: 'primary', requestBody }, options);
  await assert.rejects(events.insert({ calendarId: 'primary', requestBody }, options), { status: 409 });
  const found = await events.list(
    { calendarId: 'owner@acme.test', privateExtendedProperty: ['patchbayRun=run-1'] },
    options,
  );
  assert.deepEqual(
    found.data.items.map((item) => item.id),
    [requestBody.id],
  );
  const busy = await freebusy.query(
    {
      requestBody: {
        timeMin: '2026-12-01T00:00:00Z',
        timeMax: '2026-12-02T00:00:00Z',
        items: [{ id: 'owner@acme.test' }],
      },
    },
    options,
  );
  assert.deepEqual(busy.data.calendars['owner@acme.test'].busy, [
    { start: '2026-12-01T15:00:00Z', end: '2026-12-01T15:30:00Z' },
  ]);
  await events.patch({ calendarId: 'primary', eventId: requestBody.id, requestBody: { summary: 'Moved' } }, options);
  await events.delete({ calendarId: 'primary', eventId: requestBody.id }, options);
  assert.equal(
    (await events.get({ calendarId: 'primary', eventId: requestBody.id }, options)).data.status,
    'cancelled',
  );
  await assert.rejects(events.delete({ calendarId: 'primary', eventId: requestBody.id }, options), { status: 410 });
});

// Twilio's client has a fixed host. This one replaces the host with the sandbox's base address.
class Redirected extends twilio.RequestClient {
  request(options) {
    return super.request({
      ...options,
      uri: options.uri.replace('https://api.twilio.com', `${sandbox.address}/twilio`),
    });
  }
}

test('the Twilio client sends a text, and validates the callbacks that follow', async () => {
  const { accountSid, authToken, numbers } = accounts('').twilio;
  const client = twilio(accountSid, authToken, { httpClient: new Redirected() });
  const statusCallback = `${receiver.url}/twilio?effect=1`;
  const sent = await client.messages.create({
    to: '+12025550123',
    from: numbers[0],
    body: 'See you at ten 👍',
    statusCallback,
  });
  assert.equal(sent.status, 'queued');
  await until(async () => (await client.messages(sent.sid).fetch()).status === 'delivered');
  const callbacks = await until(() => {
    const requests = receiver.requests.filter((request) => request.url.startsWith('/twilio'));
    return requests.length === 2 && requests;
  });
  for (const { body, headers } of callbacks) {
    const params = Object.fromEntries(new URLSearchParams(body));
    assert.equal(twilio.validateRequest(authToken, headers['x-twilio-signature'], statusCallback, params), true);
  }
  assert.equal((await client.messages.list({ to: '+12025550123' })).length, 1);
  assert.ok(sent.dateCreated instanceof Date);
  await assert.rejects(client.messages.create({ to: '555', from: numbers[0], body: 'x' }), { code: 21211 });
  await sandbox.control('POST', '/sms', { from: '+12025550123', to: numbers[0], body: 'STOP' });
  await assert.rejects(client.messages.create({ to: '+12025550123', from: numbers[0], body: 'x' }), { code: 21610 });
});
