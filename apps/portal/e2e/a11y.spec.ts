import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ROUTES, THEMES } from './routes';

for (const route of ROUTES) {
  for (const theme of THEMES) {
    test(`${route.name} has no accessibility finding, ${theme}`, async ({ page }) => {
      await page.addInitScript((value) => localStorage.setItem('patchbay-theme', value), theme);
      const failures: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') failures.push(message.text());
      });
      page.on('pageerror', (error) => failures.push(error.message));
      await page.goto(route.path());
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      // The page itself never scrolls sideways.
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      expect(await page.title()).toMatch(/Patchbay/);
      expect(failures.filter((text) => !(route.status === 404 && text.includes('404')))).toEqual([]);
    });
  }
}
