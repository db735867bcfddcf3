// HighLevel's SDK verifies only; this signs as its documentation says.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { test } from 'node:test';
import { assertAccepted, assertDuplicate, assertRefused, seconds } from './platform.js';

export function highlevel(platform) {
  const url = () => platform().connection('highlevel').ingressUrl;
  const key = () => platform().connection('highlevel').secret;
  const contact = (id, { at = Date.now(), webhookId = randomUUID(), ...more } = {}) =>
    JSON.stringify({
      type: 'ContactCreate',
      timestamp: new Date(at).toISOString(),
      webhookId,
      locationId: platform().clients[0].locationId,
      id,
      firstName: 'Zoë',
      lastName: 'Doe',
      phone: '+12025550123',
      email: 'zoe@example.test',
      ...more,
    });
  const signature = (body, secret = key()) => sign(null, Buffer.from(body), secret).toString('base64');
  const post = (
    body,
    { signed = body, header, secret, to = url(), type = 'application/json', name = 'x-ghl-signature' } = {},
  ) => platform().post(to, body, { 'content-type': type, [name]: header ?? signature(signed, secret) });

  test('highlevel: a webhook signed with its key is accepted once', async () => {
    const body = contact('contact_sdk_1');
    const first = await post(body);
    const event = await assertAccepted(platform(), first);
    assert.equal(event.type, 'crm.contact.created');
    assert.equal(event.clientid, platform().clients[0].id);
    assertDuplicate(first, await post(body));
  });

  test('highlevel: a webhook is accepted within five minutes of its time, earlier or later', async () => {
    await assertAccepted(platform(), await post(contact('contact_slow', { at: Date.now() - seconds(290) })));
    await assertAccepted(platform(), await post(contact('contact_fast', { at: Date.now() + seconds(290) })));
    assertRefused(await post(contact('contact_late', { at: Date.now() - seconds(302) })), '401.timestamp_skew');
    assertRefused(await post(contact('contact_early', { at: Date.now() + seconds(310) })), '401.timestamp_skew');
  });

  test('highlevel: another body, key, header or address is refused', async () => {
    const body = contact('contact_forged');
    const genuine = signature(body);
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const forged = [
      () => post(body.replace('Zoë', 'Zoe'), { signed: body }),
      () => post(body, { secret: stranger }),
      () => post(body, { header: `${genuine[0] === 'A' ? 'B' : 'A'}${genuine.slice(1)}` }),
      () => post(body, { header: '' }),
      () => post(body, { header: 'not base64!' }),
      () => post(body, { name: 'x-wh-signature' }),
      () => platform().post(url(), body, { 'content-type': 'application/json' }),
      () => post(body, { to: `${url()}0` }),
    ];
    for (const send of forged) assertRefused(await send(), '401.signature_invalid');
    assertRefused(await post('{'), '400.schema_violation');
    assertRefused(await post(body, { type: 'text/plain' }), '415.unsupported_media_type');
    assertRefused(await post(contact('contact_big', { notes: 'a'.repeat(4 << 20) })), '413.payload_too_large');
    await assertAccepted(platform(), await post(body));
  });
}
