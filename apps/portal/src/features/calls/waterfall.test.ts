import { describe, expect, it } from 'vitest';
import type { RunDetail, Step } from '@/features/runs/queries';
import { APPROVAL, ATTEMPT, BOOKING, CALL, CONTACT, DETAIL, EXCHANGE, TIMELINE } from '@/testing/calls';
import { tell } from './story';
import { decidingExchange, providerOf, type Row } from './step-rows';
import { waterfall, zeroOf } from './waterfall';

const story = (run: RunDetail | null = DETAIL, timeline: typeof TIMELINE | null = TIMELINE) =>
  tell({ call: CALL, run, timeline, clients: [] });
const short = (rows: Row[]) => rows.map((row) => `${row.level} ${row.title}`);

describe('the waterfall', () => {
  it('has the call, its webhook, the run with steps and requests, and what followed', () => {
    expect(short(waterfall(story(), false))).toEqual([
      '1 Call, 93 s',
      '1 The agent asked for free times: done in 20 ms',
      '1 Webhook: call analyzed',
      '1 book-from-call 1.0.0',
      '2 Contact',
      '2 Booking refused',
      '3 Free/busy lookup',
      '3 Check for an existing booking',
      '2 Text',
      '1 Contact created by Patchbay',
      '1 Text message delivered',
      '1 Parked, needs attention',
    ]);
  });

  it('counts from the webhook that started the run', () => {
    expect(zeroOf(story())).toBe(Date.parse('2026-11-30T04:27:25.550Z'));
    const rows = waterfall(story(), false);
    expect(rows.find((row) => row.title === 'Booking refused')).toMatchObject({
      at: 401,
      detail: 'calendar.book · Google Calendar',
      tone: 'bad',
      marks: [{ from: 401, to: 490, label: '89 ms' }],
    });
    expect(rows.find((row) => row.title.startsWith('The agent'))?.at).toBe(-65_550);
    expect(rows.at(-1)).toMatchObject({ detail: 'dead letter: slot unavailable', at: 517 });
  });

  it('shows everything on demand', () => {
    const rows = short(waterfall(story(), true));
    expect(rows).toContain('1 Webhook: call ended');
    expect(rows).toContain('1 Call analysed');
  });

  it('shows attempts side by side, with the pauses between them', () => {
    const attempts = [0, 5600, 19_000].map((after, index): Step['attempts'][number] => ({
      ...ATTEMPT,
      startedAt: new Date(Date.parse(BOOKING.startedAt) + after).toISOString(),
      milliseconds: 10,
      outcome: index === 2 ? 'failed' : 'retried',
      reason: 'provider_down',
      exchanges: index === 1 ? [] : [{ ...EXCHANGE, status: 500 }],
    }));
    const run: RunDetail = { ...DETAIL, steps: [CONTACT, { ...BOOKING, attempts, endedAt: null }] };
    const rows = waterfall(story(run), false);
    expect(rows.find((row) => row.step === BOOKING.pointer)).toMatchObject({
      detail: 'calendar.book · Google Calendar · 3 attempts',
      marks: [{ label: '500', tone: 'bad' }, { tone: 'you' }, { label: '500', tone: 'bad' }],
    });
    expect(rows.find((row) => row.kind === 'pause')).toMatchObject({ detail: '5.6 s, then 13 s' });
    expect(rows.find((row) => row.kind === 'exchange')).toMatchObject({
      detail: 'Google Calendar answered 500',
      tone: 'bad',
    });
  });

  it('marks an unknown outcome, a reused step and a response that never came', () => {
    const lost = { ...EXCHANGE, operation: 'x.y', status: null, error: 'reset' };
    const none = { ...EXCHANGE, status: null, decided: false };
    const step: Step = {
      ...BOOKING,
      status: 'waiting',
      effect: { state: 'UNKNOWN', key: 'k', lookedUp: true, waitsForPerson: true },
      attempts: [{ ...ATTEMPT, outcome: 'succeeded', exchanges: [lost, none] }],
    };
    const run: RunDetail = {
      ...DETAIL,
      cause: DETAIL.cause && { ...DETAIL.cause, code: 'unknown_outcome' },
      steps: [{ ...CONTACT, reused: true }, step],
    };
    const rows = waterfall(story(run), false);
    expect(rows.find((row) => row.kind === 'run')?.tone).toBe('you');
    expect(rows.find((row) => row.step === BOOKING.pointer)?.tone).toBe('you');
    expect(short(rows)).toContain('2 Contact reused');
    expect(rows.filter((row) => row.kind === 'exchange').map((row) => [row.title, row.detail, row.tone])).toEqual([
      ['x.y', 'reset', 'ok'],
      ['Free/busy lookup', 'Google Calendar answered nothing', 'idle'],
    ]);
  });

  it('of an open run ends with what is known, and has no step left out', () => {
    const run: RunDetail = { ...DETAIL, status: 'waiting', endedAt: null, cause: null, steps: [CONTACT, APPROVAL] };
    const rows = waterfall({ ...story(run, null), seconds: null }, false);
    expect(short(rows)).toEqual(['1 book-from-call 1.0.0', '2 Contact', '2 Approval']);
    expect(rows[0]?.detail).toBe('Waiting at ask');
    const fresh = waterfall(story({ ...run, steps: [] }, null), true);
    expect(fresh.find((row) => row.kind === 'run')).toMatchObject({ detail: '0 steps', tone: 'info' });
  });

  it('of a call without a run has its webhooks', () => {
    const rows = waterfall(story(null), false);
    expect(short(rows)).toEqual([
      '1 Call, 93 s',
      '1 The agent asked for free times: done in 20 ms',
      '1 Webhook: call ended',
      '1 Webhook: call analyzed',
      '1 Contact created by Patchbay',
      '1 Text message delivered',
    ]);
    expect(zeroOf(story(null, null))).toBe(Date.parse(CALL.at));
    expect(zeroOf(story(null, { ...TIMELINE, items: TIMELINE.items.slice(0, 1) }))).toBe(
      Date.parse('2026-11-30T04:26:20.000Z'),
    );
  });

  it('gives live functions and texts the tone of their outcome', () => {
    const items = TIMELINE.items.map((item) => ({
      ...item,
      status: item.kind === 'live.function' ? 'taken' : 'queued',
    }));
    const rows = waterfall(story(null, { ...TIMELINE, items }), false);
    expect(rows.find((row) => row.kind === 'live')?.tone).toBe('bad');
    expect(rows.find((row) => row.kind === 'text')?.tone).toBe('info');
    const bare = TIMELINE.items.map((item) => ({
      at: item.at,
      kind: item.kind,
      title: item.title,
      correlationId: '',
      ref: item.ref,
    }));
    expect(waterfall(story(null, { ...TIMELINE, items: bare }), true).find((row) => row.kind === 'live')?.tone).toBe(
      'bad',
    );
  });

  it('finds what decided, and who was asked', () => {
    expect(decidingExchange(BOOKING)).toBe(EXCHANGE);
    expect(decidingExchange(CONTACT)).toBeUndefined();
    expect(providerOf(BOOKING)).toBe('google');
    expect(providerOf(CONTACT)).toBeUndefined();
  });
});
