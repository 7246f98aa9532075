import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import type { Stage } from '../support/desktop/machine.ts'

const browser = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

const webSocketHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ=='
}

const statusOf = (address: string, headers: IncomingHttpHeaders): Promise<number> =>
  new Promise((resolve, reject) => {
    request(address, { headers })
      .on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      .on('upgrade', (_answer, socket) => {
        socket.destroy()
        resolve(101)
      })
      .on('error', reject)
      .end()
  })

/** Starts the preview with its own temporary folder. Resolves when its address is printed. */
async function startPreview(stage: Stage): Promise<{
  readonly address: string
  readonly temporary: string
  end(signal: NodeJS.Signals): Promise<number | null>
}> {
  const temporary = mkdtempSync(join(stage.folder, 'preview-'))
  const preview = spawn(process.execPath, [join(stage.folder, 'app', 'dist', 'preview.cjs'), '--demo'], {
    env: { ...process.env, TMPDIR: temporary }
  })
  const ended = new Promise<number | null>((resolve) => preview.once('exit', resolve))
  const address = await new Promise<string>((resolve) => {
    preview.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(chunk.toString())?.[0]
      if (found) resolve(found)
    })
  })
  return {
    address,
    temporary,
    end(signal) {
      preview.kill(signal)
      return ended
    }
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129]
] as const)
  test(`what the preview knew of the account goes with it, also by ${signal}`, async ({ stage }) => {
    const preview = await startPreview(stage)
    expect(readdirSync(preview.temporary)).toHaveLength(1)
    expect(await preview.end(signal)).toBe(code)
    expect(readdirSync(preview.temporary)).toEqual([])
  })

test('the preview shows the same list in a browser, to the one who has its address', async ({ stage }) => {
  test.skip(browser === undefined, 'no Chromium on this machine')
  const preview = await startPreview(stage)
  const { address } = preview
  const chrome = await chromium.launch({
    executablePath: browser ?? '',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
  })
  try {
    const context = await chrome.newContext({ locale: 'en-US' })
    const page = await context.newPage()
    await page.goto(address)
    const row = page.getByRole('option').filter({ hasText: '#272298' })
    await expect(row).toBeVisible()
    await row.click()
    await expect(page.getByRole('article').first()).toContainText('SSH')
    await test.step('a reload and a second window find the secret of before', async () => {
      await page.reload()
      await expect(row).toBeVisible()
      expect(page.url()).not.toContain('#')
      const popup = page.waitForEvent('popup')
      await page.getByRole('button', { name: 'New ticket' }).first().click()
      await expect((await popup).getByLabel('Title')).toBeVisible()
      await (await popup).close()
    })

    await test.step('another browser that has the address is told that it was used', async () => {
      const stranger = await (await chrome.newContext()).newPage()
      await stranger.goto(address)
      await expect(stranger.getByText('This address was used already')).toBeVisible()
      await stranger.goto(new URL('/inbox.html', address).href)
      await expect(stranger.getByText('#272298')).toHaveCount(0)
    })

    await test.step('what the browser sends to another port opens nothing here', async () => {
      const requestHeaders: IncomingHttpHeaders[] = []
      const other = createServer(({ headers }, response) => {
        requestHeaders.push(headers)
        response.end('<title>other</title>')
      })
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      try {
        const secondPage = await context.newPage()
        await secondPage.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
        expect(await context.cookies()).toEqual([])
        expect(requestHeaders.length).toBeGreaterThan(0)
        const { origin, host } = new URL(address)
        for (const headers of requestHeaders) {
          expect(JSON.stringify(headers)).not.toMatch(/[\w-]{43}/)
          const replayed = { ...headers, origin, host }
          expect(await statusOf(`${origin}/bridge`, { ...replayed, ...webSocketHeaders })).toBe(403)
        }
      } finally {
        other.close()
      }
    })
  } finally {
    await chrome.close()
    await preview.end('SIGTERM')
  }
})
