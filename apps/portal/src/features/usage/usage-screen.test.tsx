import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { CLIENTS, page, problem } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import {
  ADA_WITH_COSTS,
  CALL,
  COLLECTION,
  DETAILS,
  INVOICE,
  report,
  SUM,
  withoutCost,
  VERA,
} from '@/testing/usage-data';
import { UsageScreen } from './usage-screen';

const SUMS: Record<string, (typeof SUM)[]> = {
  day: [SUM, { ...SUM, key: '2026-10-06', calls: 1, cost: { amount: '1.005', currency: 'USD' } }],
  client: [
    { ...SUM, key: '', cost: { amount: '1.00', currency: 'USD' } },
    { ...SUM, key: 'cli_northside' },
    { ...SUM, key: 'cli_gone', cost: { amount: '2.00', currency: 'USD' } },
  ],
  agent: [
    { ...SUM, key: 'agent_front' },
    { ...SUM, key: '' },
  ],
  product: [{ ...SUM, key: 'elevenlabs_tts' }],
  release: [{ ...SUM, key: 'agent_front/2' }],
};

beforeEach(() => {
  visit('/usage?month=2026-10');
  server.on('GET /api/v1/me', { body: ADA_WITH_COSTS });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/usage/days', (request) => {
    const by = new URL(request.url).searchParams.get('by') ?? 'day';
    return { body: report(SUMS[by] ?? [], { late: 4, corrected: 2 }) };
  });
  server.on('GET /api/v1/usage/calls', { body: page([CALL]) });
  server.on('GET /api/v1/usage/calls/call_0001', { body: DETAILS });
  server.on('GET /api/v1/usage/collections', { body: page([COLLECTION]) });
  server.on('GET /api/v1/usage/provider-invoices', { body: page([INVOICE]) });
});

const asked = (path: string) => requests.filter((request) => new URL(request.url).pathname === path);

