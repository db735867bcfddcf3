import { screen, waitFor, within } from '@testing-library/react';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { callOfRun } from './call-of-run';
import { explain, functionName, providerName } from './explain';
import { isOpen, type RunDetail, type Timeline } from './queries';
import { RunScreen } from './run-screen';
import { place, providerOf, waterfall } from './waterfall';

const CONTACT: RunDetail['steps'][number] = {
  pass: 0,
  pointer: '/do/0/contact',
  name: 'contact',
  call: 'crm.upsertContact',
  status: 'completed',
  reused: true,
  notes: [],
  effect: { state: 'DONE', key: 'k', lookedUp: false, waitsForPerson: false },
  attempts: [],
  input: { phone: '+13125551302' },
  output: { id: 'c1' },
  startedAt: '2026-11-30T04:27:25.666Z',
  endedAt: '2026-11-30T04:27:25.876Z',
};
const BOOKING: RunDetail['steps'][number] = {
  ...CONTACT,
  pointer: '/do/1/booking',
  name: 'booking',
  call: 'calendar.book',
  status: 'failed',
  reused: false,
  effect: { state: 'FAILED', key: 'k2', lookedUp: false, waitsForPerson: false },
  attempts: [{ startedAt: '2026-11-30T04:27:25.951Z', milliseconds: 89, request: {}, answer: {}, outcome: 'gave-up' }],
  startedAt: '2026-11-30T04:27:25.951Z',
  endedAt: null,
};
const DETAIL: RunDetail = {
  id: RUN.id,
  flow: RUN.flow,
  status: RUN.status,
  clientId: RUN.clientId,
  correlationId: RUN.correlationId,
  startedAt: RUN.startedAt,
  endedAt: RUN.endedAt,
  cause: RUN.cause,
  event: RUN.eventId,
  input: {
    call: {
      from: '+13125551302',
      to: '+13125550142',
      durationSeconds: 93,
      analysis: {
        summary: 'The caller asked for an appointment.',
        custom: { first_name: 'Edsger', last_name: 'Dijkstra', slot: '2026-12-02T09:00:00-06:00' },
      },
    },
  },
  output: null,
  pass: 0,
  ending: null,
  wakesAt: null,
  steps: [CONTACT, BOOKING],
};
const EXCHANGE = { provider: 'google', method: 'POST', path: '/calendar/v3/freeBusy', status: 200, milliseconds: 12 };
const TIMELINE: Timeline = {
  subject: { type: 'runId', value: RUN.id },
  why: 'Not booked.',
  correlationIds: ['cor_1'],
  complete: true,
  next: null,
  items: [
    {
      at: BOOKING.startedAt,
      kind: 'step',
      title: 'Booking refused',
      correlationId: 'cor_1',
      ref: { type: 'step', id: `${RUN.id}#/do/1/booking`, href: '' },
    },
    {
      at: BOOKING.startedAt,
      kind: 'attempt',
      title: 'Attempt',
      correlationId: 'cor_1',
      ref: { type: 'step', id: `${RUN.id}#/do/1/booking`, href: '' },
      exchanges: [
        EXCHANGE,
        { ...EXCHANGE, method: 'GET', path: '/events/1', status: 404 },
        { provider: 'google', method: 'GET', path: '/events/2', error: 'reset', milliseconds: 3 },
      ],
    },
  ],
};

beforeEach(() => {
  visit(`/runs/${RUN.id}`);
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', { body: TIMELINE });
  server.on(`GET /api/v1/runs/${RUN.id}`, { body: DETAIL });
});

