import { beforeEach, expect, it, vi } from 'vitest';
import { requests, server } from '@/testing/server';

const load = async (path: string) => {
  vi.resetModules();
  window.history.replaceState(null, '', path);
  return import('./vitals-reporter');
};

beforeEach(() => server.on('POST /api/v1/web-vitals', { status: 204 }));

it('sends the measures of one moment as one request, under the route without ids', async () => {
  const { report } = await load('/calls/call_1?list=q%3DAda');
  report({ name: 'LCP', value: 1830.4 });
  report({ name: 'CLS', value: 0.02 });
  report({ name: 'TTFB', value: 12 });
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  expect(await requests[0]?.json()).toEqual({
    page: '/calls/{id}',
    vitals: [
      { name: 'LCP', value: 1830.4 },
      { name: 'CLS', value: 0.02 },
    ],
  });
});

it('sends nothing of a page that is none of the portal’s, and loses a measure quietly', async () => {
  const unknown = await load('/no-such-page');
  unknown.report({ name: 'LCP', value: 1 });
  const known = await load('/usage');
  server.on('POST /api/v1/web-vitals', new Error('gone'));
  known.report({ name: 'INP', value: 40 });
  await vi.waitFor(() => expect(requests).toHaveLength(1));
});

it('keeps the measures of different pages apart', async () => {
  const { report } = await load('/calls');
  report({ name: 'LCP', value: 900 });
  report({ name: 'INP', value: 40, navigationURL: `${window.location.origin}/calls/call_1` });
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  const bodies = await Promise.all(requests.map((request) => request.json()));
  expect(bodies.map(({ page }) => page)).toEqual(['/calls', '/calls/{id}']);
});

it('knows the routes of the portal', async () => {
  const { routeOf } = await load('/');
  expect(routeOf('/')).toBe('/');
  expect(routeOf('/runs/run_1')).toBe('/runs/{id}');
  expect(routeOf('/find')).toBe('/find');
  expect(routeOf('/find/more')).toBeNull();
});
