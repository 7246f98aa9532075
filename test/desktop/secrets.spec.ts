/** Places without secrets: files, IPC messages, the windows' memory, logs, notifications, exports and process lists. */
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { startDemoServer } from '../support/demo/server.ts'
import type { Args } from '../../electron/ipc/contract.ts'
import type { RunningApp } from '../support/desktop/app.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'
import { newTicketOf } from '../support/builders.ts'

const secrets = {
  bearer: 'tok-3f9c71',
  header: 'hdr-Zq81+/x9==',
  secret: 'sec-77 aşk&7%e1',
  password: 'gizli-şifre-81'
} as const

/** Encodings of a secret: plain, UTF-16, base64, URL and JSON. */
function forms(secret: string): readonly Buffer[] {
  const texts = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1)
  ]
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}
const named = Object.entries(secrets).map(([name, secret]) => [name, forms(secret)] as const)
const found = (bytes: Buffer, where: string): readonly string[] =>
  named.flatMap(([name, all]) => (all.some((form) => bytes.includes(form)) ? [`${name} in ${where}`] : []))

/** Searches all readable files under a folder. */
async function inFiles(
  folder: string
): Promise<{ readonly hits: readonly string[]; readonly files: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hits: string[] = []
  for (const path of paths) hits.push(...found(await readFile(path).catch(() => Buffer.alloc(0)), path))
  return { hits, files: paths.length }
}

/** Searches the command line and environment of every process on the machine. */
function inProcesses(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) =>
      ['cmdline', 'environ'].flatMap((file) => {
        try {
          return found(readFileSync(`/proc/${pid}/${file}`), `${file} of ${pid}`)
        } catch {
          return []
        }
      })
    )
}

/** Records all messages from main to windows from now on: answers of commands and events. */
async function record(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ app, ipcMain, webContents }) => {
    const messages: string[] = []
    Object.assign(globalThis, { messages })
    type Handler = (...all: unknown[]) => Promise<unknown>
    // Electron's internal map of handlers; all commands go through it.
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> }
    for (const [channel, handler] of handlers)
      handlers.set(channel, async (...all) => {
        const answer = await handler(...all)
        messages.push(JSON.stringify(answer))
        return answer
      })
    const listen = (contents: Electron.WebContents): void => {
      const send = contents.send.bind(contents)
      contents.send = (channel: string, ...all: unknown[]) => {
        messages.push(JSON.stringify(all))
        send(channel, ...all)
      }
    }
    webContents.getAllWebContents().forEach(listen)
    app.on('web-contents-created', (_event, contents) => {
      listen(contents)
    })
  })
}
const recorded = (electron: ElectronApplication): Promise<readonly string[]> =>
  electron.evaluate(() => (globalThis as unknown as { messages: readonly string[] }).messages)

/** Heap snapshot of the page. */
async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return Buffer.from(chunks.join(''))
}

const ask = <Answer>(page: Page, name: string, args?: unknown): Promise<Answer> =>
  page.evaluate(
    ([command, given]) => {
      const { bilet } = window as unknown as { bilet: { invoke(...all: unknown[]): Promise<unknown> } }
      return bilet.invoke(command, given)
    },
    [name, args] as const
  ) as Promise<Answer>

const outputOf = (app: RunningApp): Buffer[] => {
  const output: Buffer[] = []
  app.electron.process().stdout?.on('data', (chunk: Buffer) => output.push(chunk))
  app.electron.process().stderr?.on('data', (chunk: Buffer) => output.push(chunk))
  return output
}

