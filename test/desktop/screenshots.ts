/**
 * `npm run screenshots [FOLDER]`: takes screenshots of all screens of the real app, in both themes and languages, into
 * screenshots/, which is not in Git. Those used in documents are copied from there to docs/screenshots.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from '../../build/build.ts'
import { startDemoServer } from '../support/demo/server.ts'
import { launchApp } from '../support/desktop/app.ts'
import { looks, applyLook } from '../support/desktop/looks.ts'
import { chooseElectron, ensurePackages, prepareStage } from '../support/desktop/machine.ts'
import { DesktopSession } from '../support/desktop/session.ts'
import { tour } from '../support/desktop/tour.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = process.argv[2] ?? join(root, 'screenshots')

ensurePackages()
const electron = await chooseElectron(root)
await buildApp()
const stage = prepareStage(root, electron)
const session = await DesktopSession.open(stage)
const demo = await startDemoServer({ token: 'a-token-for-pictures' })
const app = await launchApp({ stage, session, lang: 'tr', args: [] })
try {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(join(folder, name))
  await tour({
    app,
    demo,
    clickTray: () => session.tray.activate(),
    visit: async (page, name) => {
      for (const look of looks) {
        await applyLook(page, look)
        const path = join(folder, `${name}-${look.theme}-${look.language}.png`)
        await page.screenshot({ path, scale: 'css', caret: 'hide', animations: 'disabled' })
      }
    }
  })
  console.log(`Pictures are in ${folder}`)
} finally {
  await app.electron.close().catch(() => undefined)
  await demo.close()
  await session.close()
  rmSync(stage.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
