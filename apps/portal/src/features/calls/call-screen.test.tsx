import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CALL, DETAIL, TIMELINE } from '@/testing/calls';
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

describe('a call that did not book', () => {
  it('says why, and opens the step that stopped at the request that decided', async () => {
    const { user } = show(<CallScreen />);
    expect(await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' })).toBeVisible();
    expect(screen.getByText('Not booked')).toBeVisible();
    const why = screen.getByRole('region', { name: 'Why' });
    expect(why).toHaveTextContent(/is already taken/);
    expect(why).toHaveTextContent('Stopped atAppointment, step 2 of 3');
    expect(why).toHaveTextContent('Blocked byGoogle Calendar');
    expect(within(why).getByRole('link', { name: /Call back/ })).toHaveAttribute('href', 'tel:+13125551302');
    const step = await screen.findByRole('region', { name: 'Step' });
    expect(within(step).getByRole('button', { name: /POST.*freeBusy.*decided/ })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
    expect(within(step).getByRole('region', { name: 'Response' })).toHaveTextContent('busy');
    await user.click(within(step).getByRole('button', { name: 'Request' }));
    expect(within(step).getByRole('region', { name: 'Request' })).toHaveTextContent('northside');
    await user.click(within(step).getByRole('button', { name: /Requests/ }));
    await user.click(within(step).getByRole('button', { name: /GET.*events/ }));
    expect(within(step).getByRole('region', { name: 'Response' })).toHaveTextContent('notFound');
    await user.click(within(step).getByRole('button', { name: 'Input & output' }));
    expect(within(step).getByRole('region', { name: 'Input' })).toHaveTextContent('Appointment with Edsger');
    await user.click(within(step).getByRole('button', { name: 'Close the step' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Step' })).toBeNull());
    expect(window.location.search).toContain('step=none');
  });

  it('walks its timeline by keys, and keeps what is open in the address', async () => {
    const { user } = show(<CallScreen />);
    const grid = await screen.findByRole('treegrid', { name: 'Timeline' });
    const rows = within(grid).getAllByRole('row').slice(1);
    const at = (index: number) => rows[index] as HTMLElement;
    at(3).focus();
    await user.keyboard('{ArrowDown}');
    expect(at(4)).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(window.location.search).toContain('contact');
    await user.keyboard('k');
    expect(at(3)).toHaveFocus();
    await user.keyboard('{Enter}{Home}');
    expect(at(0)).toHaveFocus();
    await user.keyboard('{ArrowUp}{End}');
    expect(rows.at(-1)).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Everything' }));
    expect(await screen.findByText('Webhook: call ended')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Steps' }));
    await waitFor(() => expect(screen.queryByText('Webhook: call ended')).toBeNull());
    await user.click(at(4));
    expect(window.location.search).toContain('contact');
    expect(screen.getByRole('link', { name: 'JSON' })).toHaveAttribute('href', '/api/v1/timeline?callId=call_1');
  });

  it('reads the transcript only when it is asked for', async () => {
    server.on('GET /api/v1/calls/call_1/transcript', {
      body: {
        callId: 'call_1',
        utterances: [
          { speaker: 'agent', text: 'Hello.' },
          { speaker: 'caller', text: 'Hi.' },
        ],
      },
    });
    const { user } = show(<CallScreen />);
    const button = await screen.findByRole('button', { name: 'Show transcript' });
    expect(requests.some((request) => request.url.includes('transcript'))).toBe(false);
    await user.click(button);
    expect(await screen.findByText('Hello.')).toBeVisible();
    expect(screen.getByText('$0.0722')).toBeVisible();
    expect(screen.getByText('caller')).toBeVisible();
  });

  it('says when nothing of what was said is kept, and when it cannot be read', async () => {
    server.on('GET /api/v1/calls/call_1/transcript', problem(404));
    server.on('GET /api/v1/timeline', {
      body: {
        ...TIMELINE,
        calls: [
          {
            ...CALL,
            summary: null,
            sentiment: null,
            endedBy: 'error_llm',
            requested: null,
            cost: { amount: '1', currency: 'EUR' },
          },
        ],
      },
    });
    const first = show(<CallScreen />);
    await first.user.click(await screen.findByRole('button', { name: 'Show transcript' }));
    expect(await screen.findByText(/is kept/)).toBeVisible();
    expect(screen.getByText('EUR 1')).toBeVisible();
    expect(screen.getByText('error llm')).toBeVisible();
    first.unmount();
    server.on('GET /api/v1/calls/call_1/transcript', problem(500));
    const { user } = show(<CallScreen />);
    await user.click(await screen.findByRole('button', { name: 'Show transcript' }));
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
  });
});
