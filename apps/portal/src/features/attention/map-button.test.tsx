import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { onNotice } from '@/lib/notify';
import { ADA, CLIENTS, page, problem } from '@/testing/data';
import { LINE } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { MapButton } from './map-button';
import type { AttentionLine } from './queries';

const AGENT: AttentionLine = {
  ...LINE,
  kind: 'unattributed',
  title: 'The agent agent_x belongs to no client',
  detail: 'Its events wait until it is mapped.',
  action: {
    operation: 'map',
    method: 'PUT',
    path: '/ingress/routes',
    body: { connectionId: 'con_retell', kind: 'agent', externalId: 'agent_x' },
  },
};
const permissions = ['read:clients', 'operate:ingress'].map((permission) => ({ permission, via: [] }));

beforeEach(() => {
  visit('/');
  server.on('GET /api/v1/me', { body: { ...ADA, permissions } });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
});

it('maps an agent to a client, and says why it could not', async () => {
  server.on('PUT /api/v1/ingress/routes', problem(409, 'The agent has just been mapped.'));
  const said: string[] = [];
  const stop = onNotice(({ text }) => said.push(text));
  const { user } = show(<MapButton line={AGENT} />);
  await user.click(await screen.findByRole('button', { name: /^Map The agent/ }));
  expect(screen.getByRole('button', { name: 'Map' })).toBeDisabled();
  await screen.findByRole('option', { name: 'Harbor Fitness' });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Client' }), 'Harbor Fitness');
  await user.click(screen.getByRole('button', { name: 'Map' }));
  expect(await screen.findByText('The agent has just been mapped.')).toBeVisible();
  server.on('PUT /api/v1/ingress/routes', { body: {} });
  await user.click(screen.getByRole('button', { name: 'Map' }));
  await waitFor(() => expect(said).toEqual(['Mapped: the events that waited are handed over']));
  const sent = requests.findLast(({ method }) => method === 'PUT');
  expect(await sent?.json()).toEqual({
    clientId: 'cli_harbor',
    connectionId: 'con_retell',
    kind: 'agent',
    externalId: 'agent_x',
  });
  expect(screen.queryByRole('dialog')).toBeNull();
  stop();
});

it('is absent for those who may not map', async () => {
  server.on('GET /api/v1/me', { body: { ...ADA, permissions: [] } });
  const { container } = show(<MapButton line={AGENT} />);
  await waitFor(() => expect(requests).not.toHaveLength(0));
  expect(container).toBeEmptyDOMElement();
});
