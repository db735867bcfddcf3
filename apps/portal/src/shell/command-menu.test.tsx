import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { CALL, TIMELINE } from '@/testing/calls';
import { ADA, CLIENTS, page, problem } from '@/testing/data';
import { show } from '@/testing/render';
import { visit, visited } from '@/testing/router';
import { requests, server } from '@/testing/server';
import { CommandMenu, readQuery } from './command-menu';

const close = vi.fn();
const keys = vi.fn();

beforeEach(() => {
  visit('/');
  visited.length = 0;
  close.mockReset();
  server.on('GET /api/v1/me', { body: ADA });
  server.on('GET /api/v1/clients', { body: page(CLIENTS) });
  server.on('GET /api/v1/timeline', {
    body: { ...TIMELINE, calls: [CALL, { ...CALL, callId: 'call_2', name: null }] },
  });
});

it('reads numbers and other texts', () => {
  expect(readQuery('+1 (312) 555-1302')).toEqual({ kind: 'number', value: '+13125551302' });
  expect(readQuery('13125551302')).toEqual({ kind: 'number', value: '+13125551302' });
  expect(readQuery(' run_01m8 ')).toEqual({ kind: 'words', value: 'run_01m8' });
  expect(readQuery('dead')).toEqual({ kind: 'words', value: 'dead' });
});

it('lists the calls of a number and opens one', async () => {
  const { user } = show(<CommandMenu me={ADA} onClose={close} onKeys={keys} />);
  await user.type(screen.getByRole('combobox'), '+1 312 555 1302');
  await user.click(await screen.findByText('Edsger Dijkstra'));
  expect(visited).toEqual(['/calls/call_1']);
  expect(close).toHaveBeenCalled();
  expect(requests.some((request) => request.url.includes('q=%2B13125551302'))).toBe(true);
});

it('finds anything by its id, and opens a page by its name', async () => {
  const { user } = show(<CommandMenu me={ADA} onClose={close} onKeys={keys} />);
  await user.type(screen.getByRole('combobox'), 'run_7');
  await user.click(screen.getByText('Find “run_7”'));
  await user.clear(screen.getByRole('combobox'));
  await user.type(screen.getByRole('combobox'), 'dead');
  await user.keyboard('{Enter}');
  expect(visited).toEqual(['/find?q=run_7', '/dead-letters']);
});

it('sets the client, the theme, shows the keys and signs out', async () => {
  server.on('POST /sign-out', problem(500));
  const { user } = show(<CommandMenu me={ADA} onClose={close} onKeys={keys} />);
  await user.click(await screen.findByText('Harbor Fitness'));
  expect(window.location.search).toBe('?client=cli_harbor');
  await user.click(screen.getByText(/Change the theme/));
  await user.click(screen.getByText('Keyboard shortcuts'));
  await user.click(screen.getByText('Sign out'));
  expect(keys).toHaveBeenCalled();
  await user.keyboard('{Escape}');
  expect(close).toHaveBeenCalled();
});

it('says that nothing matches, and asks nothing that is not allowed', async () => {
  const { user } = show(<CommandMenu me={{ ...ADA, permissions: [] }} onClose={close} onKeys={keys} />);
  await user.type(screen.getByRole('combobox'), '+1 312 555 1302');
  expect(await screen.findByText(/Nothing matches/)).toBeVisible();
  expect(requests.some((request) => request.url.includes('/timeline'))).toBe(false);
});
