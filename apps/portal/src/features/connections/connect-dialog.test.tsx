import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { onNotice } from '@/lib/notify';
import { ADA, page, problem } from '@/testing/data';
import { show } from '@/testing/render';
import { requests, server } from '@/testing/server';
import { ConnectButton } from './connect-button';
import { keysOf, type Connection } from './queries';

const TEXTS: Connection = {
  id: 'con_twilio',
  name: 'Texts',
  provider: 'twilio',
  account: null,
  baseUrl: null,
  nextTestAt: null,
  outage: null,
  testedAt: null,
  secrets: [{ name: 'auth_token', setAt: '2026-11-01T00:00:00Z' }],
  sentence: 'Twilio no longer accepts the credentials.',
  settings: {},
  since: '2026-11-30T04:00:00Z',
  state: 'UNHEALTHY',
};
const CALENDAR: Connection = { ...TEXTS, id: 'con_google', name: 'Calendar', provider: 'google', secrets: [] };
const permissions = ['read:connections', 'write:connections'].map((permission) => ({ permission, via: [] }));

beforeEach(() => {
  server.on('GET /api/v1/me', { body: { ...ADA, permissions } });
  server.on('GET /api/v1/connections', { body: page([TEXTS, CALENDAR]) });
});

it('saves a new key, which is tested', async () => {
  server.on('PUT /api/v1/connections/con_twilio/secrets', { body: { ...TEXTS, state: 'TESTING' } });
  const said: string[] = [];
  const stop = onNotice(({ text }) => said.push(text));
  const { user } = show(<ConnectButton select={{ provider: 'twilio' }} kind="button" />);
  await user.click(screen.getByRole('button', { name: 'Connect…' }));
  expect(await screen.findByText('Twilio no longer accepts the credentials.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Save and test' })).toBeDisabled();
  await user.type(screen.getByLabelText('Auth token'), 'new-token');
  await user.click(screen.getByRole('button', { name: 'Save and test' }));
  await waitFor(() => expect(said).toEqual(['Texts: the key is saved and being tested']));
  const saved = requests.find(({ method }) => method === 'PUT');
  expect(await saved?.json()).toEqual({ auth_token: 'new-token' });
  expect(screen.queryByRole('dialog')).toBeNull();
  stop();
});

it('leads to the consent on the provider’s page, and says why it could not', async () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, origin: window.location.origin, assign });
  server.on('POST /api/v1/connections/oauth', problem(409, 'The app of this account was removed.'));
  const { user } = show(<ConnectButton select={{ connectionId: 'con_google' }} name="Calendar" kind="link" />);
  await user.click(screen.getByRole('button', { name: 'Connect Calendar' }));
  await user.click(await screen.findByRole('button', { name: 'Continue to Google Calendar' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The app of this account was removed.');
  server.on('POST /api/v1/connections/oauth', { status: 201, body: { startUrl: 'https://patchbay.example/connect' } });
  await user.click(screen.getByRole('button', { name: 'Continue to Google Calendar' }));
  await waitFor(() => expect(assign).toHaveBeenCalledWith('https://patchbay.example/connect'));
  vi.unstubAllGlobals();
});

it('asks which account, where several are broken', async () => {
  server.on('GET /api/v1/connections', {
    body: page([TEXTS, { ...TEXTS, id: 'con_2', name: 'Texts in Berlin', account: '+4930', state: 'NEEDS_SECRET' }]),
  });
  server.on('PUT /api/v1/connections/con_2/secrets', problem(422, 'The key has a wrong form.'));
  const { user } = show(<ConnectButton select={{ provider: 'twilio' }} kind="button" />);
  await user.click(screen.getByRole('button', { name: 'Connect…' }));
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Account' }), 'Texts in Berlin (+4930)');
  await user.type(screen.getByLabelText('Auth token'), 'x{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('The key has a wrong form.');
});

it('says when the account is connected again, and who may connect it', async () => {
  server.on('GET /api/v1/connections', { body: page([{ ...TEXTS, state: 'READY' }]) });
  const { user, unmount } = show(<ConnectButton select={{ provider: 'twilio' }} kind="button" />);
  await user.click(screen.getByRole('button', { name: 'Connect…' }));
  expect(await screen.findByText(/The account is connected again/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  unmount();
  server.on('GET /api/v1/me', { body: { ...ADA, permissions: [] } });
  const second = show(<ConnectButton select={{ provider: 'twilio' }} kind="button" />);
  await second.user.click(screen.getByRole('button', { name: 'Connect…' }));
  expect(await screen.findByText(/Ask an administrator of your agency/)).toBeVisible();
});

it('knows the keys of an account that has none yet', () => {
  expect(keysOf({ ...TEXTS, secrets: [] })).toEqual(['auth_token']);
  expect(keysOf({ ...TEXTS, provider: 'unheard_of', secrets: [] })).toEqual([]);
});