it('shows the month’s calls, time, cost and reconciliation', async () => {
  show(<UsageScreen />);
  expect(await screen.findByText('$13.35')).toBeVisible();
  expect(screen.getByText('4 late, 2 corrected')).toBeVisible();
  expect(await screen.findByRole('link', { name: '846 of 846 calls match Retell’s invoice' })).toHaveAttribute(
    'href',
    '/reconciliation?month=2026-10',
  );
  expect(screen.getByRole('link', { name: 'Export' })).toHaveAttribute(
    'href',
    '/api/v1/usage/export?from=2026-10-01&to=2026-10-31',
  );
  expect(screen.getByRole('button', { name: 'Oct 5, 3 calls, 3 min, $12.35' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Oct 7, 0 calls, 0 s' })).toBeVisible();
});

it('opens the calls of a day, and closes them', async () => {
  const { user } = show(<UsageScreen />);
  await user.click(await screen.findByRole('button', { name: /^Oct 5,/ }));
  expect(window.location.search).toBe('?month=2026-10&day=2026-10-05');
  expect(await screen.findByRole('heading', { name: 'Calls: Oct 5' })).toBeVisible();
  expect(await screen.findByText('corrected')).toBeVisible();
  expect(['Began', 'Talked'].map((head) => screen.getByText(head))).toHaveLength(2);
  expect(asked('/api/v1/usage/calls')[0]?.url).toContain('day=2026-10-05');
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  expect(window.location.search).toBe('?month=2026-10');
  await user.click(screen.getByRole('button', { name: /^Oct 5,/ }));
  await user.click(screen.getByRole('button', { name: /^Oct 5,/ }));
  expect(window.location.search).toBe('?month=2026-10');
});

it.each([
  ['client', 'Northside Dental', 'clientId=cli_northside'],
  ['client', 'No client', 'clientId='],
  ['client', 'cli_gone', 'clientId=cli_gone'],
  ['agent', 'agent_front', 'agent=agent_front'],
  ['agent', 'No agent', 'agent='],
  ['product', 'elevenlabs_tts', 'product=elevenlabs_tts'],
  ['release', 'agent_front, version 2', 'agent=agent_front%2F2'],
])('by %s, a bar of %s opens its calls', async (by, name, query) => {
  visit(`/usage?month=2026-10&by=${by}`);
  const { user } = show(<UsageScreen />);
  await user.click(await screen.findByText(name));
  await waitFor(() => expect(asked('/api/v1/usage/calls').some(({ url }) => url.includes(query))).toBe(true));
  expect(asked('/api/v1/usage/calls')[0]?.url).toContain('from=2026-10-01');
  await user.click(screen.getAllByText(name)[0] as HTMLElement);
  expect(window.location.search).toBe(`?month=2026-10&by=${by}`);
});

it('changes the breakdown and drops the bar', async () => {
  visit('/usage?month=2026-10&by=client&key=cli_northside');
  const { user } = show(<UsageScreen />);
  await user.click(await screen.findByRole('button', { name: 'Product' }));
  expect(window.location.search).toBe('?month=2026-10&by=product');
  expect(await screen.findByText('charged 3 times, 3 min')).toBeVisible();
});

it('opens a call with its reasons, records and statements', async () => {
  visit('/usage?month=2026-10&day=2026-10-05');
  const { user } = show(<UsageScreen />);
  await user.click(
    await screen.findByRole('button', { name: /Northside Dental/, description: '' }).catch(() => {
      return screen.findByText('corrected');
    }),
  );
  expect(window.location.search).toContain('call=call_0001');
  const panel = await screen.findByRole('dialog', { name: 'Call' });
  expect(await within(panel).findByText(/charged for the minimum of 10 s/)).toBeVisible();
  expect(within(panel).getByText('3 records')).toBeVisible();
  expect(within(panel).getByText('reverses 1/1')).toBeVisible();
  expect(within(panel).getByText('telephony (after the transfer)')).toBeVisible();
  expect(within(panel).getByText('agent_front, version 2')).toBeVisible();
  expect(within(panel).getByText('0.0135 USD')).toBeVisible();
  expect(within(panel).getByText('Northside Dental')).toBeVisible();
  expect(within(panel).getByText(/12:00 PM/).parentElement).toHaveTextContent(/CDT|GMT-5/);
  await user.click(within(panel).getByRole('button', { name: 'Close' }));
  expect(window.location.search).not.toContain('call=');
});

it('says that the products explain the cost of a plain call', async () => {
  server.on('GET /api/v1/usage/calls/call_0001', {
    body: {
      ...DETAILS,
      why: [],
      call: { ...CALL, agentId: null, clientId: null, price: { amount: '0.20', currency: 'USD' } },
    },
  });
  visit('/usage?month=2026-10&call=call_0001');
  show(<UsageScreen />);
  expect(await screen.findByText(/The products at their prices/)).toBeVisible();
  expect(screen.getByText('None')).toBeVisible();
  expect(within(screen.getByRole('dialog')).getByText('No client')).toBeVisible();
  expect(screen.getByText(/5:00 PM/).parentElement).toHaveTextContent('UTC');
  expect(screen.getByText('0.20 USD')).toBeVisible();
});

it('shows a client minutes and never a cost', async () => {
  server.on('GET /api/v1/me', { body: VERA });
  server.on('GET /api/v1/usage/days', (request) => {
    const by = new URL(request.url).searchParams.get('by') ?? 'day';
    return { body: report((SUMS[by] ?? []).map(withoutCost)) };
  });
  const call = withoutCost(CALL);
  server.on('GET /api/v1/usage/calls', { body: page([{ ...call, price: { amount: '0.20', currency: 'USD' } }, call]) });
  server.on('GET /api/v1/usage/calls/call_0001', { body: { call: { ...call, release: null } } });
  visit('/usage?month=2026-10&day=2026-10-05&call=call_0001');
  show(<UsageScreen />);
  expect(await screen.findByText('$0.20')).toBeVisible();
  expect(await screen.findByText('agent_front')).toBeVisible();
  expect(screen.queryByText(/Cost|cost/)).toBeNull();
  expect(screen.queryByText('Reconciliation')).toBeNull();
  expect(screen.queryByText('Collection')).toBeNull();
  expect(asked('/api/v1/usage/provider-invoices')).toHaveLength(0);
});

it('walks the months', async () => {
  const { user } = show(<UsageScreen />);
  await user.click(screen.getByRole('button', { name: 'Previous month' }));
  expect(window.location.search).toBe('?month=2026-09');
  await user.click(screen.getByRole('button', { name: 'Next month' }));
  expect(window.location.search).toBe('?month=2026-10');
  expect(await screen.findByText('Oct 2026')).toBeVisible();
});

it('keeps the client’s scope', async () => {
  visit('/usage?month=2026-10&client=cli_northside');
  server.on('GET /api/v1/usage/provider-invoices', { body: page([]) });
  show(<UsageScreen />);
  expect(await screen.findByRole('link', { name: 'Compare with the provider’s invoice' })).toHaveAttribute(
    'href',
    '/reconciliation?month=2026-10&client=cli_northside',
  );
  expect(asked('/api/v1/usage/days').every(({ url }) => url.includes('clientId=cli_northside'))).toBe(true);
});

it('says that a month is empty', async () => {
  server.on('GET /api/v1/usage/days', { body: report([]) });
  visit('/usage?month=2026-10&by=agent&key=');
  server.on('GET /api/v1/usage/calls', { body: page([]) });
  show(<UsageScreen />);
  await waitFor(() => expect(screen.getAllByText('No usage in this month')).toHaveLength(2));
  expect(await screen.findByText('No calls')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Calls: no client' })).toBeVisible();
});

it('says what failed, and tries again', async () => {
  visit('/usage?month=2026-10&day=2026-10-05&call=call_0001');
  for (const path of ['days', 'calls', 'calls/call_0001', 'collections']) {
    server.on(`GET /api/v1/usage/${path}`, problem(500));
  }
  const { user } = show(<UsageScreen />);
  for (const what of ['usage', 'calls', 'call', 'collections']) {
    expect(await screen.findByText(`Couldn’t load ${what}`)).toBeInTheDocument();
  }
  server.on('GET /api/v1/usage/days', { body: report(SUMS.day ?? []) });
  server.on('GET /api/v1/usage/calls', { body: page([CALL]) });
  server.on('GET /api/v1/usage/calls/call_0001', { body: DETAILS });
  server.on('GET /api/v1/usage/collections', { body: page([]) });
  for (const retry of screen.getAllByRole('button', { name: 'Try again', hidden: true })) await user.click(retry);
  expect(await screen.findByText('Nothing to collect from')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByText(/Couldn’t load/)).toBeNull());
});

it('keeps what it has when it cannot refresh', async () => {
  visit('/usage?month=2026-10&day=2026-10-05');
  const { queries, user } = show(<UsageScreen />);
  await screen.findByText('corrected');
  await screen.findByText('Northside Dental', { selector: '.truncate' }).catch(() => null);
  server.on('GET /api/v1/usage/days', problem(503));
  server.on('GET /api/v1/usage/calls', problem(503));
  await queries.invalidateQueries();
  await waitFor(() => expect(screen.getAllByText(/Not refreshed since/)).toHaveLength(3));
  server.on('GET /api/v1/usage/days', { body: report(SUMS.day ?? []) });
  server.on('GET /api/v1/usage/calls', { body: page([CALL]) });
  for (const retry of screen.getAllByRole('button', { name: 'Retry' })) await user.click(retry);
  await waitFor(() => expect(screen.queryByText(/Not refreshed since/)).toBeNull());
});

it('says that the breakdown failed', async () => {
  server.on('GET /api/v1/usage/days', (request) =>
    request.url.includes('by=client') ? problem(500) : { body: report(SUMS.day ?? []) },
  );
  const { user } = show(<UsageScreen />);
  expect(await screen.findByText('Couldn’t load the breakdown')).toBeVisible();
  server.on('GET /api/v1/usage/days', { body: report(SUMS.client ?? []) });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('No client')).toBeVisible();
});

it('loads the next calls by their cursor', async () => {
  visit('/usage?month=2026-10&day=2026-10-05');
  server.on('GET /api/v1/usage/calls', (request) =>
    request.url.includes('after=')
      ? { body: page([{ ...CALL, callId: 'call_0002', clientId: null, revisions: 1 }]) }
      : { body: page([CALL], 'cursor') },
  );
  const { user } = show(<UsageScreen />);
  await user.click(await screen.findByRole('button', { name: 'Load more' }));
  expect((await screen.findAllByText('No client')).length).toBeGreaterThan(1);
});
