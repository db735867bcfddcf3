import { expect, test } from '@playwright/test';
import { Seeder } from '../seed.mjs';
import { readStack } from '../stack';

test('a call that a provider refused is replayed and booked once', async ({ page }) => {
  test.setTimeout(120_000);
  const seeder = new Seeder(readStack());
  await seeder.fault('google', 'events.list', '500');
  const call = await seeder.call();
  await seeder.runOf(call, ['parked']);
  await seeder.calm();
  await page.goto(`/calls/${call}`);
  await page
    .getByRole('button', { name: /^Replay/ })
    .first()
    .click();
  const panel = page.getByRole('dialog', { name: 'Replay run' });
  await expect(panel.getByText('Reused', { exact: true })).toBeVisible();
  await expect(panel.getByText('Will run')).toBeVisible();
  await panel.getByLabel(/Reason/).fill('Google recovered');
  await panel.getByRole('button', { name: 'Replay run' }).click();
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('Booked for', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Pass 1' })).toBeVisible();
  expect(await seeder.bookingsOf(call)).toBe(1);
});
