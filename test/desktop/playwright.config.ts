import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // One at a time: there are two cores, and some tests depend on the focus.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  // If the app cannot start, the run fails within minutes instead of after all timeouts.
  maxFailures: 8,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 20_000 },
  globalSetup: './setup.ts',
  outputDir: '../../test-results',
  reporter: [['list']]
})
