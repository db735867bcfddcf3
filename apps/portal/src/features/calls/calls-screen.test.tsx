import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, CLIENTS, page, problem } from '@/testing/data';
import { BOOKED_VIEW, COUNTS, NORA, VIEW } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit, visited } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { CallsScreen } from './calls-screen';

const asked = (path: string) =>
  requests.map((request) => new URL(request.url)).filter(({ pathname }) => pathname === path);
const lastQuery = (path = '/api/v1/calls') => asked(path).at(-1)?.searchParams.toString();

beforeEach(() => {
  visit('/calls?from=all');
  visited.length = 0;
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/flows', { body: page([{ id: 'flw_1', name: 'book-from-call' }]) });
  server.on('GET /api/v1/calls/counts', { body: COUNTS });
  server.on('GET /api/v1/calls', { body: page([VIEW, BOOKED_VIEW]) });
});

describe('the list of calls', () => {
  it('shows each call by day with its outcome, and leads to its page', async () => {
    show(<CallsScreen />);
    const table = await screen.findByRole('table', { name: 'Calls, the newest first' });
    const link = within(table).getByRole('link', { name: 'Edsger Dijkstra' });
    expect(link).toHaveAttribute('href', '/calls/call_1?list=from%3Dall');
    const row = link.closest('tr') as HTMLElement;
    expect(row).toHaveTextContent('Not booked');
    expect(row).toHaveTextContent('Wed, Dec 2, 9:00 AM');
    expect(within(row).getByTitle('In Google Calendar, Wed, Dec 2, 9:00 AM is taken.')).toHaveTextContent(
      'Slot unavailable',
    );
    expect(row).toHaveTextContent('1:33');
    expect(within(table).getAllByText(/^(Sun|Mon), Nov (29|30) · /)).toHaveLength(2);
    expect(await within(table).findByRole('columnheader', { name: 'Client' })).toBeVisible();
  });

  it('counts the calls of each tab, and keeps the other filters in its address', async () => {
    visit('/calls?from=30d&outcome=booked&reason=no_slot');
    show(<CallsScreen />);
    const tabs = within(await screen.findByRole('navigation', { name: 'Views' }));
    expect(await tabs.findByRole('link', { name: 'All 214' })).toHaveAttribute(
      'href',
      '/calls?from=30d&reason=no_slot',
    );
    expect(tabs.getByRole('link', { name: 'Action needed 15' })).toHaveAttribute(
      'href',
      '/calls?from=30d&reason=no_slot&needsPerson=true',
    );
    expect(tabs.getByRole('link', { name: 'Booked 131' })).toHaveAttribute('aria-current', 'page');
    expect(lastQuery('/api/v1/calls/counts')).not.toContain('outcome');
  });

  it('marks only those counts as capped that are', async () => {
    const by = { ...COUNTS.by, booked: 1000 };
    server.on('GET /api/v1/calls/counts', { body: { ...COUNTS, by, capped: true } });
    show(<CallsScreen />);
    expect(await screen.findByRole('link', { name: 'Booked 1,000+' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'All 1,083+' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Not booked 24' })).toBeVisible();
  });

  it('filters by search, period, client, reason and flow through the address', async () => {
    const { user } = show(<CallsScreen />);
    await screen.findByRole('table');
    await user.type(screen.getByRole('searchbox'), 'Ada{Enter}');
    await waitFor(() => expect(lastQuery()).toBe('limit=50&q=Ada'));
    await user.selectOptions(await screen.findByRole('combobox', { name: /Reason/ }), 'Slot unavailable');
    await user.selectOptions(await screen.findByRole('combobox', { name: /Flow/ }), 'book-from-call');
    await user.selectOptions(await screen.findByRole('combobox', { name: /Client/ }), 'Harbor Fitness');
    await waitFor(() =>
      expect(lastQuery()).toBe('limit=50&q=Ada&client=cli_harbor&reason=no_slot&flow=book-from-call'),
    );
    expect(screen.queryByRole('columnheader', { name: 'Client' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Remove the filter Reason' }));
    await user.selectOptions(screen.getByRole('combobox', { name: /Date/ }), 'Last 30 days');
    await waitFor(() => expect(window.location.search).toContain('from=30d'));
    expect(window.location.search).not.toContain('reason');
    await user.clear(screen.getByRole('searchbox'));
    await waitFor(() => expect(window.location.search).not.toContain('q='));
    await user.click(screen.getByRole('button', { name: 'Remove the filter Date' }));
    await waitFor(() => expect(window.location.search).toContain('from=all'));
  });

  it('shows filters that no tab offers, and takes them away', async () => {
    visit('/calls?callBack=true&from=2026-11-29&to=2026-11-29');
    const { user } = show(<CallsScreen />);
    expect(await screen.findAllByText('Nov 29')).not.toHaveLength(0);
    await user.click(await screen.findByRole('button', { name: 'Remove the filter Call back' }));
    visit('/calls?outcome=working&from=all');
    await user.click(await screen.findByRole('button', { name: 'Remove the filter Outcome' }));
    await waitFor(() => expect(window.location.search).toBe('?from=all'));
  });

  it('loads further pages where the list goes on', async () => {
    server.on('GET /api/v1/calls', (request) =>
      new URL(request.url).searchParams.get('after') === 'cursor'
        ? { body: page([BOOKED_VIEW]) }
        : { body: page([VIEW], 'cursor') },
    );
    const { user } = show(<CallsScreen />);
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByRole('link', { name: '+493055510260' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('is walked by J and K', async () => {
    const { user } = show(<CallsScreen />);
    await screen.findByRole('table');
    await user.keyboard('j');
    expect(screen.getByRole('link', { name: 'Edsger Dijkstra' })).toHaveFocus();
    await user.keyboard('j');
    expect(screen.getByRole('link', { name: '+493055510260' })).toHaveFocus();
    await user.keyboard('k');
    expect(screen.getByRole('link', { name: 'Edsger Dijkstra' })).toHaveFocus();
  });

  it('warns of what was left undone although the call is booked', async () => {
    const left = { ...BOOKED_VIEW, left: ['messaging.sendSms'], reason: 'opted_out' };
    server.on('GET /api/v1/calls', { body: page([left]) });
    show(<CallsScreen />);
    expect(await screen.findByText('No confirmation text sent: opted out')).toBeVisible();
  });

  it('leaves letters alone while somebody types or a key is held', async () => {
    const { user } = show(<CallsScreen />);
    await screen.findByRole('table');
    await user.type(screen.getByRole('searchbox'), 'jk');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    screen.getByRole('searchbox').blur();
    await user.keyboard('{Control>}j{/Control}{Meta>}j{/Meta}{Alt>}j{/Alt}x');
    expect(document.body).toHaveFocus();
  });

  it('names the filter that nothing matches, and clears it', async () => {
    server.on('GET /api/v1/calls', { body: page([]) });
    visit('/calls?q=Ada');
    const { user } = show(<CallsScreen />);
    expect(await screen.findByText('No call with “Ada” (last 7 days)')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('No calls yet')).toBeVisible();
    expect(window.location.search).toBe('?from=all');
  });

  it('says that it could not be loaded, and that it is stale', async () => {
    server.on('GET /api/v1/calls', problem(500));
    const { user, queries } = show(<CallsScreen />);
    expect(await screen.findByRole('alert')).toHaveTextContent('Couldn’t load calls');
    server.on('GET /api/v1/calls', { body: page([VIEW]) });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table')).toBeVisible();
    server.on('GET /api/v1/calls', problem(503));
    await queries.invalidateQueries({ queryKey: ['calls', 'list'] });
    expect(await screen.findByText(/Not refreshed since/)).toBeVisible();
    expect(screen.getByRole('table')).toBeVisible();
  });

  it('offers a client’s people neither reasons nor flows, and asks for none', async () => {
    server.on('GET /api/v1/me', { body: NORA });
    server.on('GET /api/v1/clients', { body: page(CLIENTS.slice(0, 1)) });
    server.on('GET /api/v1/calls', {
      body: page([{ ...VIEW, run: null, reason: 'other', sentence: 'Please call back.' }]),
    });
    const { container } = show(<CallsScreen />);
    expect(await screen.findByRole('table')).toBeVisible();
    expect(screen.queryByRole('combobox', { name: /Reason|Flow|Client/ })).toBeNull();
    expect(asked('/api/v1/flows')).toEqual([]);
    expect(container.textContent).not.toMatch(/run_|cor_|call_1|cli_|parked|Google|\{|undefined|NaN/i);
  });
});
