import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { page, problem } from '@/testing/data';
import { show } from '@/testing/render';
import { requests, server } from '@/testing/server';
import { COLLECTION } from '@/testing/usage-data';
import { CollectionCard } from './collection-card';
import { readMonth } from './month';

const MONTH = readMonth('2026-10', new Date());
const asked = (path: string) => requests.filter((request) => new URL(request.url).pathname === path);

beforeEach(() => server.on('GET /api/v1/usage/collections', { body: page([COLLECTION]) }));

it('collects the month now, and shows how far it has come', async () => {
  server.on('GET /api/v1/usage/collections', {
    body: page([
      COLLECTION,
      { ...COLLECTION, pass: 'settled', state: 'waiting' },
      { ...COLLECTION, pass: 'requested', state: 'running', finishedAt: null, corrected: 2, failed: 1 },
      { ...COLLECTION, pass: 'nightly', state: 'unavailable', detail: 'Retell answered 500.' },
    ]),
  });
  server.on('POST /api/v1/usage/collect/retell', { body: page([]) });
  const { user } = show(<CollectionCard month={MONTH} />);
  expect(await screen.findByText(/12 statements read, 3 new, 1 without a client/)).toBeVisible();
  expect(screen.getByText(/2 corrected, .*1 rejected/)).toBeVisible();
  expect(screen.getByText('Retell answered 500.')).toBeVisible();
  expect(screen.getByText('Retell: nightly')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Collect Retell' }));
  await waitFor(() =>
    expect(asked('/api/v1/usage/collect/retell')[0]?.url).toContain('since=2026-10-01T00%3A00%3A00Z'),
  );
  server.on('POST /api/v1/usage/collect/retell', problem(404));
  await user.click(await screen.findByRole('button', { name: 'Collect Retell' }));
  await waitFor(() => expect(asked('/api/v1/usage/collect/retell')).toHaveLength(2));
});