test('after a full session no secret lies anywhere, and none was told to a window', async ({
  session,
  demo,
  launch
}) => {
  const withHeader = await startDemoServer({ token: secrets.header })
  const withPair = await startDemoServer({ token: secrets.secret })
  const exported = join(session.home, 'export')
  try {
    const app = await launch()
    const output = outputOf(app)
    const inbox = await app.window(/Inbox/)
    await record(app.electron)
    await connect(inbox, demo, { version: 'v2' })
    await expect(rowOf(inbox, 272298)).toBeVisible()

    await test.step('two more accounts, each proving itself another way', async () => {
      const auths: readonly (readonly [string, Args<'accounts.connect'>['auth']])[] = [
        [withHeader.baseUrl('v2'), { kind: 'header', header: 'X-Api-Key', token: secrets.header }],
        [withPair.baseUrl('v2'), { kind: 'pair', access: 'demo', secret: secrets.secret }]
      ]
      for (const [baseUrl, auth] of auths)
        expect(
          await ask(inbox, 'accounts.connect', {
            name: 'another',
            baseUrl,
            version: 'v2',
            auth,
            thisRunOnly: false
          })
        ).toMatchObject({ ok: true })
      // `access` and `secret` are query parameters, which logs and caches often contain.
      expect(withPair.requests.some(({ parameters }) => parameters.secret === secrets.secret)).toBe(true)
    })

    await test.step('errors that say the secret back, a notification, an export, diagnostics', async () => {
      const echo = (words: string): string =>
        JSON.stringify({ status: false, message: words, error: words, data: null })
      demo.staffReply(272291, 'Çiğdem Şahin', 'Yanıtımız burada.')
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect.poll(() => session.shownCount()).toBeGreaterThan(0)
      demo.injectFault({
        on: 'list',
        effect: { kind: 'status', status: 500, body: echo(`Bearer ${secrets.bearer}?`) }
      })
      withPair.injectFault({
        on: 'list',
        effect: { kind: 'status', status: 500, body: echo(`secret=${secrets.secret}`) }
      })
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect(inbox.getByText(/The server reported an error/).first()).toBeVisible()
      await app.electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, exported)
      expect(await ask(inbox, 'tickets.export', { refs: null, format: 'json' })).toMatchObject({ ok: true })
      expect(await ask(inbox, 'app.diagnostics')).toMatchObject({ ok: true })
    })

    await test.step('a server password is queued while the server is away', async () => {
      await demo.close()
      const state = await ask<{ value: { accounts: readonly { id: string; baseUrl: string }[] } }>(
        inbox,
        'app.state'
      )
      const account = state.value.accounts.find(({ baseUrl }) => baseUrl === demo.baseUrl('v2'))
      const queued = await ask(inbox, 'tickets.create', {
        accountId: account?.id,
        draft: newTicketOf({
          title: 'Bekleyen',
          departmentId: 3,
          service: '952157',
          message: 'Bekliyor.',
          serverUser: 'root'
        }),
        password: secrets.password
      })
      expect(queued).toMatchObject({ ok: true, value: { action: { hasPassword: true } } })
      // Three accounts and the password, each encrypted.
      const vault = JSON.parse(readFileSync(join(app.userData, 'secrets.json'), 'utf8')) as {
        data: Record<string, string>
      }
      expect(Object.keys(vault.data).length).toBe(4)
      expect((await inFiles(session.home)).hits).toEqual([])
    })

    await test.step('every window crashes, and is loaded anew', async () => {
      const windows = await app.electron.evaluate(({ BrowserWindow }) => {
        const seen = globalThis as { crashed?: number; loaded?: number }
        const all = BrowserWindow.getAllWindows()
        for (const { webContents } of all) {
          webContents.once('render-process-gone', () => (seen.crashed = (seen.crashed ?? 0) + 1))
          webContents.once('did-finish-load', () => (seen.loaded = (seen.loaded ?? 0) + 1))
          webContents.forcefullyCrashRenderer()
        }
        return all.length
      })
      expect(windows).toBe(2)
      await expect
        .poll(() =>
          app.electron.evaluate(({ BrowserWindow }) => {
            const seen = globalThis as { crashed?: number; loaded?: number }
            const alive = BrowserWindow.getAllWindows().filter(
              ({ webContents: contents }) => !contents.isCrashed()
            )
            return [seen.crashed ?? 0, seen.loaded ?? 0, alive.length]
          })
        )
        .toEqual([windows, windows, windows])
    })

    expect(inProcesses()).toEqual([])
    const messages = await recorded(app.electron)
    expect(messages.length).toBeGreaterThan(20)
    expect(messages.flatMap((message) => found(Buffer.from(message), message.slice(0, 200)))).toEqual([])
    await app.quit()
    expect(found(Buffer.concat(output), 'what the app printed')).toEqual([])

    await test.step('the next run sends the password, and its windows never held a secret', async () => {
      const again = await launch()
      const later = outputOf(again)
      const reopened = await again.window(/Inbox/)
      await record(again.electron)
      await demo.reopen()
      await expect(rowOf(reopened, 272298).first()).toBeVisible()
      await expect(async () => {
        await ask(reopened, 'sync.check')
        const sent = demo.requests.filter(({ path }) => path.endsWith('/create'))
        expect(sent.map(({ parameters }) => parameters.serverpassword)).toEqual([secrets.password])
      }).toPass()
      // A sent password is no longer needed.
      await expect
        .poll(
          () =>
            Object.keys(
              (JSON.parse(readFileSync(join(again.userData, 'secrets.json'), 'utf8')) as { data: object })
                .data
            ).length
        )
        .toBe(3)
      for (const page of again.electron.windows()) {
        const heap = await heapOf(page)
        expect(heap.length).toBeGreaterThan(100_000)
        expect(found(heap, `the memory of ${page.url()}`)).toEqual([])
      }
      expect(
        (await recorded(again.electron)).flatMap((message) =>
          found(Buffer.from(message), message.slice(0, 200))
        )
      ).toEqual([])
      expect(inProcesses()).toEqual([])
      // Crashes the main process, whose dump would contain all of its memory.
      const ended = new Promise((resolve) => again.electron.process().once('exit', resolve))
      await again.electron
        .evaluate(() => {
          setTimeout(() => process.crash(), 50)
        })
        .catch(() => undefined)
      await ended
      expect(found(Buffer.concat(later), 'what the app printed')).toEqual([])
    })

    const shown = JSON.stringify(await session.notifications())
    expect(found(Buffer.from(shown), 'a notification')).toEqual([])
    const { hits, files } = await inFiles(session.home)
    console.log(`${files} files read, ${messages.length} messages to windows`)
    expect(files).toBeGreaterThan(20)
    expect(readFileSync(exported, 'utf8')).toContain('Yanıtımız burada.')
    expect(hits).toEqual([])
  } finally {
    await withHeader.close()
    await withPair.close()
  }
})

