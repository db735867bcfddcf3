import { expect, test } from '@playwright/test';
import { readCalls } from '../calls';

test('from a parked run to what decided, in three clicks', async ({ page }) => {
  await page.goto('/dead-letters?reason=no_slot');
  await page.locator('a[href^="/runs/"]').filter({ visible: true }).first().click();
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why).toContainText('is already taken');
  await expect(why).toContainText('Stopped atAppointment, step 2 of 3');
  const step = page.getByRole('region', { name: 'Step' });
  await step.getByRole('button', { name: /Requests/ }).click();
  // Patchbay's own reservation has the time, so Google was not asked.
  await expect(step.getByText('No request was sent.')).toBeVisible();
});

test('from the caller’s number to the cause', async ({ page }) => {
  const { rejected, rejectedRun } = readCalls();
  await page.goto('/find');
  await page.getByRole('textbox').fill(rejectedRun.caller.phone);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/calls/${rejected}`));
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why).toContainText('Google Calendar rejected the credentials');
  await expect(why).toContainText('Blocked byGoogle Calendar');
  const step = page.getByRole('region', { name: 'Step' });
  await expect(step.getByRole('button', { name: /POST.*decided.*401/ })).toHaveAttribute('aria-expanded', 'true');
});

test('a booked call says when, and what was said on demand', async ({ page }) => {
  await page.goto(`/calls/${readCalls().booked}`);
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('Booked for');
  await expect(page.getByRole('treegrid', { name: 'Timeline' })).toContainText('Appointment booked');
  await page.getByRole('button', { name: 'Show transcript' }).click();
  await expect(page.getByText('Agent', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Everything' }).click();
  await expect(page.getByRole('treegrid', { name: 'Timeline' })).toContainText('Webhook: call ended');
});
