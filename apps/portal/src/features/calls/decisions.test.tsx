import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { APPROVAL, BOOKING, CONTACT, DETAIL, TIMELINE } from '@/testing/calls';
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

describe('a question to a person', () => {
  const UNKNOWN = {
    ...DETAIL,
    cause: DETAIL.cause && { ...DETAIL.cause, code: 'unknown_outcome' as const, sentence: 'The response was lost.' },
    steps: [CONTACT, { ...BOOKING, status: 'waiting' as const, output: null }],
  };
  const SETTLE = `POST /api/v1/runs/${RUN.id}/steps/booking/settle`;

  it('is settled as booked, with the id that was sent', async () => {
    server.on(RUN_ROUTE, { body: UNKNOWN });
    server.on(SETTLE, { status: 202 });
    const { user } = show(<CallScreen />);
    const card = await screen.findByRole('region', { name: 'Settle' });
    expect(card).toHaveTextContent('Is it in the calendar?');
    expect(card).toHaveTextContent('for “Appointment with Edsger”');
    expect(within(card).getByRole('button', { name: 'Settle' })).toBeDisabled();
    await user.click(within(card).getByRole('radio', { name: /It was booked/ }));
    const id = within(card).getByLabelText('Event ID in the calendar');
    expect(id).toHaveValue('qtq8');
    await user.clear(id);
    await user.click(within(card).getByRole('button', { name: 'Settle as booked' }));
    expect(within(card).getByText('Give the ID that the provider shows.')).toBeVisible();
    await user.type(id, 'evt9');
    await user.click(within(card).getByRole('button', { name: 'Settle as booked' }));
    await waitFor(async () => expect(await posted('/settle')).toMatchObject({ done: true, output: { id: 'evt9' } }));
  });

  it('is settled as not done, and says what the server refused', async () => {
    server.on(RUN_ROUTE, {
      body: {
        ...UNKNOWN,
        blockedBy: null,
        steps: [CONTACT, { ...BOOKING, call: 'messaging.sendSms', input: {}, status: 'waiting' }],
      },
    });
    server.on(SETTLE, problem(409, 'The outcome is known.'));
    const { user } = show(<CallScreen />);
    const card = await screen.findByRole('region', { name: 'Settle' });
    await user.click(within(card).getByRole('radio', { name: /It was done/ }));
    expect(within(card).getByLabelText('ID at the provider')).toBeVisible();
    await user.click(within(card).getByRole('radio', { name: /It was not done/ }));
    await user.click(within(card).getByRole('button', { name: 'Settle as not done' }));
    expect(await within(card).findByText('The outcome is known.')).toBeVisible();
    expect(await posted('/settle')).toEqual({ done: false, output: null });
  });

  const ASKS = { ...DETAIL, status: 'waiting' as const, cause: null, endedAt: null, steps: [CONTACT, APPROVAL] };

  it('is approved', async () => {
    server.on(RUN_ROUTE, { body: ASKS });
    server.on(`POST /api/v1/runs/${RUN.id}/approve`, { status: 202 });
    const { user } = show(<CallScreen />);
    const card = await screen.findByRole('region', { name: 'Decision' });
    expect(card).toHaveTextContent('Book outside of the opening hours?');
    await user.click(within(card).getByRole('button', { name: 'Approve' }));
    await waitFor(async () => expect(await posted('/approve')).toEqual({ step: 'ask', reason: null }));
  });

  it('is rejected with a reason only', async () => {
    server.on(RUN_ROUTE, { body: { ...ASKS, steps: [{ ...APPROVAL, input: null }] } });
    server.on(`POST /api/v1/runs/${RUN.id}/reject`, { status: 202 });
    const { user } = show(<CallScreen />);
    const card = await screen.findByRole('region', { name: 'Decision' });
    expect(card).toHaveTextContent('The run asks for a decision.');
    await user.click(within(card).getByRole('button', { name: 'Reject' }));
    expect(within(card).getByText('Say why you reject it.')).toBeVisible();
    await user.type(within(card).getByLabelText('Reason'), 'Closed');
    await user.click(within(card).getByRole('button', { name: 'Reject' }));
    await waitFor(async () => expect(await posted('/reject')).toEqual({ step: 'ask', reason: 'Closed' }));
  });
});
