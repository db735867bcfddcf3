import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { readCalls } from '../calls';
import { ROUTES, THEMES } from '../routes';

test('from the list by its filters to a call, and along the list', async ({ page }) => {
  await page.goto('/calls');
  const table = page.getByRole('table', { name: 'Calls, the newest first' });
  await expect(table).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /^Not booked/ })
    .click();
  await expect(page).toHaveURL(/outcome=not_booked/);
  await expect(table.getByText('Booked', { exact: true })).toHaveCount(0);
  await expect(table).toBeVisible();
  const { rejected } = readCalls();
  const rows = await table
    .locator('a[data-row]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const here = rows.findIndex((href) => href.startsWith(`/calls/${rejected}?`));
  await table.locator(`a[href="${rows[here]}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/calls/${rejected}\\?list=outcome%3Dnot_booked`));
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('rejected the credentials');
  // Calls are sorted by the moment at which they began, so the last call of the set-up may be anywhere.
  const isLast = here === rows.length - 1;
  const neighbour = rows[isLast ? here - 1 : here + 1] ?? '';
  await page.getByRole('link', { name: isLast ? 'Previous call' : 'Next call' }).click();
  await expect.poll(() => page.url()).toContain(neighbour);
  await expect(page.getByRole('region', { name: 'Why' })).not.toContainText('rejected the credentials');
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/\/calls\?outcome=not_booked/);
  await expect(table).toBeVisible();
});

test('a number finds its call in the list', async ({ page }) => {
  const { rejectedRun, rejected } = readCalls();
  await page.goto('/calls');
  await page.getByRole('searchbox').fill(rejectedRun.caller.phone);
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/q=/);
  await expect(page.locator(`a[href^="/calls/${rejected}?"]`)).toBeVisible();
  await page.getByRole('searchbox').fill('nobody of this name');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.getByText('No call with “nobody of this name”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByRole('table')).toBeVisible();
});

test('the first button of rejected credentials connects the account, as long as it is broken', async ({ page }) => {
  await page.goto(`/calls/${readCalls().rejected}`);
  const why = page.getByRole('region', { name: 'Why' });
  // The set-up has mended the account since.
  await expect(why.getByRole('button', { name: 'Replay…' })).toBeVisible();
  await expect(why.getByRole('button', { name: 'Connect…' })).toHaveCount(0);
});

test('what the browser measures of real use reaches our own metrics', async ({ page, request }) => {
  await page.goto('/usage');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const sent = page.waitForRequest((one) => one.url().endsWith('/api/v1/web-vitals'));
  // The browser reports the largest paint once the person does something, or leaves.
  await page.getByRole('heading', { level: 1 }).click();
  expect(Object.keys((await sent).postDataJSON())).toEqual(['page', 'vitals']);
  await expect
    .poll(async () => (await request.get('/actuator/prometheus')).text())
    .toMatch(/portal_lcp_seconds_count\{.*page="\/usage"/);
});

test('no text of the pages is a program’s', async ({ page }) => {
  for (const { path, status } of ROUTES) {
    if (status) continue;
    await page.goto(path());
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await page.waitForLoadState('networkidle');
    const text = await page.evaluate(() => {
      const main = document.querySelector('main')?.cloneNode(true) as HTMLElement;
      main.querySelectorAll('code, pre, .font-mono').forEach((element) => element.remove());
      return main.textContent;
    });
    expect(text, path()).not.toMatch(
      /\b(not_booked|no_slot|needs_person|no_request|bad_input|auth_expired|provider_down|rate_limited|unknown_outcome)\b/,
    );
    expect(text, path()).not.toMatch(/undefined|NaN|Oops|\[object|\d{4}-\d\d-\d\dT\d/);
  }
});

test('from the overview to a day, and to what needs somebody', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText(/compared with the 7 days before/)).toBeVisible();
  const card = page.getByRole('region', { name: 'Needs attention' });
  await card.getByRole('link', { name: /^Review Invalid input/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: /invalid input/ })).toBeVisible();
  await page.goBack();
  await page
    .getByRole('group', { name: 'Calls by day and outcome' })
    .getByRole('link', { name: /all calls: [1-9]/ })
    .last()
    .click();
  await expect(page).toHaveURL(/\/calls\?from=(\d{4}-\d\d-\d\d)&to=\1/);
  await expect(page.getByRole('table', { name: /^Calls/ })).toBeVisible();
});

test.describe('a client’s person', () => {
  test.use({ storageState: 'test-results/nora.json' });

  const PAGES = [
    { name: 'today', path: '/', heading: /^Good / },
    { name: 'calls', path: '/calls', heading: /^Calls$/ },
    { name: 'callbacks', path: '/callbacks', heading: /^Call back$/ },
    { name: 'dead-letters', path: '/dead-letters', heading: /^Dead letters$/ },
  ];
  for (const { name, path, heading } of PAGES) {
    for (const theme of THEMES) {
      test(`reads ${path} in their own words, ${theme}`, async ({ page }, info) => {
        await page.addInitScript((value) => localStorage.setItem('patchbay-theme', value), theme);
        const bodies: string[] = [];
        page.on('response', (response) => {
          if (response.url().includes('/api/')) void response.text().then((text) => bodies.push(text));
        });
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
        await page.waitForLoadState('networkidle');
        const text = await page.getByRole('main').innerText();
        expect(text).not.toMatch(/\b(run|cor|call|evt|flw|con|cli)_\w|parked|calendar\.book|google|undefined|NaN|\{/i);
        expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
        expect(bodies.join('')).not.toContain('cli_harbor');
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        );
        if (process.env.PORTAL_SHOTS) {
          await page.screenshot({
            path: `test-results/shots/client-${name}-${theme}-${info.project.name}.png`,
            fullPage: true,
          });
        }
      });
    }
  }

  test('calls back, says so, and takes it back', async ({ page }) => {
    await page.goto('/');
    const list = page.getByRole('region', { name: 'Callers to call back' });
    await expect(list.getByRole('link', { name: /^Call / }).first()).toHaveAttribute('href', /^tel:\+1312/);
    const done = list.getByRole('button', { name: /^Done: / });
    const before = await done.count();
    await done.first().click();
    await expect(list.getByRole('button', { name: 'Called back' })).toHaveAttribute('aria-pressed', 'true');
    await expect(done).toHaveCount(before - 1);
    await list.getByRole('button', { name: 'Booked by hand' }).click();
    await expect(list.getByRole('button', { name: 'Booked by hand' })).toHaveAttribute('aria-pressed', 'true');
    await list.getByRole('button', { name: 'Undo' }).click();
    await expect(done).toHaveCount(before);
  });
});
