import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { CLIENTS, page, problem } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { ADA_WITH_COSTS, COLLECTION, DETAILS, DIFFERENCE, INVOICE } from '@/testing/usage-data';
import { ReconciliationScreen } from './reconciliation-screen';

const PATH = '/api/v1/usage/provider-invoices';

beforeEach(() => {
  visit('/reconciliation?month=2026-10');
  server.on('GET /api/v1/me', { body: ADA_WITH_COSTS });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/usage/collections', { body: page([COLLECTION]) });
  server.on('GET /api/v1/usage/calls/call_0001', { body: DETAILS });
  server.on(`GET ${PATH}`, { body: page([INVOICE]) });
  server.on(`GET ${PATH}/pin_1/differences`, { body: page([DIFFERENCE]) });
});

it('shows theirs, ours and the difference of a month', async () => {
  show(<ReconciliationScreen />);
  const card = await screen.findByRole('region', { name: 'Invoice of retell, 2026-10' });
  expect(within(card).getByText('$162.84')).toBeVisible();
  expect(within(card).getByText('$160.84')).toBeVisible();
  expect(within(card).getByText('$0.00')).toBeVisible();
  expect(within(card).getByText('0.0013 USD')).toBeVisible();
  expect(within(card).getByText(/846 of 846 calls match retell’s invoice exactly. 58 are newer/)).toBeVisible();
  expect(within(card).getByText(/Waits for decisions/)).toBeVisible();
});

it('opens a class with its calls on both sides, and a call', async () => {
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: /Duplicate: 1/ }));
  expect(window.location.search).toBe('?month=2026-10&class=duplicate');
  expect(
    await screen.findByText(/Theirs 20 at 0.1634 USD; ours 10 at 0.0817 USD; difference 0.0817 USD/),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Open call' }));
  const panel = await screen.findByRole('dialog', { name: 'Call' });
  await user.click(within(panel).getByRole('button', { name: 'Close' }));
  await user.click(screen.getByRole('button', { name: /Duplicate: 1/ }));
  expect(window.location.search).toBe('?month=2026-10');
});

it.each([
  ['Accept', 'accept'],
  ['Dispute', 'dispute'],
  ['Keep ours', 'ours'],
])('%s sends the decision', async (title, decision) => {
  visit('/reconciliation?month=2026-10&class=duplicate');
  server.on(`POST ${PATH}/pin_1/differences/d1`, { body: INVOICE });
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: `${title}: elevenlabs_tts` }));
  const sent = await waitFor(() => {
    const found = requests.find((request) => request.method === 'POST');
    expect(found).toBeDefined();
    return found as Request;
  });
  expect(await sent.json()).toEqual({ decision });
});

it('keeps the decision open when it was refused', async () => {
  visit('/reconciliation?month=2026-10&class=duplicate');
  server.on(`POST ${PATH}/pin_1/differences/d1`, problem(404));
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: 'Accept: elevenlabs_tts' }));
  expect(await screen.findByText('Waits for a decision')).toBeVisible();
});

it('shows whole calls, lines without one, and what was decided', async () => {
  visit('/reconciliation?month=2026-10&class=duplicate');
  server.on(`GET ${PATH}/pin_1/differences`, (request) =>
    request.url.includes('after=')
      ? { body: page([{ ...DIFFERENCE, key: 'd4', product: null, decision: 'disputed' }]) }
      : {
          body: page(
            [
              { ...DIFFERENCE, key: 'd2', callId: null, ourCost: null, leg: 1, theirQuantity: null },
              { ...DIFFERENCE, key: 'd3', decision: 'accepted', product: null },
              { ...DIFFERENCE, key: 'd5', decision: 'ours', product: null, callId: null },
            ],
            'd3',
          ),
        },
  );
  const { user } = show(<ReconciliationScreen />);
  expect(await screen.findByText(/Theirs 0.1634 USD; ours nothing/)).toBeVisible();
  expect(screen.getByText('after the transfer')).toBeVisible();
  expect(screen.getByText('Accepted')).toBeVisible();
  expect(screen.getByText('Ours is kept')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Accept: d5' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByText('Disputed')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Accept: call_0001' })).toBeVisible();
});

