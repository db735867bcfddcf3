import { expect, test } from '@playwright/test';

test('from a reason to its runs, by the address and back', async ({ page }) => {
  await page.goto('/dead-letters');
  await page.getByRole('button', { name: /Invalid input/ }).click();
  await expect(page).toHaveURL(/reason=bad_input/);
  await expect(page.getByRole('heading', { level: 2, name: /invalid input/ })).toBeVisible();
  await expect(page.getByText('“whenever it suits”').filter({ visible: true }).first()).toBeVisible();
  await page.getByRole('button', { name: /Slot unavailable/ }).click();
  await expect(page).toHaveURL(/reason=no_slot/);
  await page.goBack();
  await expect(page).toHaveURL(/reason=bad_input/);
});
