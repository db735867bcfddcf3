import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { ADA, CLIENTS, page } from '@/testing/data';
import { VIEW } from '@/testing/list-data';
import { show } from '@/testing/render';
import { visit, visited } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { ListSteps } from './list-steps';

const call = (number: number) => ({ ...VIEW, callId: `call_${number}` });
const lists = () => requests.filter(({ url }) => url.includes('/api/v1/calls'));

beforeEach(() => {
  visited.length = 0;
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/calls', (request) => {
    const after = Number(new URL(request.url).searchParams.get('after') ?? '0');
    return { body: page([call(after + 1), call(after + 2)], after < 20 ? String(after + 2) : null) };
  });
});

it('leads along the list from which the person came, by link and by key', async () => {
  visit('/calls/call_1?list=outcome%3Dbooked%26from%3Dall&client=cli_northside');
  const { user } = show(<ListSteps callId="call_1" />);
  const target = '/calls/call_2?list=outcome%3Dbooked%26from%3Dall&client=cli_northside';
  await waitFor(() => expect(screen.getByRole('link', { name: 'Next call' })).toHaveAttribute('href', target));
  expect(screen.getByRole('link', { name: 'Previous call' })).toHaveAttribute('aria-disabled', 'true');
  expect(new URL(lists()[0]?.url ?? '').search).toBe('?limit=50&client=cli_northside&outcome=booked');
  await user.keyboard('[[');
  await user.keyboard(']');
  expect(visited.at(-1)).toBe(target);
});

it('loads further pages at the end of the loaded list, and until the call is found', async () => {
  visit('/calls/call_6?list=from%3Dall');
  show(<ListSteps callId="call_6" />);
  await waitFor(() =>
    expect(screen.getByRole('link', { name: 'Next call' })).toHaveAttribute('href', '/calls/call_7?list=from%3Dall'),
  );
  expect(screen.getByRole('link', { name: 'Previous call' })).toHaveAttribute('href', '/calls/call_5?list=from%3Dall');
});

it('gives up where the call is far down', async () => {
  visit('/calls/call_19?list=from%3Dall');
  const { user } = show(<ListSteps callId="call_19" />);
  await waitFor(() => expect(lists()).toHaveLength(4));
  expect(screen.getByRole('link', { name: 'Next call' })).toHaveAttribute('aria-disabled', 'true');
  visited.length = 0;
  await user.keyboard(']');
  expect(visited).toEqual([]);
});

it('is absent where the person came from no list', () => {
  visit('/calls/call_1');
  const { container } = show(<ListSteps callId="call_1" />);
  expect(container).toBeEmptyDOMElement();
});
