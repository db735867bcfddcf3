import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { notify } from '@/lib/notify';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { visit, visited } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { type Me } from '@/api/queries';
import { allowed, isCurrent, NAVIGATION, scoped, type NavigationItem } from './navigation';
import { usePage } from './page';
import { roleOf } from './side-bar';
import { Shell } from './shell';

function Page() {
  usePage('Edsger Dijkstra', { title: 'Runs', href: '/' });
  return <h1>Edsger Dijkstra</h1>;
}

const start = () => {
  const user = userEvent.setup();
  render(
    <Shell>
      <Page />
    </Shell>,
  );
  return user;
};

beforeEach(() => {
  visit('/');
  visited.length = 0;
  localStorage.clear();
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/attention', { body: { counts: { dead_letters: 3 }, lines: [] } });
  server.on('GET /api/v1/runs', { body: page([RUN]) });
});

it('shows agency, person, pages and what waits', async () => {
  start();
  expect(await screen.findAllByText('Bright Agency')).not.toHaveLength(0);
  expect(screen.getByText('Ada Byron')).toBeVisible();
  expect(screen.getByText('Tenant admin')).toBeVisible();
  const links = within(screen.getAllByRole('navigation', { name: 'Main' })[0] as HTMLElement);
  await waitFor(() => expect(links.getByRole('link', { name: /Dead letters/ })).toHaveTextContent('3 waiting'));
  expect(links.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page');
  expect(within(screen.getByRole('navigation', { name: 'Breadcrumb' })).getByText('Edsger Dijkstra')).toHaveAttribute(
    'aria-current',
    'page',
  );
});

it('shows and asks only what the caller may read', async () => {
  server.on('GET /api/v1/me', { body: { ...ADA, user: null, roles: [], permissions: [] } });
  start();
  expect(await screen.findByText('usr_ada')).toBeVisible();
  expect(screen.getByText('No role')).toBeVisible();
  expect(screen.queryByRole('link', { name: /Dead letters/ })).toBeNull();
  expect(requests.map((request) => new URL(request.url).pathname)).toEqual(['/api/v1/me']);
});

it('keeps the client scope in every link', async () => {
  const user = start();
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Client' }), 'Harbor Fitness');
  expect(window.location.search).toBe('?client=cli_harbor');
  const links = screen.getAllByRole('link', { name: /Dead letters|Attention/ });
  expect(links.map((link) => link.getAttribute('href'))).toEqual(links.map(() => '/dead-letters?client=cli_harbor'));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Client' }), 'All clients');
  expect(window.location.search).toBe('');
});

it('is the page with one button for those who are not signed in', async () => {
  visit('/dead-letters?reason=no_slot');
  server.on('GET /api/v1/me', problem(401));
  start();
  expect(await screen.findByRole('link', { name: 'Sign in with Google' })).toHaveAttribute(
    'href',
    '/sign-in?to=%2Fdead-letters%3Freason%3Dno_slot',
  );
});

it('leads home after a sign-in that began there', async () => {
  server.on('GET /api/v1/me', problem(401));
  start();
  expect(await screen.findByRole('link', { name: 'Sign in with Google' })).toHaveAttribute('href', '/sign-in');
});

it('says over the page that the session ended', async () => {
  server.on('GET /api/v1/attention', problem(401));
  const user = start();
  const dialog = await screen.findByRole('dialog', { name: 'You were signed out' });
  expect(screen.getByRole('heading', { level: 1, hidden: true })).toHaveTextContent('Edsger Dijkstra');
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('tries again when it cannot say who one is', async () => {
  server.on('GET /api/v1/me', problem(403));
  const user = start();
  expect(await screen.findByRole('alert')).toHaveTextContent('your account');
  server.on('GET /api/v1/me', problem(404));
  await user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

it('shows a support session everywhere and ends it', async () => {
  server.on('GET /api/v1/me', {
    body: {
      ...ADA,
      impersonation: {
        impersonatorId: 'usr_pat',
        name: 'Pat Reyes',
        reason: 'ticket 7',
        until: '2026-11-30T11:00:00Z',
      },
    },
  });
  server.on('DELETE /api/v1/impersonations/ses_1', problem(409, 'It has ended already.'));
  const user = start();
  expect(await screen.findByText(/of Patchbay acts for Ada Byron/)).toHaveTextContent('Reason: ticket 7');
  await user.click(screen.getByRole('button', { name: 'End session' }));
  expect(await screen.findByText('It has ended already.')).toBeVisible();
});

it('switches agencies and signs out', async () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, assign, origin: window.location.origin, href: window.location.href });
  server.on('GET /api/v1/me', {
    body: { ...ADA, tenants: [...ADA.tenants, { id: 'tnt_other', name: 'Other Agency' }] },
  });
  server.on('POST /api/v1/session/tenant', { status: 204 });
  server.on('POST /sign-out', { status: 204 });
  const user = start();
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Agency' }), 'Other Agency');
  await waitFor(() => expect(assign).toHaveBeenCalledWith('/'));
  await user.click(screen.getByText('Sign out'));
  await waitFor(() => expect(assign).toHaveBeenCalledTimes(2));
  server.on('POST /sign-out', new Error('unplugged'));
  await user.click(screen.getByText('Sign out'));
  expect(await screen.findByText('The server did not answer.')).toBeVisible();
  vi.unstubAllGlobals();
});

it('goes to pages by G and a letter, never while somebody types', async () => {
  const user = start();
  await screen.findByText('Ada Byron');
  await user.keyboard('gd');
  expect(visited).toEqual(['/dead-letters']);
  await user.keyboard('gz');
  screen.getByRole('combobox', { name: 'Client' }).focus();
  await user.keyboard('gd');
  await user.keyboard('{Alt>}g{/Alt}');
  expect(visited).toEqual(['/dead-letters']);
  (document.activeElement as HTMLElement).blur();
  await user.keyboard('/');
});

it('lists the keys, and lets no letter act under the list', async () => {
  const user = start();
  await screen.findByText('Ada Byron');
  await user.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(dialog).getByText('G then D')).toBeVisible();
  await user.keyboard('gd');
  expect(visited).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  await user.click(screen.getByText('Keyboard shortcuts'));
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

it('opens the menu by its button and by Ctrl K', async () => {
  const user = start();
  await screen.findByText('Ada Byron');
  await user.keyboard('{Control>}k{/Control}');
  expect(await screen.findByRole('dialog', { name: 'Search and commands' })).toBeVisible();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: /Phone, call or run ID/ }));
  await user.click(await screen.findByText('Keyboard shortcuts', { selector: '[cmdk-item] *' }));
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

it('opens everything else from the phone’s bottom bar', async () => {
  const user = start();
  await screen.findByText('Ada Byron');
  await user.click(screen.getByRole('button', { name: 'More' }));
  const sheet = await screen.findByRole('dialog', { name: 'More' });
  expect(within(sheet).getByRole('link', { name: /Dead letters/ })).toBeVisible();
  server.on('POST /sign-out', problem(500, 'Try later.'));
  await user.click(within(sheet).getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByText('Try later.')).toBeVisible();
  await user.click(within(sheet).getByRole('button', { name: 'Keyboard shortcuts' }));
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

it('changes the theme and keeps it', async () => {
  const user = start();
  await screen.findByText('Ada Byron');
  await user.click(screen.getByRole('button', { name: 'Theme: system. Change to light' }));
  await user.click(screen.getByRole('button', { name: 'Theme: light. Change to dark' }));
  expect(localStorage.getItem('patchbay-theme')).toBe('dark');
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new Error('not allowed');
  });
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('not allowed');
  });
  await user.click(screen.getByRole('button', { name: 'Theme: dark. Change to system' }));
  expect(screen.getByRole('button', { name: 'Theme: system. Change to light' })).toBeVisible();
});

