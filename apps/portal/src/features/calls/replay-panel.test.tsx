import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { BOOKING, CONTACT, DETAIL, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { CallScreen } from './call-screen';

const RUN_ROUTE = `GET /api/v1/runs/${RUN.id}`;

beforeEach(() => {
  visit('/calls/call_1');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', { body: TIMELINE });
  server.on(RUN_ROUTE, { body: DETAIL });
});

const posted = async (path: string) =>
  (await requests.findLast((request) => request.method === 'POST' && request.url.includes(path))?.json()) as unknown;

describe('a replay', () => {
  const PREVIEW = {
    runId: RUN.id,
    pass: 1,
    version: '1.0.0',
    steps: [
      {
        task: 'contact',
        call: 'crm.upsertContact',
        fate: 'reused',
        sentence: 'An earlier pass did it; its result is used.',
      },
      { task: 'booking', call: 'calendar.book', fate: 'runs', sentence: 'It is done now.' },
    ],
  };

  beforeEach(() => {
    server.on(`POST /api/v1/runs/${RUN.id}/replay`, (request) =>
      request.url.includes('preview=true') ? { body: PREVIEW } : { status: 202, body: { count: 1, runs: [RUN.id] } },
    );
    server.on('GET /api/v1/flows/flw_1', {
      body: { id: 'flw_1', name: 'book-from-call', versions: [{ version: '1.0.0' }, { version: '1.1.0' }] },
    });
  });

  it('previews each change before it begins', async () => {
    const { user } = show(<CallScreen />);
    await user.click((await screen.findAllByRole('button', { name: 'Replay…' }))[0] as HTMLElement);
    const panel = await screen.findByRole('dialog', { name: 'Replay run' });
    expect(await within(panel).findByText('Will run')).toBeVisible();
    await user.selectOptions(await within(panel).findByLabelText('Flow version'), '1.1.0');
    await user.click(await within(panel).findByRole('button', { name: 'Repeat' }));
    await user.type(within(panel).getByLabelText(/Reason/), 'Google recovered');
    const send = within(panel).getByRole('button', { name: 'Replay run' });
    await waitFor(() => expect(send).toBeEnabled());
    await user.click(send);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await posted('preview=false')).toEqual({
      version: '1.1.0',
      input: null,
      repeat: ['contact'],
      reason: 'Google recovered',
    });
    const request = requests.find((one) => one.method === 'POST' && one.url.includes('preview=false'));
    expect(request?.headers.get('idempotency-key')).toBeTruthy();
  });

  it('with another time opens at the input, and refuses what is no JSON', async () => {
    const { user } = show(<CallScreen />);
    await user.click(await screen.findByRole('button', { name: /another time/ }));
    const panel = await screen.findByRole('dialog', { name: 'Replay run' });
    const input = within(panel).getByLabelText('Input');
    await user.clear(input);
    await user.type(input, '{{');
    await user.tab();
    expect(await within(panel).findByText(/This is no JSON/)).toBeVisible();
    expect(within(panel).getByRole('button', { name: 'Replay run' })).toBeDisabled();
    await user.clear(input);
    await user.type(input, '{{"slot":1}');
    await user.selectOptions(within(panel).getByLabelText('Repeat from'), 'booking');
    await waitFor(() => expect(within(panel).getByRole('button', { name: 'Replay run' })).toBeEnabled());
    await user.click(within(panel).getByRole('button', { name: 'Replay run' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await posted('preview=false')).toEqual({
      version: null,
      input: { slot: 1 },
      repeat: ['booking', 'confirm'],
      reason: null,
    });
  });

  it('that is refused says so and stays', async () => {
    const { user } = show(<CallScreen />);
    await user.click((await screen.findAllByRole('button', { name: 'Replay…' }))[0] as HTMLElement);
    const panel = await screen.findByRole('dialog', { name: 'Replay run' });
    await user.click(within(panel).getByRole('button', { name: 'Edit' }));
    await user.selectOptions(within(panel).getByLabelText('Repeat from'), 'contact');
    await user.selectOptions(within(panel).getByLabelText('Repeat from'), '');
    await within(panel).findByText('Will run');
    server.on(`POST /api/v1/runs/${RUN.id}/replay`, problem(409, 'This run is being replayed.'));
    const send = within(panel).getByRole('button', { name: 'Replay run' });
    await waitFor(() => expect(send).toBeEnabled());
    await user.click(send);
    expect(await within(panel).findByText('This run is being replayed.')).toBeVisible();
    await user.selectOptions(within(panel).getByLabelText('Repeat from'), 'confirm');
    await user.click(await within(panel).findByRole('button', { name: 'Try again' }));
    await user.click(within(panel).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('leaves passes to choose from', async () => {
    server.on(RUN_ROUTE, {
      body: {
        ...DETAIL,
        pass: 1,
        steps: [CONTACT, BOOKING, { ...CONTACT, pass: 1, reused: true }, { ...BOOKING, pass: 1 }],
      },
    });
    const { user } = show(<CallScreen />);
    await user.click(await screen.findByRole('button', { name: 'Pass 1' }));
    expect(window.location.search).toContain('pass=0');
    await user.click(screen.getByRole('button', { name: 'Pass 2' }));
    expect(window.location.search).not.toContain('pass');
    expect(screen.getByText('Contact reused')).toBeVisible();
  });
});
