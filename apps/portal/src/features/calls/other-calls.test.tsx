import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT, BOOKING, CALL, CONTACT, DETAIL, EXCHANGE, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { server } from '@/testing/server';
import { CallScreen } from './call-screen';

const RUN_ROUTE = `GET /api/v1/runs/${RUN.id}`;

beforeEach(() => {
  visit('/calls/call_1');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', { body: TIMELINE });
  server.on(RUN_ROUTE, { body: DETAIL });
});

describe('other calls', () => {
  it('without a run name what did not match', async () => {
    const call = {
      ...CALL,
      runId: null,
      name: null,
      outcome: 'no_request',
      sentence: 'No flow ran: nothing matched. Next: Check the triggers.',
    };
    server.on('GET /api/v1/timeline', { body: { ...TIMELINE, calls: [call], runs: [] } });
    show(<CallScreen />);
    expect(await screen.findByRole('heading', { level: 1, name: '+1 312 555 1302' })).toBeVisible();
    expect(screen.getByRole('heading', { level: 2, name: 'No flow matched this call' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Replay…' })).toBeNull();
  });

  it('show several attempts, a link to the provider, and what is copied for a report', async () => {
    const retried = { ...ATTEMPT, outcome: 'retried' as const, nextAttemptAt: '2026-11-30T04:27:30Z' };
    const lost = { ...EXCHANGE, status: null, error: 'connection reset' };
    server.on(RUN_ROUTE, {
      body: {
        ...DETAIL,
        cause: DETAIL.cause && { ...DETAIL.cause, code: 'bug' },
        steps: [
          {
            ...BOOKING,
            endedAt: null,
            notes: ['The time was read as 9 AM.'],
            output: { id: 'e1', startLocal: 'Wed, Dec 2', link: 'https://calendar.example/e1' },
            attempts: [
              { ...retried, startedAt: BOOKING.startedAt },
              { ...retried, startedAt: '2026-11-30T04:27:26.500Z', exchanges: [lost] },
            ],
          },
        ],
      },
    });
    const { user } = show(<CallScreen />);
    await user.click(await screen.findByRole('button', { name: 'Copy report' }));
    expect(await navigator.clipboard.readText()).toContain('"call": "call_1"');
    const step = await screen.findByRole('region', { name: 'Step' });
    expect(step).toHaveTextContent('Next at');
    expect(within(step).getByText('connection reset')).toBeVisible();
    expect(within(step).getByRole('link', { name: /Open at the provider/ })).toHaveAttribute(
      'href',
      'https://calendar.example/e1',
    );
    await user.click(within(step).getByRole('button', { name: /Requests/ }));
    expect(within(step).getByRole('heading', { name: /Attempt 2.*tried again/ })).toBeVisible();
    await user.click(within(step).getByRole('button', { name: 'Input & output' }));
    expect(within(step).getByText('The time was read as 9 AM.')).toBeVisible();
  });

  it('show a step that sent nothing and has no effect', async () => {
    visit(`/calls/call_1?step=${encodeURIComponent(CONTACT.pointer)}`);
    server.on(RUN_ROUTE, { body: { ...DETAIL, steps: [{ ...CONTACT, effect: null }, BOOKING] } });
    const { user } = show(<CallScreen />);
    const step = await screen.findByRole('region', { name: 'Step' });
    expect(step).toHaveTextContent('Changes nothing');
    await user.click(within(step).getByRole('button', { name: /Requests/ }));
    expect(within(step).getByText('No request was sent.')).toBeVisible();
  });

  it('that nobody knows are said to be unknown; failures can be tried again', async () => {
    server.on('GET /api/v1/timeline', { body: { ...TIMELINE, calls: [] } });
    const first = show(<CallScreen />);
    expect(await screen.findByText('There is no such call')).toBeVisible();
    first.unmount();
    server.on('GET /api/v1/timeline', problem(500));
    const { user } = show(<CallScreen />);
    await screen.findByText('Couldn’t load call');
    server.on('GET /api/v1/timeline', { body: TIMELINE });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' })).toBeVisible();
  });

  it('stay on the page when their run cannot be read', async () => {
    server.on(RUN_ROUTE, problem(503));
    const { user } = show(<CallScreen />);
    await user.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(screen.getByRole('heading', { level: 1, name: 'Edsger Dijkstra' })).toBeVisible();
  });
});
