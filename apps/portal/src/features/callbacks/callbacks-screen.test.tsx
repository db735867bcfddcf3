import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { onNotice } from '@/lib/notify';
import { ADA, CLIENTS, page, problem } from '@/testing/data';
import { BOOKED_VIEW, LINE, NORA, VIEW } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { CallbacksScreen } from './callbacks-screen';

const changes = () => requests.filter(({ method }) => method === 'POST' || method === 'DELETE');
const hows = () => Promise.all(changes().map(async (request) => (request.body ? (await request.json()).how : null)));

beforeEach(() => {
  visit('/callbacks');
  server.on('GET /api/v1/me', { body: NORA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS.slice(0, 1)) });
  server.on('GET /api/v1/attention', { body: { counts: { call_backs: 2 }, lines: [LINE] } });
  server.on('GET /api/v1/calls', {
    body: page([
      { ...VIEW, sentence: 'Please call back.' },
      { ...BOOKED_VIEW, from: null, requested: null, booked: null },
    ]),
  });
  server.on('POST /api/v1/calls/call_1/handled', { status: 204 });
  server.on('DELETE /api/v1/calls/call_1/handled', { status: 204 });
});

it('lists whom to call back, with the number to dial', async () => {
  const { container } = show(<CallbacksScreen />);
  const list = await screen.findByRole('region', { name: 'Callers to call back' });
  expect(await within(list).findByText('2')).toBeVisible();
  expect(list).toHaveTextContent('Requested Wed, Dec 2, 9:00 AM. Please call back.');
  expect(list).toHaveTextContent('Called Sun, Nov 29, 10:27 PM · +1 312 555 1302');
  expect(within(list).getByRole('link', { name: 'Call Edsger Dijkstra' })).toHaveAttribute('href', 'tel:+13125551302');
  expect(within(list).getByRole('link', { name: 'Edsger Dijkstra' })).toHaveAttribute(
    'href',
    '/calls/call_1?list=callBack%3Dtrue%26from%3Dall',
  );
  expect(container.textContent).not.toMatch(/run_|cor_|call_1|cli_|parked|Google|\{|undefined|NaN/i);
});

it('marks a call as done in one click, says how, and takes it back', async () => {
  const { user } = show(<CallbacksScreen />);
  await user.click(await screen.findByRole('button', { name: 'Done: Edsger Dijkstra' }));
  server.on('GET /api/v1/calls', { body: page([BOOKED_VIEW]) });
  const row = (await screen.findByRole('link', { name: 'Edsger Dijkstra' })).closest('li') as HTMLElement;
  expect(await within(row).findByRole('button', { name: 'Called back' })).toHaveAttribute('aria-pressed', 'true');
  await user.click(within(row).getByRole('button', { name: 'Booked by hand' }));
  await waitFor(() =>
    expect(within(row).getByRole('button', { name: 'Booked by hand' })).toHaveAttribute('aria-pressed', 'true'),
  );
  server.on('GET /api/v1/calls', { body: page([VIEW, BOOKED_VIEW]) });
  await user.click(within(row).getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Done: Edsger Dijkstra' })).toBeVisible();
  expect(await hows()).toEqual(['called_back', 'booked_by_hand', null]);
});

it('says that the mark did not work, and leaves the call in the list', async () => {
  server.on('POST /api/v1/calls/call_1/handled', problem(503, 'The database is away.'));
  const said: string[] = [];
  const stop = onNotice(({ text }) => said.push(text));
  const { user } = show(<CallbacksScreen />);
  await user.click(await screen.findByRole('button', { name: 'Done: Edsger Dijkstra' }));
  await waitFor(() => expect(said).toEqual(['The database is away.']));
  expect(screen.getByRole('button', { name: 'Done: Edsger Dijkstra' })).toBeEnabled();
  stop();
});

it('offers no mark to those who may only read', async () => {
  server.on('GET /api/v1/me', {
    body: { ...NORA, permissions: NORA.permissions.filter(({ permission }) => permission !== 'run:flows') },
  });
  show(<CallbacksScreen />);
  expect(await screen.findByRole('link', { name: 'Call Edsger Dijkstra' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Done/ })).toBeNull();
});

it('says when nobody waits, in the scope of one client', async () => {
  visit('/callbacks?client=cli_harbor');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/attention', { body: { counts: {}, lines: [] } });
  server.on('GET /api/v1/calls', { body: page([]) });
  show(<CallbacksScreen />);
  expect(await screen.findByText('Nobody waits for a call back')).toBeVisible();
  expect(requests.some(({ url }) => url.includes('/calls?') && url.includes('client=cli_harbor'))).toBe(true);
});

it('goes on to further callers', async () => {
  server.on('GET /api/v1/attention', problem(503));
  server.on('GET /api/v1/calls', (request) =>
    request.url.includes('after=') ? { body: page([BOOKED_VIEW]) } : { body: page([VIEW], 'cursor') },
  );
  const { user } = show(<CallbacksScreen />);
  expect(await screen.findByText('1+')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('link', { name: '+493055510260' })).toBeVisible();
});
