import { test } from 'node:test';
import { symmetric } from 'retell-sdk/lib/webhook_auth';
import { assertAccepted, assertDuplicate, assertRefused, flip, seconds } from './platform.js';

const call = (id, more = {}) =>
  JSON.stringify({
    event: 'call_ended',
    call: {
      call_id: id,
      agent_id: 'agent_harbor',
      call_type: 'phone_call',
      direction: 'inbound',
      from_number: '+12025550123',
      transcript: 'Zoë – ça va? 日本',
      ...more,
    },
  });

export function retell(platform) {
  const url = () => platform().connection('retell').ingressUrl;
  const key = () => platform().connection('retell').secret;
  const signature = (body, { secret = key(), at = Date.now() } = {}) => symmetric.sign(body, secret, at);
  const post = async (
    body,
    { signed = body, type = 'application/json', to = url(), header, headers = {}, ...how } = {},
  ) =>
    platform().post(to, body, {
      'content-type': type,
      'x-retell-signature': header ?? (await signature(signed, how)),
      ...headers,
    });

  test('retell: a webhook signed by its SDK is accepted once', async () => {
    const body = call('call_sdk_1');
    const first = await post(body);
    const event = await assertAccepted(platform(), first);
    if (event.type !== 'voice.call.ended' || event.subject !== 'call_sdk_1') throw new Error(JSON.stringify(event));
    assertDuplicate(first, await post(body));
    assertDuplicate(first, await post(call('call_sdk_1', { transcript: 'the same call in other words' })));
    await assertAccepted(platform(), await post(call('call_sdk_2'), { type: 'application/json; charset=utf-8' }));
  });

  test('retell: a webhook is accepted within five minutes of its time, earlier or later', async () => {
    await assertAccepted(platform(), await post(call('call_slow'), { at: Date.now() - seconds(290) }));
    await assertAccepted(platform(), await post(call('call_fast'), { at: Date.now() + seconds(290) }));
    assertRefused(await post(call('call_late'), { at: Date.now() - seconds(301) }), '401.timestamp_skew');
    assertRefused(await post(call('call_early'), { at: Date.now() + seconds(310) }), '401.timestamp_skew');
  });

  test('retell: another body, key, time or address is refused', async () => {
    const body = call('call_forged');
    const genuine = await signature(body);
    const forged = {
      'a changed body': () => post(call('call_forgeD'), { signed: body }),
      'white space added': () => post(`${body} `, { signed: body }),
      'a changed digest': () => post(body, { header: flip(genuine) }),
      'a changed time': () => post(body, { header: genuine.replace(/v=[0-9]+/, `v=${Date.now() + 5}`) }),
      'another key': () => post(body, { secret: 'key_of_another_account' }),
      'an empty header': () => post(body, { header: '' }),
      'half a header': () => post(body, { header: genuine.split(',')[1] }),
      'capital digits': () =>
        post(body, { header: genuine.replace(/d=.*/, (digest) => `d=${digest.slice(2).toUpperCase()}`) }),
      'no header': () => platform().post(url(), body, { 'content-type': 'application/json' }),
      'an unknown address': () => post(body, { to: `${url()}0` }),
      'the address of another vendor': () => post(body, { to: url().replace('/retell/', '/stripe/') }),
      'an unknown vendor': () => post(body, { to: url().replace('/retell/', '/unknown/') }),
      'late and forged': () => post(body, { secret: 'key_of_another_account', at: Date.now() - seconds(900) }),
    };
    for (const [forgery, send] of Object.entries(forged)) {
      assertRefused(
        await send().catch((failure) => {
          throw new Error(forgery, { cause: failure });
        }),
        '401.signature_invalid',
      );
    }
    await assertAccepted(platform(), await post(body));
  });

  test('retell: a signed body that is no webhook is refused with the reason', async () => {
    assertRefused(await post('{"event":'), '400.schema_violation');
    assertRefused(await post('[]'), '400.schema_violation');
    assertRefused(await post('{"event":"call_ended","call":{"agent_id":"agent_harbor"}}'), '400.schema_violation');
    assertRefused(await post(call('call_text'), { type: 'text/plain' }), '415.unsupported_media_type');
    assertRefused(
      await post(call('call_gzip'), { headers: { 'content-encoding': 'gzip' } }),
      '415.unsupported_media_type',
    );
    assertRefused(await post(call('call_big', { transcript: 'a'.repeat(4 << 20) })), '413.payload_too_large');
  });
}