test('a keychain that is gone or replaced is said, nothing of it is lost, and nothing is written in the clear', async ({
  session,
  demo,
  launch
}) => {
  const first = await launch()
  await connect(await first.window(/Inbox/), demo)
  await expect(rowOf(await first.window(/Inbox/), 272298)).toBeVisible()
  await first.quit()

  await test.step('gone', async () => {
    const app = await launch({ keyring: false })
    const inbox = await app.window(/Inbox/)
    await inbox.getByRole('button', { name: '1/2 Next message' }).click()
    await expect(inbox.getByText(/the keychain changed and the stored token cannot be read/)).toBeVisible()
    await expect(rowOf(inbox, 272298)).toBeVisible()
    expect(demo.requests.at(-1)?.headers.authorization).toBe(`Bearer ${demo.token}`)
    const asked = demo.requests.length
    await inbox.getByRole('button', { name: 'Check now' }).click()
    expect(demo.requests.length).toBe(asked)
    await app.quit()
  })

  await test.step('back: nothing was lost', async () => {
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect(inbox.getByText(/checked (?:just now|\d+ s ago)/)).toBeVisible()
    await expect(inbox.getByText(/the keychain changed/)).toHaveCount(0)
    await app.quit()
  })

  await test.step('replaced by another one', async () => {
    await session.replaceKeyring()
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    await inbox.getByRole('button', { name: '1/2 Next message' }).click()
    await expect(inbox.getByText(/the keychain changed and the stored token cannot be read/)).toBeVisible()
    await app.quit()
  })
  expect((await inFiles(session.home)).hits).toEqual([])
})
