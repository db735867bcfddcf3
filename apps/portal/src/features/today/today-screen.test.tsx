import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CLIENTS, page, problem } from '@/testing/data';
import { BOOKED_VIEW, FIGURES, LINE, NORA, SUMS, VIEW } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { TodayScreen } from './today-screen';

/** Sets the clock without its timers, on which the queries depend. */
const at = (time: string) => vi.useFakeTimers({ now: new Date(time), toFake: ['Date'] });

beforeEach(() => {
  at('2026-11-30T15:07:25Z');
  visit('/');
  server.on('GET /api/v1/me', { body: NORA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS.slice(0, 1)) });
  server.on('GET /api/v1/attention', { body: { counts: { call_backs: 1 }, lines: [LINE] } });
  server.on('GET /api/v1/insights/outcomes', {
    body: { ...FIGURES, rows: [{ key: '2026-11-30', sums: { ...SUMS, calls: 9, booked: 6 } }] },
  });
  server.on('GET /api/v1/calls', (request) =>
    request.url.includes('callBack')
      ? { body: page([{ ...VIEW, sentence: 'Please call back.' }]) }
      : { body: page([BOOKED_VIEW, { ...VIEW, callId: 'call_3', sentence: 'Please call back.' }]) },
  );
});
afterEach(() => vi.useRealTimers());

it('greets, and shows the day of the client with whom to call back first', async () => {
  const { container } = show(<TodayScreen />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Good morning, Nora' })).toBeVisible();
  expect(await screen.findByText('Mon, Nov 30 · your agent has answered 9 calls today')).toBeVisible();
  expect(await screen.findByText('131 in 7 days')).toBeVisible();
  expect(await screen.findByText('oldest 10 h')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Done: Edsger Dijkstra' })).toBeVisible();
  const latest = within(screen.getByRole('region', { name: 'Latest calls' }));
  const booked = (await latest.findByRole('link', { name: '+493055510260' })).closest('li');
  expect(booked).toHaveTextContent('Sun, Nov 29, 11:00 AM · Thu, Dec 3, 10:00 AM');
  expect(latest.getByRole('link', { name: 'All calls' })).toHaveAttribute('href', '/calls');
  expect(container.textContent).not.toMatch(/run_|cor_|call_1|cli_|parked|Google|\{|undefined|NaN/i);
  const figures = requests.find(({ url }) => url.includes('outcomes'));
  expect(new URL(figures?.url ?? '').search).toBe('?from=2026-11-24&to=2026-11-30&by=day');
});

it('says what is not there yet', async () => {
  at('2026-11-30T19:00:00Z');
  server.on('GET /api/v1/me', { body: { ...NORA, user: null } });
  server.on('GET /api/v1/attention', problem(503));
  server.on('GET /api/v1/insights/outcomes', { body: { ...FIGURES, total: { ...SUMS, booked: 0 } } });
  server.on('GET /api/v1/calls', { body: page([]) });
  show(<TodayScreen />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Good afternoon' })).toBeVisible();
  expect(await screen.findByText('No calls yet')).toBeVisible();
  expect(await screen.findByText('Nobody waits for a call back')).toBeVisible();
  expect(await screen.findByText(/has answered 0 calls today/)).toBeVisible();
  expect(screen.getByText('in all')).toBeVisible();
});

it('keeps to the chosen client and greets in its evening', async () => {
  at('2026-11-30T19:00:00Z');
  visit('/?client=cli_harbor');
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  show(<TodayScreen />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Good evening, Nora' })).toBeVisible();
  expect(await screen.findByRole('link', { name: 'All calls' })).toHaveAttribute('href', '/calls?client=cli_harbor');
  await screen.findByText('oldest 14 h');
  const asked = requests.map(({ url }) => new URL(url)).filter(({ pathname }) => /calls|outcomes/.test(pathname));
  expect(asked.map(({ searchParams }) => searchParams.get('client'))).toEqual(asked.map(() => 'cli_harbor'));
});
