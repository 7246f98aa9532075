/** Large and hostile data: the window does not wait for a cache, and a slow list can be watched and stopped. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import type { RunningApp } from '../support/desktop/app.ts'
import { foundCaches } from '../support/hostile-caches.ts'
import { checkNow, connect, invoke, rowOf } from '../support/desktop/steps.ts'

const cacheOf = ({ userData }: RunningApp): string => {
  const accounts = join(userData, 'accounts')
  const [id = ''] = readdirSync(accounts)
  return join(accounts, id, 'tickets.ndjson')
}

const stateOf = async (inbox: Page): Promise<string | undefined> =>
  (await invoke(inbox, 'app.state')).accounts[0]?.connection.state

test('a start shows its window, and takes what is written, before the cache is read', async ({
  demo,
  launch,
  session
}) => {
  const before = await launch()
  const first = await before.window(/Inbox/)
  await connect(first, demo, { version: 'v1' })
  await expect(rowOf(first, 272298)).toBeVisible()
  const accountId = (await invoke(first, 'app.state')).accounts[0]?.id ?? ''
  const cache = cacheOf(before)
  await expect.poll(() => existsSync(cache) && readFileSync(cache, 'utf8')).toContain('"fingerprint"')
  await before.quit()
  const requestsBefore = demo.requests.length

  // Reading a named pipe blocks until it is written to.
  const content = `${cache}.content`
  renameSync(cache, content)
  execFileSync('mkfifo', [cache])
  chmodSync(cache, 0o666)
  demo.injectFault({ on: 'list', effect: { kind: 'status', status: 503 }, times: Infinity })
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await expect(inbox.getByRole('status', { name: 'Loading' })).toBeVisible()
  expect(await stateOf(inbox)).toBe('opening')
  const paints = (): Promise<number> =>
    inbox.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)
  await expect.poll(paints).toBe(1)
  await expect.poll(() => session.tray.tooltip()).toContain('Bilet')
  const ref = { accountId, ticketId: 272298 }
  await invoke(inbox, 'drafts.reply', { ref, text: 'Yarım' })
  const asked = inbox.evaluate(
    async (ticketRef) => (await window.bilet?.invoke('tickets.thread', ticketRef))?.ok,
    ref
  )
  expect(demo.requests.slice(requestsBefore)).toEqual([])

  await writeFile(cache, readFileSync(content))
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await expect(rowOf(inbox, 272298)).toContainText('Draft')
  expect(await asked).toBe(true)
  renameSync(content, cache)
  demo.clearFaults()
  await checkNow(inbox)
  await expect.poll(() => stateOf(inbox)).toBe('ok')
  expect(await session.notifications()).toEqual([])
})

const median = (values: readonly number[]): number =>
  [...values].sort((a, other) => a - other)[values.length >> 1] ?? 0

test('a start with a damaged, a huge and a hostile cache shows its window and, soon after, the list', async ({
  demo,
  launch,
  session
}) => {
  test.setTimeout(480_000)
  demo.fill(10_000, 3)
  const before = await launch()
  const first = await before.window(/Inbox/)
  await connect(first, demo, { version: 'v1' })
  await expect(first.getByRole('option').first()).toBeVisible()
  const cache = cacheOf(before)
  const isWritten = (): boolean => existsSync(cache) && readFileSync(cache, 'utf8').includes('"fingerprint"')
  await expect.poll(isWritten, { timeout: 20_000 }).toBe(true)
  await before.quit()

  /** `shown`: milliseconds from the start until the window has content. */
  async function start(content: string): Promise<{ app: RunningApp; inbox: Page; shown: number }> {
    writeFileSync(cache, content)
    const begun = performance.now()
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    await expect(inbox.getByRole('main')).toBeVisible()
    return { app, inbox, shown: performance.now() - begun }
  }

  const [empty, ...caches] = foundCaches(readFileSync(cache, 'utf8'))
  const notices = { nothing: null, damaged: /damaged file/, 'set-aside': /could not be read/ } as const
  const emptyMs: number[] = []
  const found: { readonly name: string; readonly shown: number }[] = []
  for (const { name, content, notice } of caches)
    await test.step(name, async () => {
      // Started with the same load on the machine, for comparison.
      const reference = await start(empty?.content() ?? '')
      emptyMs.push(reference.shown)
      await reference.app.quit()
      const { app, inbox, shown } = await start(content())
      found.push({ name, shown })
      const text = notices[notice]
      if (text) await expect(inbox.getByText(text)).toBeVisible({ timeout: 30_000 })
      await expect.poll(() => stateOf(inbox), { timeout: 30_000 }).toBe('ok')
      await expect(inbox.getByRole('option').first()).toBeVisible()
      expect((await invoke(inbox, 'tickets.rows', { from: 0, count: 20_000 })).length).toBe(10_000)
      await app.quit()
    })
  const usual = median(emptyMs)
  console.log(
    `an empty cache: window after ${Math.round(usual)} ms (median of ${emptyMs.length} starts between)`
  )
  for (const { name, shown } of found)
    console.log(
      `${name}: window after ${Math.round(shown)} ms, ${Math.round(shown - usual)} ms beside an empty one`
    )
  expect(await session.notifications()).toEqual([])
})

