import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Bridge } from '../../electron/ipc/contract.ts'
import { expect, packagedApp, test } from '../support/desktop/fixtures.ts'
import { connect, diagnostics, rowOf } from '../support/desktop/steps.ts'

const look = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await (window as unknown as { bilet: Bridge }).bilet.invoke('updates.act', { act: 'check' })
  })

test('a package that replaces itself offers a release with its notes, skips a version, and installs on quitting', async ({
  session,
  demo,
  launch
}) => {
  const next = Buffer.from('#!/bin/sh\nexit 0\n')
  const sha512 = createHash('sha512').update(next).digest('base64')
  let version = '9.1.0'
  const releases = createServer((request, response) => {
    if (!request.url?.startsWith('/latest-linux.yml')) {
      response.end(next)
      return
    }
    const file = { url: 'Bilet.AppImage', sha512, size: next.length }
    const notes = '<ul><li>Daha hızlı &amp; sessiz</li></ul>'
    response.end(JSON.stringify({ version, files: [file], path: file.url, sha512, releaseNotes: notes }))
  })
  await new Promise<void>((resolve) => releases.listen(0, '127.0.0.1', resolve))
  const { port } = releases.address() as AddressInfo

  const feed = join(dirname(packagedApp()), 'resources', 'app-update.yml')
  const image = join(session.home, 'own', 'Bilet.AppImage')
  mkdirSync(dirname(image))
  copyFileSync('/bin/true', image)
  for (const path of [dirname(image), image]) chmodSync(path, 0o777)
  const packaged = { packaged: packagedApp(), env: { APPIMAGE: image, APPDIR: dirname(packagedApp()) } }

  try {
    await test.step('one that was built to be published nowhere offers nothing', async () => {
      const app = await launch(packaged)
      const inbox = await app.window(/Inbox/)
      await connect(inbox, demo, { version: 'v2' })
      await expect(rowOf(inbox, 272298)).toBeVisible()
      expect(await diagnostics(inbox)).toContain('updates off: built without a place to look for them')
      await app.quit()
    })

    writeFileSync(
      feed,
      `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: bilet-updater\n`
    )
    const offer = (page: Page, words: string): ReturnType<Page['getByRole']> =>
      page.getByRole('status').filter({ hasText: words })

    await test.step('a newer release is offered with its notes; skipping is remembered for that version', async () => {
      const app = await launch(packaged)
      const inbox = await app.window(/Inbox/)
      await expect(rowOf(inbox, 272298)).toBeVisible()
      await look(inbox)
      await expect(offer(inbox, 'A new version is available: 9.1.0')).toBeVisible()
      await inbox.getByText('What’s new').click()
      await expect(inbox.getByText('• Daha hızlı & sessiz')).toBeVisible()
      await inbox.getByRole('button', { name: 'Skip this version' }).click()
      await expect(offer(inbox, '9.1.0')).toHaveCount(0)
      await look(inbox)
      await expect(offer(inbox, '9.1.0')).toHaveCount(0)
      await app.quit()
      expect(readFileSync(image).equals(next)).toBe(false)
    })

    await test.step('the one after it is downloaded when asked for, and replaces the program on quitting', async () => {
      version = '9.2.0'
      const app = await launch(packaged)
      const inbox = await app.window(/Inbox/)
      await expect(rowOf(inbox, 272298)).toBeVisible()
      await look(inbox)
      await offer(inbox, 'A new version is available: 9.2.0')
        .getByRole('button', { name: 'Download' })
        .click()
      await expect(offer(inbox, 'Bilet 9.2.0 was downloaded')).toBeVisible()
      expect(await diagnostics(inbox)).toContain('updates by itself: ready')
      await app.quit()
      await expect.poll(() => readFileSync(image).equals(next)).toBe(true)
    })

    await test.step('a package that cannot replace itself tells of it, and shows where it is', async () => {
      version = '9.3.0'
      const app = await launch({ packaged: packagedApp() })
      const inbox = await app.window(/Inbox/)
      await expect(rowOf(inbox, 272298)).toBeVisible()
      await look(inbox)
      const banner = offer(inbox, 'Bilet 9.3.0 is out.')
      await expect(banner).toBeVisible()
      expect(await diagnostics(inbox)).toContain(
        'updates announced only (installed from a package or unpacked): published'
      )
      await app.electron.evaluate(({ shell }) => {
        const opened: string[] = []
        Object.assign(globalThis, { opened })
        shell.openExternal = (url) => Promise.resolve(void opened.push(url))
      })
      await banner.getByRole('button', { name: 'Open the download page' }).click()
      await expect
        .poll(() => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
        .toEqual(['https://example.invalid/bilet/releases/tag/v9.3.0'])
      await app.quit()
    })
  } finally {
    rmSync(feed, { force: true })
    releases.close()
  }
})
