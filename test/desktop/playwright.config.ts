import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // One at a time: there are two cores, and some tests depend on the focus.
  workers: 1,
  // Two cores that others use, too. `test/run.ts` names each test that passed only the second time: it has a mistake.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  // If the app cannot start, the run fails within minutes instead of after all timeouts.
  maxFailures: 8,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 20_000 },
  globalSetup: './setup.ts',
  outputDir: '../../test-results',
  reporter: [['list']]
})