it('shows a superseded invoice without its actions, and one that differs', async () => {
  server.on(`GET ${PATH}`, {
    body: page([
      { ...INVOICE, id: 'pin_2', difference: { amount: '2.00', currency: 'USD' }, newer: 0, state: 'settled' },
      { ...INVOICE, state: 'superseded', byClass: [{ count: 1, amount: { amount: '1.00', currency: 'USD' } }] },
    ]),
  });
  show(<ReconciliationScreen />);
  expect(await screen.findByText(/Superseded by a later upload/)).toBeVisible();
  expect(screen.getByText(/Settled/)).toBeVisible();
  expect(screen.getAllByRole('button', { name: 'Compare again' })).toHaveLength(1);
});

it('compares again', async () => {
  server.on(`POST ${PATH}/pin_1/reconcile`, { body: INVOICE });
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: 'Compare again' }));
  await waitFor(() => expect(requests.some(({ url }) => url.endsWith('/pin_1/reconcile'))).toBe(true));
  server.on(`POST ${PATH}/pin_1/reconcile`, problem(500));
  await user.click(await screen.findByRole('button', { name: 'Compare again' }));
  await waitFor(() => expect(requests.filter(({ url }) => url.endsWith('/reconcile'))).toHaveLength(2));
});

it.each([
  ['invoice.csv', 'text/csv'],
  ['invoice.json', 'application/json'],
])('uploads %s as %s', async (name, type) => {
  server.on(`POST ${PATH}`, { status: 201, body: INVOICE });
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: 'Upload invoice…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Invoice of 2026-10' });
  await within(dialog).findByRole('option', { name: 'retell (con_retell)' });
  expect(within(dialog).getByRole('button', { name: 'Compare' })).toBeDisabled();
  await user.selectOptions(within(dialog).getByRole('combobox'), 'con_retell');
  await user.upload(within(dialog).getByLabelText(/The provider’s document/), new File(['a,b'], name));
  await user.click(within(dialog).getByRole('button', { name: 'Compare' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const sent = requests.find((request) => request.method === 'POST');
  expect(sent?.headers.get('content-type')).toBe(type);
  expect(sent?.url).toContain('connectionId=con_retell&month=2026-10');
});

it('says why a document was refused', async () => {
  server.on(`POST ${PATH}`, problem(422, 'The row total is missing.'));
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: 'Upload invoice…' }));
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByRole('option');
  await user.upload(within(dialog).getByLabelText(/The provider’s document/), new File(['x'], 'invoice.csv'));
  await user.click(within(dialog).getByRole('button', { name: 'Compare' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('The row total is missing.');
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('has nothing to upload without an account', async () => {
  server.on('GET /api/v1/usage/collections', { body: page([]) });
  const { user } = show(<ReconciliationScreen />);
  await user.click(await screen.findByRole('button', { name: 'Upload invoice…' }));
  expect(await screen.findByRole('button', { name: 'Compare' })).toBeDisabled();
});

it('says that a month has no invoice, and walks the months', async () => {
  server.on(`GET ${PATH}`, { body: page([]) });
  const { user } = show(<ReconciliationScreen />);
  expect(await screen.findByText('No invoice of Oct 2026 was compared')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Previous month' }));
  expect(window.location.search).toBe('?month=2026-09');
});

it('offers no decision to those who only read', async () => {
  server.on('GET /api/v1/me', {
    body: {
      ...ADA_WITH_COSTS,
      permissions: ADA_WITH_COSTS.permissions.filter((it) => it.permission !== 'post:payments'),
    },
  });
  visit('/reconciliation?month=2026-10&class=duplicate');
  show(<ReconciliationScreen />);
  expect(await screen.findByText('Waits for a decision')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Accept/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /Upload/ })).toBeNull();
});

it('says what failed, and keeps what it has', async () => {
  server.on(`GET ${PATH}`, problem(500));
  const { user, queries } = show(<ReconciliationScreen />);
  expect(await screen.findByText('Couldn’t load providers’ invoices')).toBeVisible();
  server.on(`GET ${PATH}`, { body: page([INVOICE]) });
  server.on(`GET ${PATH}/pin_1/differences`, problem(500));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await user.click(await screen.findByRole('button', { name: /Duplicate: 1/ }));
  expect(await screen.findByText('Couldn’t load differences')).toBeVisible();
  server.on(`GET ${PATH}/pin_1/differences`, { body: page([]) });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('No difference of this class is left')).toBeVisible();
  server.on(`GET ${PATH}`, problem(503));
  await queries.invalidateQueries();
  await user.click(await screen.findByRole('button', { name: 'Retry' }));
  expect(screen.getByRole('region', { name: /Invoice of retell/ })).toBeVisible();
});
