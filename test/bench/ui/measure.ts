/**
 * Measures the built windows in Chromium. They are served by the built preview (the main side without Electron, in a separate
 * process), with an account on a demo server whose tickets have three replies each.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, CDPSession, Locator, Page } from '@playwright/test'
import { inDigits } from '../../../electron/tickets/text/numbers.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import { setOwnData } from './own-data.ts'
import { spy } from './spy.ts'

/** `tickets` are spread evenly over so many accounts. */
export interface UiCase {
  readonly tickets: number
  readonly accounts: number
  /** Tickets with states, tags and notes. */
  readonly ownData: number
}

export interface UiFigures extends UiCase {
  readonly elements: number
  /** Includes text nodes and comments. */
  readonly nodes: number
  readonly heapMB: number
  readonly firstRowsMs: number
  /** The same for a page with nothing but one row: the share of the browser and the machine. */
  readonly emptyPageMs: number
  readonly longestTaskMs: number
  /** Processor time of the longest task, without time in which other processes ran. */
  readonly longestTaskCpuMs: number
  /** The same while scrolling and searching. */
  readonly longestTaskOfUseCpuMs: number
  /** While the account's first list is loaded. */
  readonly longestTaskOfFirstListMs: number
  readonly frames: number
  readonly frameP50Ms: number
  readonly frameP99Ms: number
  readonly frameWorstMs: number
  /** The first search also folds all texts. */
  readonly firstSearchMs: number
  readonly searchMedianMs: number
  readonly searchWorstMs: number
}

const repeats = 7
const scrolledPixels = 60_000
/** Milliseconds between keys, as in fast typing. */
const betweenKeysMs = 200
const queries = ['98', 'gecikme', 'ayse', 'is:open yavaslik', 'bulunmaz']
/** By tag, note and state. */
const ownDataQueries = ['tag:vip', 'note:yedek', 'is:done tag:acil', 'yedek sunucuya']

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
}

/** Starts the preview and returns its address. The caller must kill `child`. */
async function preview(root: string): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'preview.cjs')], {
    env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    const address = /http:\/\/\S+/.exec(said)?.[0]
    if (address) return { child, address }
  }
  throw new Error('The preview ended before it listened')
}

/** Fills in the form and focuses the field in which Enter connects. */
async function fillIn(page: Page, demo: { origin: string; token: string }): Promise<void> {
  await page.getByLabel('API token').fill(demo.token)
  await page.getByText('Advanced', { exact: true }).click()
  await page.getByLabel('API address').fill(demo.origin)
  await page.getByLabel('Keep it for this session only').check()
  await page.getByLabel('API token').focus()
}

const allOf = (page: Page, count: number): Promise<void> =>
  page
    .getByRole('button', { name: `All ${inDigits(count, 'en')}`, exact: true })
    .waitFor({ timeout: 120_000 })
    .then(() => page.getByRole('option').first().waitFor())

/** Milliseconds after which all started work has certainly ended. */
const restMs = 1500

/**
 * The longest task over 50 ms during `act`, in milliseconds. `act` must use input events only: for anything else Playwright
 * first injects a script, which is a long task itself.
 */
async function longestDuring(page: Page, act: () => Promise<unknown>): Promise<number> {
  const from = await page.evaluate(() => performance.now())
  await act()
  await page.waitForTimeout(restMs)
  return longestSince(page, from)
}

const longestSince = (page: Page, from: number): Promise<number> =>
  page.evaluate(
    (since) => Math.max(0, ...window.noted.longTasks.filter(({ at }) => at > since).map(({ ms }) => ms)),
    from
  )

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>

async function boxOf(element: Locator): Promise<Box> {
  const box = await element.boundingBox()
  if (!box) throw new Error('It is not in view')
  return box
}

async function scroll(box: Box, cdp: CDPSession): Promise<void> {
  for (const yDistance of [-scrolledPixels / 2, scrolledPixels / 2])
    await cdp.send('Input.synthesizeScrollGesture', {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      yDistance,
      speed: 10_000,
      gestureSourceType: 'mouse'
    })
}

async function search(page: Page, typed: readonly string[]): Promise<void> {
  for (const query of typed) {
    for (const key of query) {
      await page.keyboard.press(key)
      await page.waitForTimeout(betweenKeysMs)
    }
    await page.keyboard.press('Escape')
  }
}

