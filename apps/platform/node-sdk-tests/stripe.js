import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { assertAccepted, assertDuplicate, assertRefused, flip } from './platform.js';

const { webhooks } = new Stripe('sk_test_unused');

export function stripe(platform) {
  const url = () => platform().connection('stripe').ingressUrl;
  const secret = () => platform().connection('stripe').secret;
  const event = (id, more = {}) =>
    JSON.stringify(
      {
        id,
        object: 'event',
        type: 'customer.created',
        created: 1793880000,
        api_version: '2026-07-29.dahlia',
        livemode: false,
        data: { object: { id: 'cus_harbor', object: 'customer', email: 'zoë@example.test', ...more } },
      },
      null,
      2,
    );
  const now = () => Math.floor(Date.now() / 1000);
  const header = (payload, how = {}) =>
    webhooks.generateTestHeaderString({ payload, secret: secret(), timestamp: now(), ...how });
  const post = (
    body,
    { signed = body, signature, to = url(), type = 'application/json; charset=utf-8', ...how } = {},
  ) => platform().post(to, body, { 'content-type': type, 'stripe-signature': signature ?? header(signed, how) });

  test('stripe: a webhook signed by its SDK is accepted once', async () => {
    const body = event('evt_sdk_1');
    const first = await post(body);
    const stored = await assertAccepted(platform(), first);
    assert.equal(stored.type, 'payment.customer.created');
    assertDuplicate(first, await post(body));
    assert.equal(webhooks.constructEvent(body, header(body), secret()).id, 'evt_sdk_1');
  });

  test('stripe: while a secret is replaced one valid signature is enough; the v0 scheme is refused', async () => {
    const body = event('evt_rotated');
    const other = header(body, { secret: 'whsec_other' });
    const genuine = header(body)
      .split(',')
      .find((part) => part.startsWith('v1='));
    await assertAccepted(platform(), await post(body, { signature: `${other},${genuine}` }));
    assertRefused(await post(event('evt_v0'), { scheme: 'v0' }), '401.signature_invalid');
  });

  test('stripe: a webhook is accepted within five minutes of its time, earlier or later', async () => {
    await assertAccepted(platform(), await post(event('evt_slow'), { timestamp: now() - 290 }));
    await assertAccepted(platform(), await post(event('evt_fast'), { timestamp: now() + 290 }));
    assertRefused(await post(event('evt_late'), { timestamp: now() - 302 }), '401.timestamp_skew');
    assertRefused(await post(event('evt_early'), { timestamp: now() + 310 }), '401.timestamp_skew');
  });

  test('stripe: another body, secret or address is refused', async () => {
    const body = event('evt_forged');
    const genuine = header(body);
    const forged = [
      () => post(event('evt_forgeD'), { signed: body }),
      () => post(JSON.stringify(JSON.parse(body)), { signed: body }),
      () => post(body, { secret: 'whsec_other' }),
      () => post(body, { signature: flip(genuine) }),
      () => post(body, { signature: genuine.replace(/t=[0-9]+/, `t=${now() + 7}`) }),
      () => post(body, { signature: genuine.replace(/t=[0-9]+,/, '') }),
      () => post(body, { signature: '' }),
      () => platform().post(url(), body, { 'content-type': 'application/json' }),
      () => post(body, { to: `${url()}0` }),
    ];
    for (const send of forged) assertRefused(await send(), '401.signature_invalid');
    assertRefused(await post('{'), '400.schema_violation');
    assertRefused(await post('{"object":"event"}'), '400.schema_violation');
    assertRefused(await post(body, { type: 'text/plain' }), '415.unsupported_media_type');
    assertRefused(await post(event('evt_big', { description: 'a'.repeat(4 << 20) })), '413.payload_too_large');
    await assertAccepted(platform(), await post(body));
  });
}
