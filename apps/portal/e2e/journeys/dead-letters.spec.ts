import { expect, test } from '@playwright/test';

test('from a reason to its runs, by the address and back', async ({ page }) => {
  await page.goto('/dead-letters');
  await page.getByRole('button', { name: /Invalid input/ }).click();
  await expect(page).toHaveURL(/reason=bad_input/);
  await expect(page.getByRole('heading', { level: 2, name: /invalid input/ })).toBeVisible();
  await expect(page.getByText('“next Tuesday”').filter({ visible: true }).first()).toBeVisible();
  await page.getByRole('button', { name: /Slot unavailable/ }).click();
  await expect(page).toHaveURL(/reason=no_slot/);
  await page.goBack();
  await expect(page).toHaveURL(/reason=bad_input/);
});

test('the keyboard alone leads from a page to a page', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Needs attention')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { level: 1, name: 'Dead letters' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('overview');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});
