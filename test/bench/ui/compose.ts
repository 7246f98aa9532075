/** Measures the time from the shortcut until the new-ticket window accepts input, in the real app. */
import { rmSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { startDemoServer } from '../../support/demo/server.ts'
import { launchApp } from '../../support/desktop/app.ts'
import { chooseElectron, prepareStage } from '../../support/desktop/machine.ts'
import { DesktopSession } from '../../support/desktop/session.ts'
import { closeWindow, connect, rowOf, visible } from '../../support/desktop/steps.ts'

const openings = 15

/** Epoch milliseconds by the wall clock, which the two processes share. */
interface Ready {
  readonly at: number
}

/** Resolves when the title has the focus and a frame was painted. */
const ready = (compose: Page): Promise<Ready> =>
  compose.evaluate(
    () =>
      new Promise<{ at: number }>((resolve) => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        const once = new AbortController()
        // No named function inside, since esbuild's helpers do not exist in the page.
        addEventListener(
          'focusin',
          ({ target }) => {
            if (!(target instanceof Element) || target.id !== 'title') return
            once.abort()
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => resolve({ at: performance.timeOrigin + performance.now() })
              port2.postMessage(null)
            })
          },
          { signal: once.signal }
        )
      })
  )

/** Has the effect of the global shortcut, which cannot be pressed here. Returns the time in epoch milliseconds. */
const press = (electron: ElectronApplication): Promise<number> =>
  electron.evaluate(({ app }) => {
    const at = performance.timeOrigin + performance.now()
    app.emit('second-instance', {}, ['bilet', '--new'])
    return at
  })

/** Opening times in milliseconds. */
export async function measureCompose(root: string): Promise<readonly number[]> {
  const stage = prepareStage(root, await chooseElectron(root))
  const session = await DesktopSession.open(stage)
  const demo = await startDemoServer({ token: 'of-a-bench' })
  const app = await launchApp({ stage, session })
  try {
    const inbox = await app.window(/Inbox/)
    await connect(inbox, demo)
    await rowOf(inbox, 272298).waitFor()
    const compose = await app.window(/New ticket/)
    const times: number[] = []
    for (let i = 0; i < openings; i++) {
      const opened = ready(compose)
      // Makes sure that the page listens before the window is shown.
      await compose.evaluate(() => undefined)
      const pressed = await press(app.electron)
      times.push((await opened).at - pressed)
      if (!(await visible(app.electron)).includes('New ticket')) throw new Error('No window was shown')
      await closeWindow(app.electron, 'New ticket')
    }
    return times
  } finally {
    await app.electron.close().catch(() => undefined)
    await demo.close()
    await session.close()
    rmSync(stage.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
