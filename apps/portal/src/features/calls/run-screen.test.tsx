import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CONTACT, DETAIL, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { RunScreen } from './run-screen';

const RUN_ROUTE = `GET /api/v1/runs/${RUN.id}`;

beforeEach(() => {
  visit('/calls/call_1');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', { body: TIMELINE });
  server.on(RUN_ROUTE, { body: DETAIL });
});

describe('a run', () => {
  beforeEach(() => visit(`/runs/${RUN.id}`));

  it('shows the call that started it', async () => {
    show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' })).toBeVisible();
    expect(await screen.findByText('Not booked')).toBeVisible();
  });

  it('without a call, a client or the right to read events is shown by its flow', async () => {
    const via = (ADA.permissions[0] as (typeof ADA.permissions)[number]).via;
    server.on('GET /api/v1/me', { body: { ...ADA, permissions: [{ permission: 'read:flows', via }] } });
    const completed = { ...DETAIL, input: null, cause: null, status: 'completed', steps: [CONTACT], calls: [] };
    server.on(RUN_ROUTE, { body: completed });
    show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 1, name: 'book-from-call 1.0.0' })).toBeVisible();
    expect(screen.getAllByText('Completed')[0]).toBeVisible();
    expect(requests.some((request) => request.url.includes('/timeline'))).toBe(false);
    expect(screen.queryByRole('region', { name: 'The call' })).toBeNull();
  });

  it('that does not exist is said to be missing; one that cannot be refreshed stays', async () => {
    server.on(RUN_ROUTE, problem(404));
    const first = show(<RunScreen />);
    expect(await screen.findByText('There is no such run')).toBeVisible();
    first.unmount();
    server.on(RUN_ROUTE, problem(500));
    const { user, queries } = show(<RunScreen />);
    await screen.findByText('Couldn’t load run');
    server.on(RUN_ROUTE, { body: DETAIL });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' });
    server.on(RUN_ROUTE, problem(503));
    await queries.invalidateQueries({ queryKey: ['run'] });
    await user.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(screen.getByRole('heading', { level: 1 })).toBeVisible();
  });
});
