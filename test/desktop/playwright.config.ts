import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // One desktop after the other: two cores, and some tests are about focus.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  // A machine on which the app cannot start fails within minutes, not after each test's own time.
  maxFailures: 8,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 20_000 },
  globalSetup: './setup.ts',
  outputDir: '../../test-results',
  reporter: [['list']]
})
