import { beforeEach, expect, it } from 'vitest';
import { requests, server } from '@/testing/server';
import { problem } from '@/testing/data';
import { api, endSession, unwrap } from './client';
import { ApiError, readProblem } from './problems';
import { createQueries } from './queries';

beforeEach(() => {
  document.cookie = 'patchbay_csrf=secret-of-this-session';
});

it('sends the CSRF token with changes only', async () => {
  server.on('GET /api/v1/me', { body: { subject: 'usr_ada' } });
  server.on('POST /sign-out', { status: 204 });
  await unwrap(api().GET('/api/v1/me'));
  await endSession();
  expect(requests.map((request) => request.headers.get('x-csrf-token'))).toEqual([null, 'secret-of-this-session']);
});

it('makes a problem of a refusal', async () => {
  server.on('GET /api/v1/runs', problem(403, 'This needs the permission read:runs.'));
  const error = await unwrap(api().GET('/api/v1/runs')).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 403,
    isForbidden: true,
    isTemporary: false,
    message: 'This needs the permission read:runs.',
  });
  expect((error as ApiError).problem.correlationId).toBe('cor_failed');
});

it('says so when nobody answers', async () => {
  server.on('GET /api/v1/runs', new TypeError('Failed to fetch'));
  await expect(unwrap(api().GET('/api/v1/runs'))).rejects.toMatchObject({ status: null, isTemporary: true });
});

it('keeps an answer with its ETag and shows it again on 304', async () => {
  let asked = 0;
  server.on('GET /api/v1/runs', () =>
    asked++ === 0 ? { body: { items: [], next: null }, headers: { etag: '"1"' } } : { status: 304 },
  );
  const first = await unwrap(api().GET('/api/v1/runs'));
  const second = await unwrap(api().GET('/api/v1/runs'));
  expect(second).toEqual(first);
  expect(requests[1]?.headers.get('if-none-match')).toBe('"1"');
});

it('keeps a hundred answers at most', async () => {
  server.on('GET /api/v1/runs', (request) => ({ body: { items: [], next: request.url }, headers: { etag: '"1"' } }));
  for (let number = 0; number <= 101; number++) {
    await unwrap(api().GET('/api/v1/runs', { params: { query: { phone: String(number) } } }));
  }
  await unwrap(api().GET('/api/v1/runs', { params: { query: { phone: '0' } } }));
  expect(requests.at(-1)?.headers.has('if-none-match')).toBe(false);
  await unwrap(api().GET('/api/v1/runs', { params: { query: { phone: '101' } } }));
  expect(requests.at(-1)?.headers.has('if-none-match')).toBe(true);
});

it('reads a refusal that is no problem, and how long to wait', async () => {
  const html = await readProblem(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  expect(html).toMatchObject({ status: 502, isTemporary: true, retryAfterSeconds: null });
  expect(html.message).toBe('The server did not answer.');
  const busy = await readProblem(new Response('null', { status: 429, headers: { 'retry-after': '7' } }));
  expect(busy.retryAfterSeconds).toBe(7);
});

it('fails to sign out aloud', async () => {
  server.on('POST /sign-out', problem(500));
  await expect(endSession()).rejects.toBeInstanceOf(ApiError);
});

it('tries again only what may succeed later, and waits as long as the server asks', () => {
  const { retry, retryDelay } = createQueries().getDefaultOptions().queries ?? {};
  if (typeof retry !== 'function' || typeof retryDelay !== 'function') throw new Error('retries are not decided here');
  expect(retry(0, new ApiError(503, {}))).toBe(true);
  expect(retry(2, new ApiError(503, {}))).toBe(false);
  expect(retry(0, new ApiError(403, {}))).toBe(false);
  expect(retry(0, new Error('a defect'))).toBe(false);
  expect(retryDelay(1, new ApiError(429, {}, 7))).toBe(7000);
  expect(retryDelay(1, new ApiError(503, {}))).toBe(1000);
});