/** Serves a list of about 3 MB, slowly until `flow` is called. `drip` makes it slow again. */
async function drippingServer(): Promise<{
  readonly origin: string
  readonly flow: () => void
  readonly drip: () => void
  readonly close: () => void
}> {
  const ticket = { id: 7, date: '2026-11-01 10:00:00', status: 'Open', lastreply: '', replies: [] }
  const data = Array.from({ length: 3_000 }, (_, i) => ({ ...ticket, id: i + 1, message: 'x'.repeat(1_000) }))
  const body = Buffer.from(JSON.stringify({ status: true, message: '', error: null, data }))
  let isDripping = true
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    let at = 0
    const next = (): void => {
      const size = isDripping ? 40_000 : body.length
      response.write(body.subarray(at, at + size))
      at += size
      if (at >= body.length) response.end()
      else timer = setTimeout(next, 100)
    }
    let timer = setTimeout(next, 0)
    request.on('close', () => clearTimeout(timer))
    response.on('close', () => clearTimeout(timer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    flow: () => (isDripping = false),
    drip: () => (isDripping = true),
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}

test('a first list on a slow line shows how far it is, and can be stopped', async ({ demo, launch }) => {
  const server = await drippingServer()
  try {
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    const valueOf = (): Promise<string | null> =>
      inbox.getByRole('progressbar').getAttribute('aria-valuetext')

    await test.step('while connecting, which can be given up', async () => {
      await connect(inbox, demo, { version: 'v1', address: server.origin, token: 'slow-token' })
      await expect(inbox.getByRole('progressbar')).toBeVisible()
      await expect.poll(valueOf).toMatch(/^\d+(\.\d)? [KM]B of 3\.3 MB$/)
      const early = await valueOf()
      await expect.poll(valueOf).not.toBe(early)
      await inbox.getByRole('button', { name: 'Cancel' }).click()
      await expect(inbox.getByText('nothing was changed')).toBeVisible()
      await expect(inbox.getByLabel('API token')).toHaveValue('slow-token')
      expect((await invoke(inbox, 'app.state')).accounts).toEqual([])
    })

    await test.step('connected, the next first list shows it in the inbox', async () => {
      server.flow()
      await inbox.getByRole('button', { name: 'Connect' }).click()
      await expect(rowOf(inbox, 3_000).or(inbox.getByRole('option').first())).toBeVisible()
      const cache = cacheOf(app)
      await app.quit()
      writeFileSync(cache, '')
      server.drip()
    })

    await test.step('and Stop gives it up; Check now brings it', async () => {
      const again = await launch()
      const page = await again.window(/Inbox/)
      const bar = page.getByRole('progressbar')
      await expect(bar).toBeVisible()
      await expect.poll(() => bar.getAttribute('aria-valuetext')).toMatch(/ of 3\.3 MB$/)
      await page.getByRole('button', { name: 'Stop' }).click()
      await expect(bar).toBeHidden()
      await expect(page.getByText('Fetching the list was stopped.')).toBeVisible()
      expect(await stateOf(page)).toBe('failing')
      server.flow()
      await checkNow(page)
      await expect(page.getByRole('option').first()).toBeVisible()
      await expect(page.getByText('Fetching the list was stopped.')).toBeHidden()
    })
  } finally {
    server.close()
  }
})
