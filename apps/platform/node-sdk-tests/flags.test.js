// Evaluates flags by the OpenFeature SDK and its OFREP provider: what an evaluation context says of the caller is not believed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { Platform } from './platform.js';

const KEY = 'sms-links';
let platform;
let client;

before(async () => {
  platform = await Platform.start();
  await OpenFeature.setProviderAndWait(
    new OFREPProvider({
      baseUrl: platform.stack.settings.platformUrl,
      headers: [['authorization', `Bearer ${platform.stack.dev.token}`]],
    }),
  );
  client = OpenFeature.getClient();
});

after(async () => {
  await OpenFeature.close();
  await platform?.stop();
});

const allow = async (tenant) => {
  const answer = await fetch(`${platform.stack.settings.platformUrl}/api/v1/flags/${KEY}/allow`, {
    method: 'POST',
    headers: { authorization: `Bearer ${platform.stack.dev.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, reason: 'pilot' }),
  });
  assert.equal(answer.status, 200, await answer.text());
};

test('a listed tenant in the context releases nothing; the list entry of the caller does', async () => {
  await allow('tnt_listed');
  const lie = { targetingKey: 'usr_listed', tenant: 'tnt_listed', tenantId: 'tnt_listed' };
  const refused = await client.getBooleanDetails(KEY, true, lie);
  assert.equal(refused.value, false);
  assert.equal(refused.reason, 'DEFAULT');
  assert.equal(refused.flagMetadata.rule, 'none');

  await allow(platform.stack.dev.tenantId);
  const released = await client.getBooleanDetails(KEY, false, { ...lie, tenant: 'tnt_other' });
  assert.equal(released.value, true);
  assert.equal(released.reason, 'TARGETING_MATCH');
  assert.equal(released.variant, 'on');
});

test('an unregistered key is released, and another type is a mismatch', async () => {
  const absent = await client.getBooleanDetails('never-heard-of', false);
  assert.equal(absent.value, true);
  assert.equal(absent.flagMetadata.registered, false);
  assert.equal(await client.getStringValue(KEY, 'x'), 'x');
  assert.equal((await client.getStringDetails(KEY, 'x')).errorCode, 'TYPE_MISMATCH');
});

test('a caller without a token gets the default', async () => {
  await OpenFeature.setProviderAndWait('stranger', new OFREPProvider({ baseUrl: platform.stack.settings.platformUrl }));
  const details = await OpenFeature.getClient('stranger').getBooleanDetails(KEY, true);
  assert.equal(details.value, true);
  assert.equal(details.reason, 'ERROR');
});
