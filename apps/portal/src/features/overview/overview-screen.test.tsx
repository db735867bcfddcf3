import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { ADA, CLIENTS, GROUP, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { server } from '@/testing/server';
import { OverviewScreen } from './overview-screen';

beforeEach(() => {
  visit('/');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/dead-letters', { body: page([GROUP]) });
  server.on('GET /api/v1/runs', { body: page([RUN]) });
});

it('shows first what needs attention, with the way to it', async () => {
  show(<OverviewScreen />);
  expect(await screen.findByText('Slot unavailable: 3 runs')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Review Slot unavailable' })).toHaveAttribute(
    'href',
    '/dead-letters?reason=no_slot',
  );
  expect(await screen.findByRole('link', { name: 'Edsger Dijkstra' })).toHaveAttribute('href', `/runs/${RUN.id}`);
});

it('names a run by number or flow where the caller is unknown', async () => {
  server.on('GET /api/v1/runs', {
    body: page([
      { ...RUN, id: 'run_2', caller: { name: null, phone: '+13125551302' }, cause: null, status: 'completed' },
      { ...RUN, id: 'run_3', caller: null, cause: null, clientId: 'cli_gone' },
    ]),
  });
  visit('/?client=cli_northside');
  show(<OverviewScreen />);
  expect(await screen.findByRole('link', { name: '+1 312 555 1302' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'book-from-call 1.0.0' })).toBeVisible();
  expect(screen.getByText('cli_gone')).toBeVisible();
  await waitFor(() => expect(screen.getByText('Northside Dental')).toBeVisible());
});

it('says when there is nothing yet', async () => {
  server.on('GET /api/v1/dead-letters', { body: page([]) });
  server.on('GET /api/v1/runs', { body: page([]) });
  show(<OverviewScreen />);
  expect(await screen.findByText('Nothing needs attention')).toBeVisible();
  expect(await screen.findByText('No runs yet')).toBeVisible();
});

it('fails and refreshes each list by itself', async () => {
  server.on('GET /api/v1/dead-letters', problem(500));
  server.on('GET /api/v1/runs', problem(500));
  const { user, queries } = show(<OverviewScreen />);
  await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(2));
  server.on('GET /api/v1/dead-letters', { body: page([GROUP]) });
  server.on('GET /api/v1/runs', { body: page([RUN]) });
  for (const retry of screen.getAllByRole('button', { name: 'Try again' })) await user.click(retry);
  expect(await screen.findByText('Slot unavailable: 3 runs')).toBeVisible();
  server.on('GET /api/v1/dead-letters', problem(503));
  server.on('GET /api/v1/runs', problem(503));
  await queries.invalidateQueries();
  await waitFor(() => expect(screen.getAllByText(/Not refreshed since/)).toHaveLength(2));
  for (const retry of screen.getAllByRole('button', { name: 'Retry' })) await user.click(retry);
});
