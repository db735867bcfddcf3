import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Retell from 'retell-sdk';
import { verify } from 'retell-sdk/lib/webhook_auth';
import { Sandbox, accounts, retellKey, startReceiver } from './sandbox.js';

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

test('retell-sdk verifies the webhooks of a placed call and reads the call back', async () => {
  const placed = await sandbox.control('POST', '/calls', {
    from: '+12025550123',
    firstName: 'Zoë',
    lastName: 'Doe',
    slot: '2026-12-01T10:00:00-05:00',
    durationSeconds: 90,
  });
  assert.deepEqual(
    placed.deliveries.map((d) => [d.event, d.status, d.attempts]),
    [
      ['call_started', 204, 1],
      ['call_ended', 204, 1],
      ['call_analyzed', 204, 1],
    ],
  );
  const webhooks = receiver.requests.filter((request) => request.url === '/retell');
  assert.equal(webhooks.length, 3);
  for (const { body, headers } of webhooks) {
    assert.equal(await verify(body, retellKey, headers['x-retell-signature']), true);
  }
  const analyzed = JSON.parse(webhooks[2].body);
  assert.equal(analyzed.call.call_analysis.custom_analysis_data.first_name, 'Zoë');

  const client = new Retell({ apiKey: retellKey, baseURL: `${sandbox.address}/retell` });
  const call = await client.call.retrieve(placed.callId);
  assert.equal(call.call_cost.total_duration_seconds, 90);
  const page = await client.call.list({
    filter_criteria: { call_status: { type: 'enum', op: 'in', value: ['ended'] } },
  });
  assert.deepEqual(
    page.items.map((item) => item.call_id),
    [placed.callId],
  );
  assert.equal('transcript' in page.items[0], false);

  const agent = await client.agent.create({
    voice_id: '11labs-Adrian',
    response_engine: { type: 'retell-llm', llm_id: 'llm_1' },
  });
  await client.agent.update(agent.agent_id, { webhook_url: 'https://example.test/hook' });
  assert.equal((await client.agent.retrieve(agent.agent_id)).webhook_url, 'https://example.test/hook');
  assert.equal((await client.agent.list()).items.length, 2);
  const stranger = new Retell({ apiKey: 'wrong', baseURL: `${sandbox.address}/retell`, maxRetries: 0 });
  await assert.rejects(stranger.call.retrieve(placed.callId), Retell.AuthenticationError);
});

test('retell-sdk makes a version, publishes it and pins a number to it', async () => {
  const client = new Retell({ apiKey: retellKey, baseURL: `${sandbox.address}/retell`, maxRetries: 0 });
  const llm = await client.llm.create({ general_prompt: 'Zero' });
  const agent = await client.agent.create({
    voice_id: '11labs-Adrian',
    response_engine: { type: 'retell-llm', llm_id: llm.llm_id, version: 0 },
  });
  const draft = await client.agent.createVersion(agent.agent_id, { base_version: 0 });
  assert.equal(draft.version, 1);
  await client.agent.update(agent.agent_id, { version: draft.version, version_title: 'dep_1' });
  await client.llm.update(llm.llm_id, { version: draft.version, general_prompt: 'One' });
  assert.equal((await client.llm.retrieve(llm.llm_id, { version: 0 })).general_prompt, 'Zero');
  assert.equal((await client.llm.retrieve(llm.llm_id, { version: 1 })).general_prompt, 'One');
  await client.agent.publish(agent.agent_id, { version: 1, version_title: 'dep_1' });
  await assert.rejects(client.agent.publish(agent.agent_id, { version: 1 }), Retell.BadRequestError);
  const versions = await client.agent.listVersions(agent.agent_id);
  assert.deepEqual(
    versions.items.map((version) => [version.version, version.is_published, version.version_title]),
    [
      [1, true, 'dep_1'],
      [0, false, undefined],
    ],
  );
  const number = (await client.phoneNumber.list()).items[0].phone_number;
  const binding = { agent_id: agent.agent_id, agent_version: 1, weight: 1 };
  await client.phoneNumber.update(number, { inbound_agents: [binding] });
  assert.deepEqual((await client.phoneNumber.retrieve(number)).inbound_agents, [binding]);
  await assert.rejects(client.agent.deleteVersion(agent.agent_id, { version: 1 }), Retell.BadRequestError);
  await client.phoneNumber.update(number, { inbound_agents: [{ ...binding, agent_version: 0 }] });
  const flow = await client.conversationFlow.create({
    start_speaker: 'agent',
    model_choice: { type: 'cascading', model: 'gpt-4.1' },
    nodes: [],
  });
  await client.conversationFlow.update(flow.conversation_flow_id, { version: '0', global_prompt: 'One' });
  assert.equal((await client.conversationFlow.retrieve(flow.conversation_flow_id)).global_prompt, 'One');
});
