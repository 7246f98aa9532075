import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'

const browser = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

test('the preview shows the same list in a browser, to the one who has its address', async ({ stage }) => {
  test.skip(browser === undefined, 'no Chromium on this machine')
  const temporary = mkdtempSync(join(stage.folder, 'preview-'))
  const preview = spawn(process.execPath, [join(stage.folder, 'app', 'dist', 'preview.cjs'), '--demo'], {
    env: { ...process.env, TMPDIR: temporary }
  })
  const ended = new Promise((resolve) => preview.once('exit', resolve))
  const address = await new Promise<string>((resolve) => {
    preview.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(chunk.toString())?.[0]
      if (found) resolve(found)
    })
  })
  const chrome = await chromium.launch({
    executablePath: browser ?? '',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
  })
  try {
    const page = await chrome.newPage({ locale: 'en-US' })
    await page.goto(address)
    const row = page.getByRole('option').filter({ hasText: '#272298' })
    await expect(row).toBeVisible()
    await row.click()
    await expect(page.getByRole('article').first()).toContainText('SSH')
    const stranger = await (await chrome.newContext()).newPage()
    expect((await stranger.goto(address))?.status()).toBe(403)
  } finally {
    await chrome.close()
    preview.kill()
  }
  await ended
  expect(readdirSync(temporary), 'what it knew of the account goes with it').toEqual([])
})
