import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { assertRefused } from './platform.js';

const form = 'application/x-www-form-urlencoded';

export function twilio(platform) {
  const url = () => platform().connection('twilio').ingressUrl;
  const token = () => platform().connection('twilio').secret;
  const text = (sid, more = {}) => ({
    MessageSid: sid,
    AccountSid: platform().connection('twilio').accountSid,
    From: '+12025550123',
    To: platform().clients[0].phone,
    Body: 'See you at ten 👍 – é & = +',
    NumMedia: '0',
    ...more,
  });
  const post = (
    parameters,
    { signed = parameters, to = url(), signedUrl = to, secret = token(), header, type = form } = {},
  ) =>
    platform().post(to, new URLSearchParams(parameters).toString(), {
      'content-type': type,
      'x-twilio-signature': header ?? getExpectedTwilioSignature(secret, signedUrl, signed),
    });
  const assertTwimlAnswer = async (answer) => {
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.type, /^text\/xml/);
    assert.match(answer.text, /<Response\s*(\/>|><\/Response>)/);
    return platform().findEvent(answer);
  };

  test('twilio: a form signed by its SDK is accepted once, and answered with an empty TwiML document', async () => {
    const first = await post(text('SM00000000000000000000000000000001'));
    const event = await assertTwimlAnswer(first);
    const again = await post(text('SM00000000000000000000000000000001'));
    assert.equal((await assertTwimlAnswer(again)).id, event.id);
    assert.equal(again.correlationId, first.correlationId);
    const withQuery = `${url()}?effect=run_1%2Fstep&x=1`;
    await assertTwimlAnswer(
      await post(text('SM00000000000000000000000000000002', { MessageStatus: 'delivered' }), { to: withQuery }),
    );
    await assertTwimlAnswer(await post(text('SM00000000000000000000000000000003', { Unknown: 'parameter' })));
  });

  test('twilio: the address may be signed with or without its port', async () => {
    const { protocol, hostname, pathname } = new URL(url());
    await assertTwimlAnswer(
      await post(text('SM00000000000000000000000000000004'), { signedUrl: `${protocol}//${hostname}${pathname}` }),
    );
  });

  test('twilio: JSON is signed by its hash in the query', async () => {
    const body = JSON.stringify({ property: 'value', boolean: true, at: Date.now() });
    const to = `${url()}?bodySHA256=${getExpectedBodyHash(body)}`;
    const header = getExpectedTwilioSignature(token(), to, {});
    const send = (content, address = to) =>
      platform().post(address, content, { 'content-type': 'application/json', 'x-twilio-signature': header });
    await assertTwimlAnswer(await send(body));
    assertRefused(await send(`${body} `), '401.signature_invalid');
    assertRefused(
      await send(
        body,
        to.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      ),
      '401.signature_invalid',
    );
    const bare = {
      'content-type': 'application/json',
      'x-twilio-signature': getExpectedTwilioSignature(token(), url(), {}),
    };
    assertRefused(await platform().post(url(), body, bare), '401.signature_invalid');
  });

  test('twilio: other parameters, token or address are refused', async () => {
    const sent = text('SM00000000000000000000000000000005');
    const genuine = getExpectedTwilioSignature(token(), url(), sent);
    const forged = [
      () => post({ ...sent, Body: 'Send money' }, { signed: sent }),
      () => post({ ...sent, Extra: '1' }, { signed: sent }),
      () => post(sent, { secret: 'another token' }),
      () => post(sent, { signedUrl: `${url()}?x=1` }),
      () => post(sent, { signedUrl: url().replace('http:', 'https:') }),
      () => post(sent, { signedUrl: 'http://elsewhere.example/ingress/twilio/key' }),
      () => post(sent, { header: '' }),
      () => post(sent, { header: genuine.toLowerCase() }),
      () => platform().post(url(), new URLSearchParams(sent).toString(), { 'content-type': form }),
      () => post(sent, { to: `${url()}0` }),
    ];
    for (const send of forged) assertRefused(await send(), '401.signature_invalid');
    assertRefused(await post(sent, { type: 'text/plain' }), '415.unsupported_media_type');
    assertRefused(await post({ ...sent, Body: 'a'.repeat(4 << 20) }), '413.payload_too_large');
    await assertTwimlAnswer(await post(sent));
  });
}
