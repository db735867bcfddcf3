import { expect, test } from '@playwright/test';
import { readCalls } from '../calls';
import { readStack } from '../stack';

const { platform, token } = readStack();
const authorization = `Bearer ${token}`;

async function newestEntry(): Promise<string> {
  const response = await fetch(`${platform}/api/v1/audit?limit=1`, { headers: { authorization } });
  return ((await response.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
}

test('opening a call and all its evidence leaves no entry in the audit trail', async ({ page }) => {
  const before = await newestEntry();
  await page.goto(`/calls/${readCalls().taken}`);
  await expect(page.getByRole('region', { name: 'Why' })).toBeVisible();
  await page.getByRole('button', { name: 'Everything' }).click();
  await page.getByRole('button', { name: 'Input & output' }).click();
  await expect(page.getByRole('region', { name: 'Input' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await newestEntry()).toBe(before);
});

test('what a page polls is answered 304 while it is unchanged', async () => {
  const { takenRun, taken } = readCalls();
  for (const path of [`/runs/${takenRun.id}`, `/timeline?callId=${taken}`]) {
    const first = await fetch(`${platform}/api/v1${path}`, { headers: { authorization } });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await fetch(`${platform}/api/v1${path}`, { headers: { authorization, 'if-none-match': etag } });
    expect(again.status).toBe(304);
  }
});
