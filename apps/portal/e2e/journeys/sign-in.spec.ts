import { expect, test } from '@playwright/test';

test.describe('somebody who is not signed in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('comes back to the page after signing in', async ({ page }) => {
    await page.goto('/dead-letters?reason=no_slot');
    await page.getByRole('link', { name: 'Sign in with Google' }).click();
    await page.getByRole('link', { name: /Ada Byron/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Dead letters' })).toBeVisible();
    await expect(page).toHaveURL(/reason=no_slot/);
  });
});

test('a session that ends in the middle is said over the page', async ({ page, context }) => {
  await page.goto('/dead-letters');
  await expect(page.getByRole('heading', { name: /runs?: / })).toBeVisible();
  await context.clearCookies();
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await page.reload();
  await expect(page.getByRole('link', { name: 'Sign in with Google' })).toBeVisible();
});

test('a client’s person sees no agency page and nobody else’s client', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ storageState: 'test-results/omar.json', ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  const bodies: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) void response.text().then((text) => bodies.push(text));
  });
  await page.goto('/dead-letters');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(bodies.join('')).not.toContain('cli_northside');
  await context.close();
});