async function searched(page: Page, typed: readonly string[]): Promise<readonly number[]> {
  const keys = typed.join('').length
  await page.waitForFunction((count) => window.noted.searches.length >= count, keys)
  return page.evaluate(() => window.noted.searches)
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time of the thread in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** The longest task of the busiest page's main thread, in milliseconds of processor time. */
function longestOfTrace(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`
  const pages = new Map(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map((event) => [threadOf(event), [] as number[]])
  )
  for (const event of traceEvents)
    if (event.name.endsWith('RunTask')) pages.get(threadOf(event))?.push((event.tdur ?? 0) / 1000)
  const sum = (tasks: readonly number[]): number => tasks.reduce((total, task) => total + task, 0)
  const busiest = [...pages.values()].sort((a, b) => sum(b) - sum(a))[0] ?? []
  return Math.max(0, ...busiest)
}

async function measurePage(
  browser: Browser,
  context: BrowserContext,
  address: string,
  { tickets, ownData }: UiCase
): Promise<Omit<UiFigures, keyof UiCase | 'longestTaskOfFirstListMs' | 'firstRowsMs' | 'emptyPageMs'>> {
  const typed = ownData > 0 ? [...queries, ...ownDataQueries] : queries
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await browser.startTracing(page, { categories: ['toplevel'] })
  await page.goto(address)
  await allOf(page, tickets)
  await page.getByRole('option').nth(1).click()
  await page.getByRole('article').first().waitFor()
  const longestTaskCpuMs = longestOfTrace(await browser.stopTracing())
  await cdp.send('HeapProfiler.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { elements, nodes } = await page.evaluate(() => {
    const walker = document.createTreeWalker(document)
    let count = 1
    while (walker.nextNode()) count += 1
    return { elements: document.querySelectorAll('*').length, nodes: count }
  })
  const list = await boxOf(page.getByRole('listbox', { name: 'Tickets' }))
  const row = await boxOf(page.getByRole('option').nth(3))
  const long = [
    await longestDuring(page, () => page.mouse.click(row.x + row.width / 2, row.y + row.height / 2))
  ]
  await page.evaluate(() => (window.noted.recordFrames = true))
  await browser.startTracing(page, { categories: ['toplevel'] })
  long.push(await longestDuring(page, () => scroll(list, cdp)))
  const frames = await page.evaluate(() => {
    window.noted.recordFrames = false
    return window.noted.frames
  })
  await page.getByRole('searchbox', { name: 'Search' }).focus()
  long.push(await longestDuring(page, () => search(page, typed)))
  const [firstSearchMs = 0, ...searches] = await searched(page, typed)
  const longestTaskOfUseCpuMs = longestOfTrace(await browser.stopTracing())
  await page.close()
  return {
    elements,
    nodes,
    heapMB: usedSize / 1e6,
    longestTaskMs: Math.max(...long),
    longestTaskCpuMs,
    longestTaskOfUseCpuMs,
    frames: frames.length,
    frameP50Ms: quantile(frames, 0.5),
    frameP99Ms: quantile(frames, 0.99),
    frameWorstMs: Math.max(...frames),
    firstSearchMs,
    searchMedianMs: quantile(searches, 0.5),
    searchWorstMs: Math.max(...searches)
  }
}

/** Time until the first rows are painted, and the longest task until everything is loaded, in milliseconds. */
async function firstRows(
  context: BrowserContext,
  address: string
): Promise<{ readonly at: number; readonly longest: number }> {
  const page = await context.newPage()
  // Waits without calls to the page: opening a tab takes longer than loading the page, and calls would disturb it.
  await page.waitForTimeout(restMs)
  await page.goto(address)
  await page.waitForTimeout(restMs)
  const measured = await page.evaluate(() => ({
    at: window.noted.firstRows ?? Infinity,
    longest: Math.max(0, ...window.noted.longTasks.map(({ ms }) => ms))
  }))
  await page.close()
  return measured
}

/** Serves a page with nothing but one row. */
async function serveEmptyPage(): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><p role="option">1')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    }
  }
}

/** Connects one more account in the settings. */
async function addAccount(page: Page, demo: { origin: string; token: string }): Promise<void> {
  await page.getByRole('button', { name: 'Add account' }).click()
  await fillIn(page, demo)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add account' }).waitFor()
}

export async function measureUi(browser: Browser, root: string, uiCase: UiCase): Promise<UiFigures> {
  const { tickets, accounts, ownData } = uiCase
  const demos = await Promise.all(Array.from({ length: accounts }, () => startDemoServer({ sample: false })))
  for (const demo of demos) demo.fill(tickets / accounts, 3)
  const [demo, ...others] = demos
  if (!demo) throw new Error('There is no account')
  const empty = await serveEmptyPage()
  const { child, address } = await preview(root)
  const context = await browser.newContext({ viewport: { width: 980, height: 660 }, locale: 'en-US' })
  try {
    // The helper that esbuild adds to functions, which are sent to the page.
    await context.addInitScript('globalThis.__name = (named) => named')
    await context.addInitScript(spy)
    const first = await context.newPage()
    await first.goto(address)
    await fillIn(first, demo)
    const longestTaskOfFirstListMs = await longestDuring(first, () => first.keyboard.press('Enter'))
    await allOf(first, tickets / accounts)
    if (others.length > 0) {
      await first.getByRole('button', { name: 'Settings' }).click()
      for (const other of others) await addAccount(first, other)
      await first.keyboard.press('Escape')
      await allOf(first, tickets)
    }
    // Each page has a session storage of its own, with the secret that the printed address was exchanged for.
    const storage = await first.evaluate((): readonly [string, string][] =>
      Object.keys(sessionStorage).map((key) => [key, sessionStorage.getItem(key) ?? ''])
    )
    await context.addInitScript((entries) => {
      for (const [key, value] of entries) sessionStorage.setItem(key, value)
    }, storage)
    await first.close()
    const { origin } = new URL(address)
    if (ownData > 0) await setOwnData(origin, storage, ownData)
    const inbox = `${origin}/inbox.html`
    const starts: Awaited<ReturnType<typeof firstRows>>[] = []
    const emptyPages: number[] = []
    for (let i = 0; i < repeats; i++) {
      emptyPages.push((await firstRows(context, empty.address)).at)
      starts.push(await firstRows(context, inbox))
    }
    const measured = await measurePage(browser, context, inbox, uiCase)
    const at = starts.map((start) => start.at)
    const longest = starts.map((start) => start.longest)
    return {
      ...uiCase,
      ...measured,
      firstRowsMs: quantile(at, 0.5),
      emptyPageMs: quantile(emptyPages, 0.5),
      longestTaskMs: Math.max(measured.longestTaskMs, quantile(longest, 0.5)),
      longestTaskOfFirstListMs
    }
  } finally {
    await context.close()
    child.kill()
    empty.close()
    await Promise.all(demos.map((one) => one.close()))
  }
}