it('shows a notice for five seconds', async () => {
  start();
  await screen.findByText('Ada Byron');
  vi.useFakeTimers();
  act(() => notify({ text: 'Correlation ID copied' }));
  expect(screen.getByText('Correlation ID copied')).toBeVisible();
  act(() => vi.advanceTimersByTime(5000));
  expect(screen.queryByText('Correlation ID copied')).toBeNull();
  vi.useRealTimers();
});

it('decides by permission and address alone', () => {
  expect(allowed(undefined)).toEqual([]);
  const [via] = ADA.permissions[0]?.via ?? [];
  const permissions = ['read:flows', ...NAVIGATION.flatMap(({ needs }) => needs)].map((permission) => ({
    permission,
    via: via ? [via] : [],
  }));
  const titles = (me: Me) => allowed(me).map(({ title }) => title);
  expect(titles({ ...ADA, permissions })).toEqual([
    'Overview',
    'Calls',
    'Dead letters',
    'Call back',
    'Usage',
    'Reconciliation',
  ]);
  expect(titles({ ...ADA, permissions: permissions.slice(1, 4) })).toEqual(['Today', 'Calls', 'Call back']);
  const find = (path: string) => NAVIGATION.find(({ href }) => href === path) as NavigationItem;
  const overview = find('/');
  const dead = find('/dead-letters');
  expect(isCurrent(overview, '/dead-letters')).toBe(false);
  expect(isCurrent(dead, '/dead-letters/more')).toBe(true);
  expect(scoped('/runs?status=parked', 'cli_a')).toBe('/runs?status=parked&client=cli_a');
  expect(roleOf({ ...ADA, roles: [] })).toBe('No role');
});
