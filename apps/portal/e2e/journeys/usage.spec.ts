import { expect, test } from '@playwright/test';
import { readStack } from '../stack';

const MONTH = '2026-10';

test('from a month to a client, a day, a call and why it cost that', async ({ page }) => {
  await page.goto(`/usage?month=${MONTH}`);
  await expect(page.getByText('as the providers state it')).toBeVisible();
  await page.getByRole('button', { name: /^Northside Dental/ }).click();
  await expect(page).toHaveURL(/key=cli_/);
  await page
    .getByRole('group', { name: 'Usage by day' })
    .getByRole('button', { name: /, [1-9]\d* calls?,/ })
    .first()
    .click();
  await expect(page).toHaveURL(/day=2026-10-/);
  await page.getByRole('region', { name: 'Calls' }).getByRole('listitem').first().getByRole('button').click();
  const call = page.getByRole('dialog', { name: 'Call' });
  await expect(call.getByRole('heading', { name: 'Why it cost this' })).toBeVisible();
  await expect(call.getByRole('region', { name: 'Records' })).toContainText('elevenlabs_tts');
  await call.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/call=/);
  await expect(call).toBeHidden();
});

test('the provider’s invoice is uploaded and agrees to 0.00', async ({ page, request }) => {
  const invoice = await request.get(`${readStack().sandbox}/_sandbox/retell/invoice?month=${MONTH}&format=csv`);
  await page.goto(`/reconciliation?month=${MONTH}`);
  await page.getByRole('button', { name: 'Upload invoice…' }).click();
  const dialog = page.getByRole('dialog', { name: `Invoice of ${MONTH}` });
  await dialog.getByRole('combobox').selectOption({ label: 'Retell (con_retell)' });
  await dialog
    .getByLabel('The provider’s document, JSON or CSV')
    .setInputFiles({ name: 'invoice.csv', mimeType: 'text/csv', buffer: await invoice.body() });
  await dialog.getByRole('button', { name: 'Compare' }).click();
  await expect(dialog).toBeHidden();
  const card = page.getByRole('region', { name: `Invoice of Retell, ${MONTH}` }).first();
  await expect(card).toContainText(/match Retell’s invoice exactly/);
  await expect(card.getByText('$0.00')).toBeVisible();
  await card.getByRole('button', { name: /Concurrency/ }).click();
  await expect(card.getByText(/Theirs 0 at 8.00 USD; ours nothing/)).toBeVisible();
});

test.describe('a client’s administrator', () => {
  test.use({ storageState: 'test-results/nora.json' });

  test('sees minutes and no cost, in no answer', async ({ page }) => {
    const answers: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/api/v1/usage')) void response.text().then((text) => answers.push(text));
    });
    await page.goto(`/usage?month=${MONTH}`);
    await expect(page.getByText('by the providers')).toBeVisible();
    await page
      .getByRole('group', { name: 'Usage by day' })
      .getByRole('button', { name: /, [1-9]\d* calls?,/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'Calls' }).getByRole('listitem').first().getByRole('button').click();
    await expect(page.getByRole('dialog', { name: 'Call' }).getByText('Talked')).toBeVisible();
    await expect(page.getByText('Reconciliation')).toHaveCount(0);
    expect(answers.length).toBeGreaterThan(2);
    expect(answers.join('\n')).not.toMatch(/"cost"|"why"|"records"|"statements"|margin/);
  });
});
