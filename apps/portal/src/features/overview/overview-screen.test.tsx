import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ADA, CLIENTS, page, problem } from '@/testing/data';
import { FIGURES, LINE, NORA, SUMS } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { HomeScreen } from './home-screen';
import { OverviewScreen } from './overview-screen';

const lines = [
  LINE,
  {
    ...LINE,
    kind: 'dead_letters',
    severity: 'bad',
    title: '6 runs stopped',
    detail: 'The provider did not answer.',
    since: '2026-11-30T04:00:00Z',
    action: {
      operation: 'replay',
      method: 'POST',
      path: '/runs/replays?preview=true',
      body: { reason: 'provider_down' },
    },
  },
  {
    ...LINE,
    kind: 'dead_letters',
    title: '1 run stopped',
    action: { operation: 'replay', method: 'POST', path: '/runs/replays?preview=true', body: {} },
  },
  {
    ...LINE,
    kind: 'question',
    title: 'Decisions are due',
    count: 1,
    action: { operation: 'review', method: 'GET', path: '/calls?outcome=needs_person', body: {} },
  },
  {
    ...LINE,
    kind: 'unattributed',
    title: 'The agent agent_x belongs to no client',
    detail: null,
    action: { operation: 'map', method: 'PUT', path: '/ingress/routes', body: { kind: 'agent' } },
  },
  {
    ...LINE,
    kind: 'connection_unhealthy',
    title: 'Texts: the credentials were rejected',
    action: { operation: 'reconnect', method: 'GET', path: '/connections/con_twilio', body: {} },
  },
];

const outcomes = (by: string) =>
  requests
    .map(({ url }) => new URL(url).searchParams)
    .filter((query) => query.get('by') === by)
    .at(-1)
    ?.toString();

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-30T12:00:00Z'), toFake: ['Date'] });
  visit('/');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/attention', { body: { counts: {}, lines } });
  server.on('GET /api/v1/insights/outcomes', (request) => {
    const day = new URL(request.url).searchParams.get('by') === 'day';
    const sums = { ...SUMS, calls: 66, booked: 45 };
    return {
      body: {
        ...FIGURES,
        oldestWorking: '2026-11-30T11:56:00Z',
        rows: [{ key: day ? '2026-11-29' : 'cli_harbor', sums: day ? SUMS : sums }],
      },
    };
  });
});
afterEach(() => vi.useRealTimers());

it('shows five figures against the days before', async () => {
  show(<HomeScreen />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  expect(await screen.findByText('191 in the 7 days before')).toBeVisible();
  const main = document.body;
  expect(main).toHaveTextContent('Calls214↑ up 12%');
  expect(main).toHaveTextContent('Booked131↑ up 4%');
  expect(main).toHaveTextContent('Booking rate61.2%↓ down 4.8 pt84.5% of booking requests');
  expect(main).toHaveTextContent('Not booked24↑ up 9');
  expect(main).toHaveTextContent('Oldest in progress4 min');
  await waitFor(() => expect(outcomes('client')).toBe('from=2026-11-24&to=2026-11-30&by=client'));
});

it('shows each day as a link to its calls', async () => {
  show(<OverviewScreen />);
  const day = await screen.findByRole('link', {
    name: 'Nov 29, all calls: 214, Booked: 131, Not booked: 24, Other: 59',
  });
  expect(day).toHaveAttribute('href', '/calls?from=2026-11-29&to=2026-11-29');
  expect(within(screen.getByRole('group', { name: 'Calls by day and outcome' })).getAllByRole('link')).toHaveLength(14);
  expect(outcomes('day')).toBe('from=2026-11-17&to=2026-11-30&by=day');
});

it('changes the period through the address', async () => {
  const { user } = show(<OverviewScreen />);
  await user.click(await screen.findByRole('button', { name: '30 days' }));
  expect(window.location.search).toBe('?from=30d');
  await waitFor(() => expect(outcomes('day')).toBe('from=2026-11-01&to=2026-11-30&by=day'));
  await user.click(screen.getByRole('button', { name: 'Today' }));
  expect(await screen.findByText('191 in the day before')).toBeVisible();
  await user.click(screen.getByRole('button', { name: '7 days' }));
  expect(window.location.search).toBe('');
});

it('shows what needs a person with the action that mends it', async () => {
  const { user } = show(<OverviewScreen />);
  const card = within(await screen.findByRole('region', { name: 'Needs attention' }));
  expect(await card.findByRole('link', { name: /^Call back Callers to call back: 3/ })).toHaveAttribute(
    'href',
    '/callbacks',
  );
  expect(card.getByRole('link', { name: /^Review Provider unavailable: 6 runs stopped/ })).toHaveAttribute(
    'href',
    '/dead-letters?reason=provider_down',
  );
  expect(card.getByRole('link', { name: /^Decide Decisions are due: 1/ })).toHaveAttribute(
    'href',
    '/calls?outcome=needs_person&from=all',
  );
  expect(card.getByText(/The provider did not answer\. Since/)).toBeVisible();
  expect(card.getByText('The agent agent_x belongs to no client')).toBeVisible();
  await user.click(card.getByRole('button', { name: /^Connect Texts/ }));
  expect(await screen.findByRole('dialog', { name: 'Connect the account again' })).toHaveTextContent(
    'Ask an administrator',
  );
});

it('shows each client, those with the most calls first', async () => {
  show(<OverviewScreen />);
  const rows = within(await screen.findByRole('table', { name: /^Clients/ })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('Harbor FitnessEurope/Berlin664568.2%');
  expect(rows[2]).toHaveTextContent('Northside DentalAmerica/Chicago00–');
  expect(within(rows[1] as HTMLElement).getByRole('link')).toHaveAttribute('href', '/calls?from=7d&client=cli_harbor');
});

it('keeps to the chosen client, whose day counts', async () => {
  visit('/?client=cli_harbor&connected=con_google');
  server.on('GET /api/v1/insights/outcomes', { body: { ...FIGURES, total: { ...SUMS, needsPerson: 2, calls: 0 } } });
  show(<OverviewScreen />);
  expect(await screen.findByText('nothing is in progress')).toBeVisible();
  expect(await screen.findByText('No calls in these days')).toBeVisible();
  expect(screen.getByText('Action needed')).toBeVisible();
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByRole('link', { name: 'Replay what stopped' })).toHaveAttribute(
    'href',
    '/dead-letters?reason=auth_expired&client=cli_harbor',
  );
});

it('says when nothing needs a person, and fails each part by itself', async () => {
  server.on('GET /api/v1/attention', { body: { counts: {}, lines: [] } });
  server.on('GET /api/v1/insights/outcomes', problem(500));
  show(<OverviewScreen />);
  expect(await screen.findByText('Nothing needs attention')).toBeVisible();
  await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(2));
});

it('is the page of today for a client’s people', async () => {
  server.on('GET /api/v1/me', { body: NORA });
  server.on('GET /api/v1/calls', { body: page([]) });
  show(<HomeScreen />);
  expect(screen.getByRole('heading', { level: 1, name: 'Welcome' })).toBeVisible();
  expect(await screen.findByRole('heading', { level: 1, name: /^Good .*, Nora$/ })).toBeVisible();
});
