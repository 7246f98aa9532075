/** Text from the server is shown as text everywhere: list, thread, search, notification, tray, export and diagnostics. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect } from '../support/desktop/steps.ts'
import { payloads } from '../support/hostile.ts'

const firstId = 500_000

/** Control and direction characters, except line ends and tabs. */
const unseen = /(?![\n\t\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

/** A list in the format of v2. Each payload is the message, status, attachment, name and reply of one ticket. */
function listOf(hostile: readonly string[], more: readonly string[] = []): string {
  const data = hostile.map((payload, index) => ({
    id: firstId + index,
    date: '2026-11-01 10:00:00',
    message: payload,
    status: payload.slice(0, 2_000),
    attachments: payload,
    lastreply: '2026-11-02 10:00:00',
    replies: [
      {
        id: index * 10 + 1,
        admin: payload.slice(0, 2_000),
        user: payload.slice(0, 2_000),
        date: '2026-11-02 10:00:00',
        message: payload,
        attachment: payload
      },
      ...more.slice(index, index + 1).map((text) => ({
        id: index * 10 + 2,
        admin: text,
        user: 'x',
        date: '2026-11-03 10:00:00',
        message: text
      }))
    ]
  }))
  return JSON.stringify({ status: true, message: 'Ticket list', error: null, data })
}

interface Look {
  readonly id: number
  readonly ran: boolean
  /** Horizontal overflow of the window in pixels. */
  readonly sideways: number
  /** Elements and addresses that our components do not create. */
  readonly strange: readonly string[]
  /** Whether the text has control or direction characters. */
  readonly hidden: boolean
}

/** Opens the tickets one by one inside the page and checks each. */
function look(page: Page, ids: readonly number[]): Promise<readonly Look[]> {
  return page.evaluate(
    async ([all, pattern]) => {
      const known = new Set(
        'ARTICLE HEADER FOOTER STRONG SPAN TIME DIV EM MARK A BUTTON UL LI P DETAILS SUMMARY PRE BDI SVG PATH LINE CIRCLE RECT POLYLINE H1 H2 H3 HR'.split(
          ' '
        )
      )
      const found: Look[] = []
      const authority = ({ title }: HTMLElement): string => /^[a-z]+:(?:\/\/)?[^/?#]*/.exec(title)?.[0] ?? ''
      const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
      for (const id of all) {
        ;(window as unknown as { openTicket(ticket: number): void }).openTicket(id)
        const until = performance.now() + 5_000
        const isShown = (): boolean =>
          document.querySelector(`section.thread[aria-label^="#${id} "]`) !== null &&
          document.querySelector('article') !== null
        while (!isShown() && performance.now() < until) await frame()
        await frame()
        const articles = [...document.querySelectorAll('article')]
        const inside = articles.flatMap((article) => [...article.querySelectorAll('*')])
        const root = document.documentElement
        found.push({
          id: isShown() ? id : -id,
          ran: (window as unknown as { ran: boolean }).ran,
          sideways: Math.max(
            root.scrollWidth - root.clientWidth,
            ...articles.map((article) => article.getBoundingClientRect().right - root.clientWidth),
            ...[...document.querySelectorAll('[role=option], article, header')].map(
              (element) => element.getBoundingClientRect().right - root.clientWidth
            )
          ),
          strange: inside.flatMap((element) => [
            ...(known.has(element.tagName.toUpperCase()) ? [] : [element.tagName]),
            ...[...element.attributes].filter(({ name }) => /^on/.test(name)).map(({ name }) => name),
            ...(element instanceof HTMLAnchorElement && !/^(https?|mailto):/.test(element.href)
              ? [element.href]
              : []),
            // The tooltip must name the host in the form that is requested, without look-alike letters.
            ...(element instanceof HTMLAnchorElement && !/^[a-z]+:[\x21-\x7e]+$/.test(authority(element))
              ? [element.title]
              : [])
          ]),
          hidden: new RegExp(pattern, 'u').test(document.body.textContent)
        })
      }
      return found
    },
    [ids, unseen.source] as const
  )
}

const bad = (looks: readonly Look[]): readonly Look[] =>
  looks.filter(
    ({ id, ran, sideways, strange, hidden }) =>
      id < 0 || ran || sideways > 0.5 || strange.length > 0 || hidden
  )

test('nothing a server sends becomes markup, a request or a broken layout', async ({
  session,
  demo,
  launch
}) => {
  const hostile = payloads(demo.origin)
  console.log(`${hostile.length} payloads`)
  expect(hostile.length).toBeGreaterThanOrEqual(200)
  const list = (body: string): void => {
    demo.clearFaults()
    demo.injectFault({ on: 'list', effect: { kind: 'status', status: 200, body }, times: Infinity })
  }
  list(listOf(hostile))

  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  const answered: string[] = []
  inbox.on('response', (response) => answered.push(response.url()))
  inbox.on('dialog', (dialog) => answered.push(`dialog ${dialog.message()}`))
  await inbox.evaluate(() => {
    Object.assign(window, { ran: false, pwned: () => Object.assign(window, { ran: true }) })
  })
  await connect(inbox, demo, { version: 'v2' })
  await expect(inbox.getByRole('option').first()).toBeVisible()
  const rows = await inbox.evaluate(async () => {
    const answer = await window.bilet?.invoke('tickets.rows', { from: 0, count: 20_000 })
    return answer?.ok ? answer.value : []
  })
  const accountId = rows[0]?.accountId ?? ''
  // No ticket is lost, whatever its content.
  expect(rows.length).toBe(hostile.length)
  await electron.evaluate(({ BrowserWindow }, account) => {
    const window = BrowserWindow.getAllWindows().find((candidate) => candidate.getTitle() === 'Inbox')
    // Makes the page open a ticket, as a click on a notification does.
    Object.assign(globalThis, {
      show: (ticketId: number) =>
        window?.webContents.send('bilet:event', 'navigate', { to: 'ticket', accountId: account, ticketId })
    })
  }, accountId)
  await inbox.exposeFunction('openTicket', (ticketId: number) =>
    electron.evaluate((_, id) => {
      ;(globalThis as unknown as { show(ticket: number): void }).show(id)
    }, ticketId)
  )
  const ids = hostile.map((_, index) => firstId + index)

  await test.step('thread', async () => {
    expect(bad(await look(inbox, ids))).toEqual([])
  })

  await test.step('list: every row is as high as every other', async () => {
    const heights = await inbox.evaluate(async () => {
      const found = new Set<number>()
      const option = document.querySelector('[role=option]')
      let scroller = option?.parentElement ?? null
      while (scroller && scroller.scrollHeight <= scroller.clientHeight) scroller = scroller.parentElement
      if (!scroller) return []
      for (let top = 0; top <= scroller.scrollHeight; top += scroller.clientHeight / 2) {
        scroller.scrollTop = top
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
        for (const row of document.querySelectorAll('[role=option]'))
          found.add(Math.round(row.getBoundingClientRect().height))
      }
      return [...found]
    })
    expect(heights.length).toBe(1)
  })

  await test.step('as narrow as the window goes', async () => {
    await electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()
        .find((candidate) => candidate.getTitle() === 'Inbox')
        ?.setSize(560, 420)
    })
    await expect.poll(() => inbox.evaluate(() => innerWidth)).toBeLessThanOrEqual(560)
    expect(
      bad(
        await look(
          inbox,
          ids.filter((_, index) => index % 5 === 0)
        )
      )
    ).toEqual([])
    await electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()
        .find((candidate) => candidate.getTitle() === 'Inbox')
        ?.setSize(980, 660)
    })
  })

  await test.step('search', async () => {
    await expect.poll(() => inbox.evaluate(() => innerWidth)).toBeGreaterThan(720)
    const search = inbox.getByLabel('Search').first()
    for (const words of [
      '<script>',
      'onerror',
      'javascript:',
      '%s%s',
      '\\u202e',
      'is:<b>',
      '( [ * + ?',
      'a'.repeat(1_000)
    ]) {
      await search.fill(words)
      await inbox.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)))
      const state = await inbox.evaluate(() => ({
        ran: (window as unknown as { ran: boolean }).ran,
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        scripts: document.body.querySelectorAll(
          'script,iframe,object,embed,form[action],video,audio,style,link'
        ).length
      }))
      expect([words, state]).toEqual([words, { ran: false, sideways: 0, scripts: 0 }])
    }
    await search.fill('')
    const harmed = await search.evaluate(async (field: HTMLInputElement, all) => {
      const found: string[] = []
      const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
      for (const words of all) {
        field.value = words
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
        await frame()
        await frame()
        const root = document.documentElement
        const strange = document.body.querySelector(
          'script,iframe,object,embed,form[action],video,audio,style,link'
        )
        if ((window as unknown as { ran: boolean }).ran || strange || root.scrollWidth > root.clientWidth)
          found.push(words)
      }
      return found
    }, hostile)
    expect(harmed).toEqual([])
    await search.fill('')
  })

  await test.step('notification and tray', async () => {
    const texts = [
      `<b>Kalın</b> <img src="${demo.origin}/n.png"> <a href="${demo.origin}/n">bağ</a> & \u001b[31m \u202Eters`,
      '--icon=/etc/passwd\u0000 `touch /tmp/x` $(touch /tmp/x) &_x',
      `<script>window.pwned(1)</script>${'W'.repeat(3_000)}`
    ]
    list(listOf(hostile, texts))
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect.poll(() => session.shownCount()).toBeGreaterThan(0)
    for (const { summary, body } of await session.notifications()) {
      expect(summary + body).not.toMatch(unseen)
      // The daemon parses markup in a body, so all text must be escaped.
      expect(body).not.toMatch(/<(b|img|a|script)\b/i)
      expect(summary.length + body.length).toBeLessThan(600)
    }
    const labels = (await session.tray.menu()).map(({ label }) => label)
    expect(labels.filter((label) => label.startsWith('#')).length).toBeGreaterThan(0)
    for (const label of labels) {
      expect(label).not.toMatch(unseen)
      expect(Array.from(label).length).toBeLessThanOrEqual(80)
    }
  })

  await test.step('export', async () => {
    const file = join(session.home, 'export')
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    const write = (format: 'json' | 'markdown'): Promise<unknown> =>
      inbox.evaluate((as) => window.bilet?.invoke('tickets.export', { refs: null, format: as }), format)
    expect(await write('json')).toEqual({ ok: true, value: hostile.length })
    expect((JSON.parse(readFileSync(file, 'utf8')) as readonly unknown[]).length).toBe(hostile.length)
    expect(await write('markdown')).toEqual({ ok: true, value: hostile.length })
    const markdown = readFileSync(file, 'utf8')
    // Every character that could start markup is escaped with a backslash.
    expect(markdown.match(/(?<!\\)(?:\\\\)*<[a-z!/?]/gi) ?? []).toEqual([])
    expect(markdown.match(/(?<!\\)\]\(/g) ?? []).toEqual([])
    // All headings are ours: `##` for a ticket, `###` for a message.
    expect(
      markdown.split('\n').filter((line) => /^#{1,6} /.test(line) && !/^(## #\d+|### )/.test(line))
    ).toEqual([])
    expect(markdown).not.toMatch(unseen)
  })

  await test.step('diagnostics hold none of it', async () => {
    const answer = await inbox.evaluate(() => window.bilet?.invoke('app.diagnostics'))
    const text = answer?.ok ? answer.value : ''
    expect(text.length).toBeGreaterThan(100)
    expect(text).not.toMatch(/pwned|script|evil\.example|passwd|DROP TABLE/)
  })

  await test.step('errors in the server’s own words', async () => {
    for (const message of [
      `<img src=${demo.origin}/e.png onerror=window.pwned(1)>`,
      '\u202Eters\u0000 \u001b[31m',
      'W'.repeat(5_000)
    ]) {
      demo.clearFaults()
      const body = JSON.stringify({ status: false, message, error: message, data: null })
      demo.injectFault({ on: 'list', effect: { kind: 'status', status: 422, body }, times: 1 })
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect(
        inbox
          .getByRole('status')
          .filter({ hasText: /refused|said no|server/i })
          .first()
      ).toBeVisible()
      const sideways = await inbox.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      )
      expect(sideways).toBe(0)
    }
  })

  expect(await inbox.evaluate(() => (window as unknown as { ran: boolean }).ran)).toBe(false)
  expect(answered.filter((url) => !/^(app:\/\/bilet\/|data:image\/)/.test(url))).toEqual([])
  expect(demo.requests.filter(({ path }) => !/^\/v[12]\/(tickets|services)$/.test(path))).toEqual([])
  expect(electron.windows().length).toBe(2)
})
