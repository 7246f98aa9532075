/** Playwright fixtures: a desktop session, a demo server and a function to start the app. All are stopped after the test. */
import { test as base } from '@playwright/test'
import type { DemoServer } from '../demo/api.ts'
import { startDemoServer } from '../demo/server.ts'
import { launchApp, type LaunchOptions, type RunningApp } from './app.ts'
import type { Stage } from './machine.ts'
import { DesktopSession, type SessionOptions } from './session.ts'

type Launch = (options?: Omit<LaunchOptions, 'stage' | 'session'>) => Promise<RunningApp>

interface Fixtures {
  /** Options of the session: `test.use({ desktop: { display: 'wayland' } })`. */
  desktop: SessionOptions
  stage: Stage
  session: DesktopSession
  demo: DemoServer
  launch: Launch
}

/** Path of the packaged app with an inspector, for Playwright. */
export const packagedApp = (): string => process.env.BILET_TEST_PACKAGED ?? ''
/** Path of the packaged app exactly as released. */
export const releasedApp = (): string => process.env.BILET_TEST_RELEASED ?? ''

export const test = base.extend<Fixtures>({
  desktop: [{}, { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
  stage: async ({}, use) => {
    await use(JSON.parse(process.env.BILET_TEST_STAGE ?? '{}') as Stage)
  },
  session: async ({ stage, desktop }, use) => {
    const session = await DesktopSession.open(stage, desktop)
    await use(session)
    await session.close()
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  demo: async ({}, use) => {
    const demo = await startDemoServer({ token: 'tok-3f9c71' })
    await use(demo)
    await demo.close()
  },
  launch: async ({ stage, session }, use) => {
    const running: RunningApp[] = []
    await use(async (options = {}) => {
      const app = await launchApp({ stage, session, ...options })
      running.push(app)
      return app
    })
    for (const app of running) await app.electron.close().catch(() => undefined)
  }
})

export { expect } from '@playwright/test'