it('says why, and opens the step that stopped with every request', async () => {
  const { user } = show(<RunScreen />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' })).toBeVisible();
  const why = screen.getByRole('region', { name: 'Why' });
  expect(why).toHaveTextContent('the requested time is not available');
  expect(why).toHaveTextContent('Stopped atbooking, step 2');
  await waitFor(() => expect(why).toHaveTextContent('Blocked byGoogle Calendar'));
  const step = await screen.findByRole('region', { name: 'Step' });
  await user.click(within(step).getByRole('button', { name: /Requests/ }));
  expect(within(step).getByText('POST /calendar/v3/freeBusy')).toBeVisible();
  expect(within(step).getByText('reset')).toBeVisible();
  await user.click(within(step).getByRole('button', { name: 'Input & output' }));
  expect(within(step).getByRole('region', { name: 'Output' })).toHaveTextContent('c1');
  await user.click(within(step).getByRole('button', { name: 'Close the step' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Step' })).toBeNull());
  expect(screen.getByText('The caller asked for an appointment.')).toBeVisible();
});

it('walks the steps by keys and keeps the chosen one in the address', async () => {
  const { user } = show(<RunScreen />);
  const contact = await screen.findByRole('button', { name: /Contact/ });
  await user.click(contact);
  expect(window.location.search).toContain('step=');
  await user.keyboard('j');
  expect(await screen.findByRole('button', { name: /Booking refused/ })).toHaveFocus();
  await user.keyboard('k');
  expect(contact).toHaveFocus();
  await user.click(
    within(await screen.findByRole('region', { name: 'Step' })).getByRole('button', { name: /Requests/ }),
  );
  expect(screen.getByText('No request was sent.')).toBeVisible();
});

it('shows a run without a call, a client or the right to read events', async () => {
  server.on('GET /api/v1/me', { body: { ...ADA, permissions: [] } });
  server.on(`GET /api/v1/runs/${RUN.id}`, {
    body: {
      ...DETAIL,
      input: null,
      cause: null,
      status: 'completed',
      steps: [{ ...CONTACT, effect: null, reused: false }],
    },
  });
  show(<RunScreen />);
  expect(await screen.findByRole('heading', { level: 1, name: 'book-from-call 1.0.0' })).toBeVisible();
  expect(screen.getByText('cli_northside')).toBeVisible();
  expect(requests.some((request) => request.url.includes('/timeline'))).toBe(false);
});

it('says that there is no such run, and tries a failed one again', async () => {
  server.on(`GET /api/v1/runs/${RUN.id}`, problem(404));
  show(<RunScreen />);
  expect(await screen.findByText('There is no such run')).toBeVisible();
});

it('keeps a run that cannot be refreshed', async () => {
  server.on(`GET /api/v1/runs/${RUN.id}`, problem(500));
  const { user, queries } = show(<RunScreen />);
  await screen.findByText('Couldn’t load run');
  server.on(`GET /api/v1/runs/${RUN.id}`, { body: { ...DETAIL, input: { call: { from: '+13125551302' } } } });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { level: 1, name: '+1 312 555 1302' })).toBeVisible();
  server.on(`GET /api/v1/runs/${RUN.id}`, problem(503));
  await queries.invalidateQueries({ queryKey: ['run'] });
  await user.click(await screen.findByRole('button', { name: 'Retry' }));
  expect(screen.getByRole('heading', { level: 1 })).toBeVisible();
});

describe('explanations', () => {
  it('of runs that need nothing', () => {
    const done = { ...DETAIL, cause: null, status: 'completed' } as const;
    expect(explain(done, undefined)).toMatchObject({ title: 'Completed', sentence: 'Completed: Contact.', tone: 'ok' });
    const booked = { ...done, steps: [{ ...BOOKING, status: 'completed' as const }] };
    expect(explain(booked, undefined).title).toBe('Booked');
    expect(explain({ ...done, steps: [] }, undefined).sentence).toBe('Completed: Nothing.');
    expect(explain({ ...done, endedAt: null, status: 'running' }, undefined).title).toBe('In progress');
  });

  it('of every reason have a title and a tone', () => {
    const cause = DETAIL.cause as NonNullable<RunDetail['cause']>;
    const unknown = explain({ ...DETAIL, cause: { ...cause, code: 'unknown_outcome' } }, 'google');
    expect(unknown).toMatchObject({ tone: 'you', title: 'Unknown outcome' });
    expect(unknown.facts.map(([name]) => name)).toEqual(['Stopped at', 'Unavailable', 'Completed', 'Unknown']);
    const raised = explain({ ...DETAIL, status: 'failed', cause: { ...cause, code: 'raised', step: null } }, undefined);
    expect(raised).toMatchObject({ tone: 'warn' });
    expect(raised.facts[0]).toEqual(['Stopped at', 'The start']);
    expect(explain({ ...DETAIL, status: 'cancelled' }, undefined).tone).toBe('warn');
  });

  it('name functions and providers, and leave unknown ones', () => {
    expect(functionName('n8n.run', 'report')).toBe('report');
    expect(functionName(null, 'wait')).toBe('wait');
    expect(providerName('stripe')).toBe('stripe');
  });
});

describe('the waterfall', () => {
  it('has call, run, steps and end', () => {
    const rows = waterfall(DETAIL, TIMELINE, 93);
    expect(rows.map((row) => row.kind)).toEqual(['call', 'run', 'step', 'step', 'ended']);
    expect(rows[3]).toMatchObject({ title: 'Booking refused', detail: 'calendar.book · Google Calendar', tone: 'bad' });
    expect(place(rows[0] as (typeof rows)[number], 471)).toBeNull();
    expect(providerOf(TIMELINE, DETAIL, undefined)).toBeUndefined();
  });

  it('of an open run ends with what is known', () => {
    const rows = waterfall({ ...DETAIL, status: 'running', endedAt: null }, undefined, null);
    expect(rows.map((row) => row.tone)).toEqual(['info', 'ok', 'bad']);
    expect(waterfall({ ...DETAIL, status: 'cancelled' }, undefined, null)[0]?.tone).toBe('idle');
    expect(waterfall({ ...DETAIL, status: 'completed' }, undefined, null)[0]?.tone).toBe('ok');
    expect(isOpen({ ...DETAIL, status: 'waiting' })).toBe(true);
  });

  it('keeps every bar on the scale, whatever the clocks say', () => {
    const moment = fc
      .integer({ min: -60_000, max: 600_000 })
      .map((ms) => new Date(Date.parse(RUN.startedAt) + ms).toISOString());
    fc.assert(
      fc.property(fc.array(fc.tuple(moment, fc.option(moment)), { maxLength: 8 }), (times) => {
        const steps = times.map(([startedAt, endedAt], index) => ({
          ...CONTACT,
          pointer: `/do/${index}`,
          startedAt,
          endedAt,
        }));
        const rows = waterfall({ ...DETAIL, steps }, undefined, null);
        const last = Math.max(1, ...rows.map((row) => row.to ?? 0));
        for (const row of rows) {
          const left = Number.parseFloat(place(row, last)?.left ?? '0');
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(98);
        }
      }),
    );
  });
});

it('reads calls of any shape', () => {
  expect(callOfRun({ ...DETAIL, input: 'text' })).toMatchObject({ name: null, phone: null, seconds: null });
  expect(
    callOfRun({ ...DETAIL, input: { call: { from: ' ', analysis: { custom: { first_name: 'Ada' } } } } }),
  ).toMatchObject({
    name: 'Ada',
    phone: null,
  });
});
