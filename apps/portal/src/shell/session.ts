'use client';

import { api, endSession, unwrap } from '@/api/client';
import { ApiError } from '@/api/problems';
import { notify } from '@/lib/notify';

/** Where to sign in so that one comes back to this page. */
export function signInAddress(): string {
  const here = `${window.location.pathname}${window.location.search}`;
  return here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`;
}

async function act(work: () => Promise<unknown>, after: string): Promise<void> {
  try {
    await work();
    window.location.assign(after);
  } catch (error) {
    notify({ text: error instanceof ApiError ? error.message : 'That did not work. Try again.', tone: 'bad' });
  }
}

export const signOut = (): Promise<void> => act(endSession, '/');

export const switchTenant = (tenantId: string): Promise<void> =>
  act(() => unwrap(api().POST('/api/v1/session/tenant', { body: { tenantId } })), '/');

export const endImpersonation = (id: string): Promise<void> =>
  act(() => unwrap(api().DELETE('/api/v1/impersonations/{id}', { params: { path: { id } } })), '/');
