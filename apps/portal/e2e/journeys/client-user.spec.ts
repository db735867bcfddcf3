import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { readCalls } from '../calls';

test.use({ storageState: 'test-results/nora.json' });

test('a client’s person reads a call in their own words', async ({ page }, info) => {
  await page.goto(`/calls/${readCalls().taken}`);
  await expect(page.getByRole('heading', { level: 2, name: 'Not booked: time already taken' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Contact saved');
  await expect(page.getByRole('link', { name: /^Call \+1/ })).toHaveAttribute('href', /^tel:\+1312/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  const text = await page.getByRole('main').innerText();
  expect(text).not.toMatch(/\b(run|cor|call|evt|flw|con)_\w|parked|calendar\.book|google|undefined|NaN|\{/i);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  if (process.env.PORTAL_SHOTS) {
    await page.screenshot({ path: `test-results/shots/client-call-${info.project.name}.png`, fullPage: true });
  }
});

test('another client’s call is no call', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ storageState: 'test-results/omar.json', ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await page.goto(`/calls/${readCalls().taken}`);
  await expect(page.getByText('There is no such call')).toBeVisible();
  await context.close();
});
