import { expect, test } from '@playwright/test';

test('from a parked run to what decided, in three clicks', async ({ page }) => {
  await page.goto('/dead-letters?reason=no_slot');
  await page.locator('a[href^="/runs/"]').filter({ visible: true }).first().click();
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('the requested time is not available');
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('Google Calendar');
  const step = page.getByRole('region', { name: 'Step' });
  await step.getByRole('button', { name: /Requests/ }).click();
  // Patchbay's own reservation has the time, so Google was not asked.
  await expect(step.getByText('No request was sent.')).toBeVisible();
});
