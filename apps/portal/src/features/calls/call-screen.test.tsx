import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { APPROVAL, ATTEMPT, BOOKING, CALL, CONTACT, DETAIL, EXCHANGE, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, problem, RUN } from '@/testing/data';
import { show } from '@/testing/render';
import { visit } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { CallScreen } from './call-screen';
import { FindScreen } from './find-screen';
import { RunScreen } from './run-screen';

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

describe('a run', () => {
  beforeEach(() => visit(`/runs/${RUN.id}`));

  it('shows the call that started it', async () => {
    show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' })).toBeVisible();
    expect(await screen.findByText('Not booked')).toBeVisible();
  });

  it('without a call, a client or the right to read events is shown by its flow', async () => {
    const via = (ADA.permissions[0] as (typeof ADA.permissions)[number]).via;
    server.on('GET /api/v1/me', { body: { ...ADA, permissions: [{ permission: 'read:flows', via }] } });
    const completed = { ...DETAIL, input: null, cause: null, status: 'completed', steps: [CONTACT], calls: [] };
    server.on(RUN_ROUTE, { body: completed });
    show(<RunScreen />);
    expect(await screen.findByRole('heading', { level: 1, name: 'book-from-call 1.0.0' })).toBeVisible();
    expect(screen.getAllByText('Completed')[0]).toBeVisible();
    expect(requests.some((request) => request.url.includes('/timeline'))).toBe(false);
    expect(screen.queryByRole('region', { name: 'The call' })).toBeNull();
  });

  it('that does not exist is said to be missing; one that cannot be refreshed stays', async () => {
    server.on(RUN_ROUTE, problem(404));
    const first = show(<RunScreen />);
    expect(await screen.findByText('There is no such run')).toBeVisible();
    first.unmount();
    server.on(RUN_ROUTE, problem(500));
    const { user, queries } = show(<RunScreen />);
    await screen.findByText('Couldn’t load run');
    server.on(RUN_ROUTE, { body: DETAIL });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1, name: 'Edsger Dijkstra' });
    server.on(RUN_ROUTE, problem(503));
    await queries.invalidateQueries({ queryKey: ['run'] });
    await user.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(screen.getByRole('heading', { level: 1 })).toBeVisible();
  });
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
