import { expect, test } from '@playwright/test';
import { Seeder } from '../seed.mjs';
import { readStack } from '../stack';

test('rejected credentials are mended from the call, by consent on the provider’s page', async ({ page }) => {
  test.setTimeout(120_000);
  const seeder = new Seeder(readStack());
  await seeder.fault('google', 'events.insert', '401');
  const call = await seeder.call();
  await seeder.runOf(call, ['parked']);
  await seeder.calm();
  const { items } = await seeder.read('/connections');
  const { account } = items.find((one: { provider: string }) => one.provider === 'google');

  await page.goto('/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByRole('button', { name: /^Connect/ })).toBeVisible();

  await page.goto(`/calls/${call}`);
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why.getByRole('button').first()).toHaveText('Connect…');
  await why.getByRole('button', { name: 'Connect…' }).click();
  await page
    .getByRole('dialog', { name: 'Connect the account again' })
    .getByRole('button', { name: 'Continue to Google Calendar' })
    .click();
  await page.getByRole('link', { name: account }).click();

  await expect(page.getByText('The account is connected.')).toBeVisible();
  await expect(attention.getByRole('button', { name: /^Connect/ })).toHaveCount(0);
  await page.goto(`/calls/${call}`);
  await expect(why.getByRole('button').first()).toHaveText('Replay…');
});
