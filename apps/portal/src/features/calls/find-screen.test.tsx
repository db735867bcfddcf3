import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CALL, DETAIL, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { server } from '@/testing/server';
import { FindScreen } from './find-screen';

const RUN_ROUTE = `GET /api/v1/runs/${RUN.id}`;

beforeEach(() => {
  visit('/calls/call_1');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', { body: TIMELINE });
  server.on(RUN_ROUTE, { body: DETAIL });
});

describe('the search', () => {
  beforeEach(() => visit('/find?q=%2B13125551302'));

  it('opens the only call that is meant', async () => {
    show(<FindScreen />);
    await waitFor(() => expect(window.location.pathname).toBe('/calls/call_1'));
  });

  it('opens the only run where no call is known', async () => {
    server.on('GET /api/v1/timeline', { body: { ...TIMELINE, calls: [] } });
    show(<FindScreen />);
    await waitFor(() => expect(window.location.pathname).toBe(`/runs/${RUN.id}`));
  });

  it('lists several, to be walked by keys', async () => {
    const other = { ...CALL, callId: 'call_2', name: null, outcome: 'booked', runId: null };
    const unknown = { ...other, callId: 'call_3', from: null, client: null };
    server.on('GET /api/v1/timeline', {
      body: {
        ...TIMELINE,
        calls: [CALL, other, unknown],
        runs: [...TIMELINE.runs, { ...TIMELINE.runs[0], id: 'run_9' }],
      },
    });
    const { user } = show(<FindScreen />);
    const first = await screen.findByRole('link', { name: 'Edsger Dijkstra' });
    expect(screen.getByRole('link', { name: 'Unknown caller' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'book-from-call 1.0.0' })).toHaveAttribute('href', '/runs/run_9');
    first.focus();
    await user.keyboard('jk');
    expect(first).toHaveFocus();
  });

  it('asks whose call, names what is not known, and clears it', async () => {
    server.on('GET /api/v1/timeline', { body: { ...TIMELINE, calls: [], runs: [] } });
    const { user } = show(<FindScreen />);
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('Whose call?')).toBeVisible();
    await user.clear(screen.getByRole('textbox'));
    await user.type(screen.getByRole('textbox'), 'call_7{Enter}');
    expect(window.location.search).toBe('?q=call_7');
    await user.clear(screen.getByRole('textbox'));
    await user.click(screen.getByRole('button', { name: 'Find' }));
    expect(window.location.search).toBe('');
  });

  it('that fails can be tried again', async () => {
    server.on('GET /api/v1/timeline', problem(500));
    const { user } = show(<FindScreen />);
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Couldn’t load the search')).toBeVisible();
  });
});
