import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT, BOOKING, CALL, DETAIL, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { server } from '@/testing/server';
import { CallScreen } from './call-screen';
import { RunScreen } from './run-screen';

const RUN_ROUTE = `GET /api/v1/runs/${RUN.id}`;

beforeEach(() => {
  visit('/calls/call_1');
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', { body: TIMELINE });
  server.on(RUN_ROUTE, { body: DETAIL });
});

describe('the page of a client’s person', () => {
  const own = ADA.permissions.map((held) => ({
    ...held,
    via: held.via.map((via) => ({ ...via, clientId: 'cli_northside' })),
  }));

  beforeEach(() => server.on('GET /api/v1/me', { body: { ...ADA, permissions: own } }));

  it('says in their words what happened, without ids, JSON or providers', async () => {
    const { container } = show(<CallScreen />);
    expect(await screen.findByRole('heading', { level: 2, name: 'Not booked: time already taken' })).toBeVisible();
    expect(screen.getByText(/The contact was saved\./)).toBeVisible();
    expect(screen.getByRole('link', { name: /Call \+1 312/ })).toHaveAttribute('href', 'tel:+13125551302');
    const happened = screen.getByRole('region', { name: 'What happened' });
    expect(happened).toHaveTextContent('Contact saved');
    expect(happened).toHaveTextContent('Appointment not booked');
    expect(happened).toHaveTextContent('No confirmation text sent');
    expect(container.textContent).not.toMatch(/run_|cor_|call_1|parked|Google|calendar\.book|\{/i);
  });

  it('shows bookings, and what is still open', async () => {
    const booked = {
      ...CALL,
      outcome: 'booked',
      booked: 'Wed, Dec 2, 9:00 AM',
      forClient: 'The appointment is in the calendar.',
    };
    server.on('GET /api/v1/timeline', { body: { ...TIMELINE, calls: [{ ...booked, startedAt: null }] } });
    server.on(RUN_ROUTE, {
      body: {
        ...DETAIL,
        cause: null,
        endedAt: null,
        status: 'running',
        steps: [{ ...BOOKING, status: 'completed', attempts: [ATTEMPT, ATTEMPT] }],
      },
    });
    show(<CallScreen />);
    expect(await screen.findByRole('heading', { level: 2, name: 'Booked for Wed, Dec 2, 9:00 AM' })).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Call / })).toBeNull();
    expect(screen.getByText(/2 attempts/)).toBeVisible();
  });

  it('of a run without a call has no length and no number', async () => {
    visit(`/runs/${RUN.id}`);
    server.on('GET /api/v1/timeline', { body: { ...TIMELINE, calls: [] } });
    server.on(RUN_ROUTE, { body: { ...DETAIL, input: {}, calls: [], steps: [] } });
    const first = show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 2, name: /Not booked/ })).toBeVisible();
    expect(screen.queryByRole('region', { name: 'What happened' })).toBeNull();
    first.unmount();
    server.on(RUN_ROUTE, { body: { ...DETAIL, input: {}, cause: null, endedAt: null, status: 'running' } });
    const second = show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 2, name: 'In progress' })).toBeVisible();
    second.unmount();
    server.on(RUN_ROUTE, {
      body: { ...DETAIL, input: {}, cause: null, status: 'completed', calls: [{ name: 'n', call: 'n8n.run' }] },
    });
    show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 2, name: 'No booking requested' })).toBeVisible();
  });
});
