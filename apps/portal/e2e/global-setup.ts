import { chromium, type FullConfig } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Seeder } from './seed.mjs';
import { readStack } from './stack';

export const PEOPLE = {
  ada: 'Ada Byron',
  finn: 'Finn Weber',
  nora: 'Nora Diaz',
  omar: 'Omar Haddad',
  vera: 'Vera Lind',
} as const;

/** Makes the calls, and signs each person in once; the tests take up their sessions. */
export default async function setUp(config: FullConfig): Promise<void> {
  mkdirSync('test-results', { recursive: true });
  const calls = await new Seeder(readStack()).all();
  writeFileSync('test-results/calls.json', JSON.stringify(calls));
  const { launchOptions, baseURL } = config.projects[0]?.use ?? {};
  const browser = await chromium.launch(launchOptions);
  for (const [key, name] of Object.entries(PEOPLE)) {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}) });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click();
    await page.getByRole('heading', { level: 1, name: /^(Overview|Good )/ }).waitFor();
    await context.storageState({ path: `test-results/${key}.json` });
    await context.close();
  }
  await browser.close();
}
