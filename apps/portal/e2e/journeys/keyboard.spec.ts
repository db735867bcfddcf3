import { expect, test } from '@playwright/test';

test('the keyboard alone leads from a page to a page', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: /^Dead letters/ })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { level: 1, name: 'Dead letters' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('overview');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});
