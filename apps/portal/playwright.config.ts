import { defineConfig } from '@playwright/test';
import { readStack } from './e2e/stack';

const CHROMIUM = process.env.PATCHBAY_CHROMIUM ?? '/usr/bin/chromium';
// Screenshots are for people to look at: npm run shots.
const IGNORED = process.env.PORTAL_SHOTS ? [] : ['**/shots.spec.ts'];

/** Journeys against a running stack, on Debian's Chromium; ./dev test starts the stack and installs the browser. */
export default defineConfig({
  testDir: 'e2e',
  testIgnore: IGNORED,
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: readStack().platform,
    storageState: 'test-results/ada.json',
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    // A phone has no keyboard.
    {
      name: 'phone',
      testIgnore: [...IGNORED, '**/keyboard.spec.ts'],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
