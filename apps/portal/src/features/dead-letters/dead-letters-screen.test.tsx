import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { ADA, CLIENTS, GROUP, page, problem, RUN } from '@/testing/data';
import { NORA } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { DeadLettersScreen } from './dead-letters-screen';

const DOWN = { ...GROUP, reason: 'provider_down', runs: 6, latest: 'Google Calendar returned 500.' } as const;

beforeEach(() => {
  visit('/dead-letters');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/dead-letters', { body: page([DOWN, GROUP]) });
  server.on('GET /api/v1/runs', { body: page([RUN]) });
});

it('shows the reasons, and why and which runs of the largest', async () => {
  show(<DeadLettersScreen />);
  const heading = await screen.findByRole('heading', { level: 2, name: '6 runs: provider unavailable' });
  expect(heading).toBeVisible();
  expect(screen.getByRole('button', { name: /Provider unavailable/ })).toHaveAttribute('aria-pressed', 'true');
  const table = await screen.findByRole('table');
  expect(await within(table).findByText('Northside Dental')).toBeVisible();
  expect(within(table).getByRole('link', { name: 'Edsger Dijkstra' })).toHaveAttribute('href', `/runs/${RUN.id}`);
  expect(document.title).toBe('Dead letters – Patchbay');
});

it('keeps the reason in the address', async () => {
  const { user } = show(<DeadLettersScreen />);
  await user.click(await screen.findByRole('button', { name: /Slot unavailable/ }));
  expect(window.location.search).toBe('?reason=no_slot');
  expect(await screen.findByRole('heading', { name: '3 runs: slot unavailable' })).toBeVisible();
  await waitFor(() => expect(requests.some((request) => request.url.includes('reason=no_slot'))).toBe(true));
});

it('walks the rows with J and K', async () => {
  server.on('GET /api/v1/runs', {
    body: page([RUN, { ...RUN, id: 'run_2', caller: { name: 'Grace Hopper', phone: null } }]),
  });
  const { user } = show(<DeadLettersScreen />);
  const first = within(await screen.findByRole('table')).getByRole('link', { name: 'Edsger Dijkstra' });
  first.focus();
  await user.keyboard('jj');
  expect(within(screen.getByRole('table')).getByRole('link', { name: 'Grace Hopper' })).toHaveFocus();
  await user.keyboard('kx');
  expect(first).toHaveFocus();
});

it('loads the next page by its cursor', async () => {
  server.on('GET /api/v1/runs', (request) =>
    request.url.includes('after=run_1')
      ? { body: page([{ ...RUN, id: 'run_0', caller: { name: 'Grace Hopper', phone: null } }]) }
      : { body: page([RUN], 'run_1') },
  );
  const { user } = show(<DeadLettersScreen />);
  await user.click(await screen.findByRole('button', { name: 'Load more' }));
  expect((await screen.findAllByText('Grace Hopper')).length).toBeGreaterThan(0);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull());
});

it('asks for the scoped client only, and offers to leave the scope', async () => {
  visit('/dead-letters?client=cli_harbor');
  server.on('GET /api/v1/dead-letters', { body: page([]) });
  const { user } = show(<DeadLettersScreen />);
  expect(await screen.findByText('No run of this client needs a decision')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(window.location.search).toBe('');
});

it('keeps the scope in the links and shows its zone', async () => {
  visit('/dead-letters?client=cli_northside');
  show(<DeadLettersScreen />);
  const table = await screen.findByRole('table');
  expect(within(table).getByRole('link', { name: 'Edsger Dijkstra' })).toHaveAttribute(
    'href',
    `/runs/${RUN.id}?client=cli_northside`,
  );
  expect(requests.filter((request) => request.url.includes('client=cli_northside')).length).toBeGreaterThan(1);
});

it('says that nothing waits', async () => {
  server.on('GET /api/v1/dead-letters', { body: page([]) });
  show(<DeadLettersScreen />);
  expect(await screen.findByText('Nothing needs a decision')).toBeVisible();
});

it('says what failed, and tries again', async () => {
  server.on('GET /api/v1/dead-letters', problem(500));
  const { user } = show(<DeadLettersScreen />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Couldn’t load dead letters');
  server.on('GET /api/v1/dead-letters', { body: page([GROUP]) });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: '3 runs: slot unavailable' })).toBeVisible();
});

it('says which runs failed to load, and that they have gone', async () => {
  server.on('GET /api/v1/runs', problem(500));
  const { user } = show(<DeadLettersScreen />);
  expect(await screen.findByText('Couldn’t load runs')).toBeVisible();
  server.on('GET /api/v1/runs', { body: page([]) });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('These runs have just continued')).toBeVisible();
});

it('keeps what it has when it cannot refresh', async () => {
  const { queries, user } = show(<DeadLettersScreen />);
  await screen.findByRole('table');
  server.on('GET /api/v1/dead-letters', problem(503));
  server.on('GET /api/v1/runs', problem(503));
  await queries.invalidateQueries();
  await waitFor(() => expect(screen.getAllByText(/Not refreshed since/)).toHaveLength(2));
  expect(screen.getByRole('table')).toBeVisible();
  server.on('GET /api/v1/dead-letters', { body: page([GROUP]) });
  server.on('GET /api/v1/runs', { body: page([RUN]) });
  for (const retry of screen.getAllByRole('button', { name: 'Retry' })) await user.click(retry);
  await waitFor(() => expect(screen.queryByText(/Not refreshed since/)).toBeNull());
});

it('is for the agency’s people, and asks nothing for a client’s', async () => {
  server.on('GET /api/v1/me', { body: NORA });
  show(<DeadLettersScreen />);
  expect(await screen.findByText('This page is for your agency’s people')).toBeVisible();
  expect(requests.some(({ url }) => url.includes('dead-letters'))).toBe(false);
});
