import { test } from '@playwright/test';
import { ROUTES, THEMES } from './routes';

for (const route of ROUTES) {
  for (const theme of THEMES) {
    test(`${route.name} ${theme}`, async ({ page }, info) => {
      await page.addInitScript((value) => localStorage.setItem('patchbay-theme', value), theme);
      await page.goto(route.path());
      await page.waitForLoadState('networkidle');
      await page.screenshot({
        path: `test-results/shots/${route.name}-${theme}-${info.project.name}.png`,
        fullPage: true,
      });
    });
  }
}
