/** Windows have no network access, neither in ways that a Content Security Policy covers nor in others. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dictionaryOf } from '../support/desktop/dictionary.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, invoke, rowOf } from '../support/desktop/steps.ts'

/** Listens on a free port and returns it. */
const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })

/** Makes a script in the page use a WebRTC server. `refused` if the browser rejects it. */
const lookFor = (page: Page, urls: string): Promise<string> =>
  page.evaluate(async (address) => {
    let peer: RTCPeerConnection
    try {
      peer = new RTCPeerConnection({
        iceServers: [{ urls: address, username: 'words', credential: 'words' }],
        iceTransportPolicy: address.startsWith('turn') ? 'relay' : 'all'
      })
    } catch {
      return 'refused'
    }
    peer.createDataChannel('words')
    const over = new Promise((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve(null)
      })
      peer.addEventListener('icecandidateerror', resolve)
      // The server was reached but does not answer.
      setTimeout(resolve, 5000)
    })
    await peer.setLocalDescription(await peer.createOffer())
    await over
    peer.close()
    return 'looked for'
  }, urls)

test('a script in a page reaches nobody by WebRTC or by hints, and has no name looked up', async ({
  session,
  launch
}) => {
  const reached: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', (data) => reached.push(data.toString('latin1')))
    reached.push('connection')
  })
  const port = await listen(server)
  const log = join(session.home, 'net-log.json')
  try {
    const app = await launch({ args: ['--demo', '--no-proxy-server', `--log-net-log=${log}`] })
    const { electron } = app
    const inbox = await app.window(/Inbox/)
    await expect(rowOf(inbox, 272298)).toBeVisible()

    await test.step('every window’s way to anybody is a proxy that nobody can be', async () => {
      const ways = await electron.evaluate(({ webContents }, own) => {
        const addresses = [
          'https://example.com/',
          'wss://example.com/',
          `http://127.0.0.1:${own}/`,
          'ftp://[::1]/'
        ]
        return Promise.all(
          webContents
            .getAllWebContents()
            .flatMap((contents) => addresses.map((address) => contents.session.resolveProxy(address)))
        )
      }, port)
      expect(ways.length).toBe(8)
      expect(new Set(ways)).toEqual(new Set(['PROXY 127.0.0.1:0']))
    })

    await test.step('WebRTC', async () => {
      const outcomes: string[] = []
      for (const address of [
        `turn:127.0.0.1:${port}?transport=tcp`,
        `turns:127.0.0.1:${port}?transport=tcp`,
        `turn:localhost:${port}?transport=tcp`,
        `stun:127.0.0.1:${port}?transport=tcp`,
        `turn:127.0.0.1:${port}`,
        `stun:127.0.0.1:${port}`,
        `turn:by-turn.localhost:${port}?transport=tcp`,
        `stun:by-stun.localhost:${port}`
      ])
        outcomes.push(await lookFor(inbox, address))
      expect(outcomes.filter((outcome) => outcome === 'looked for').length).toBeGreaterThanOrEqual(7)
      expect(reached).toEqual([])
    })

    await test.step('hints', async () => {
      await inbox.evaluate((origin) => {
        for (const rel of [
          'preconnect',
          'dns-prefetch',
          'prefetch',
          'preload',
          'modulepreload',
          'prerender'
        ]) {
          const link = document.createElement('link')
          link.rel = rel
          link.href = origin.replace('hint', rel)
          document.head.append(link)
        }
      }, `http://by-hint.localhost:${port}/`)
    })

    await test.step('main can, and its name is looked up', async () => {
      await electron.evaluate(
        ({ session: sessions }, own) =>
          sessions
            .fromPartition('reads')
            .fetch(`http://by-main.localhost:${own}/`, { signal: AbortSignal.timeout(1000) })
            .catch(() => undefined),
        port
      )
      expect(reached[0]).toBe('connection')
      expect(reached.join()).toContain('by-main')
      expect(reached.join()).not.toMatch(/words|by-(?!main)/)
    })

    await app.quit()
    const asked = readFileSync(log, 'utf8').match(/by-[a-z-]+(?=\.localhost)/g)
    expect(new Set(asked)).toEqual(new Set(['by-main']))
  } finally {
    server.close()
  }
})

test('a dictionary is fetched from Google by nobody who did not say so', async ({
  session,
  demo,
  launch
}) => {
  test.skip(process.platform === 'darwin', 'macOS has its own spelling checker')
  const log = join(session.home, 'net-log.json')
  const app = await launch({ args: ['--no-proxy-server', `--log-net-log=${log}`] })
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await electron.evaluate(({ dialog, BrowserWindow }) => {
    const questions: string[] = []
    Object.assign(globalThis, { questions })
    dialog.showMessageBox = (...args: unknown[]) => {
      const { message, buttons = [] } = args.at(-1) as Electron.MessageBoxOptions
      questions.push(message)
      // Accepts the connection to the server, but not the download of the dictionary.
      return Promise.resolve({ response: buttons.includes('Connect') ? 1 : 0, checkboxChecked: false })
    }
    BrowserWindow.getAllWindows()[0]?.focus()
  })
  // Somebody who is asked has the focus, which a display without a window manager may lose.
  const questions = (): Promise<readonly string[]> =>
    electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.focus()
      return (globalThis as unknown as { questions: string[] }).questions
    })
  const about = 'Download the dictionary for checking spelling?'
  const chosen = async (): Promise<string> => (await invoke(inbox, 'app.state')).settings.spelling

  await invoke(inbox, 'accounts.demo')
  await expect(rowOf(inbox, 272298)).toBeVisible()
  expect(await questions(), 'who tries the sample is asked for nothing').toEqual([])
  const auth = { kind: 'bearer', token: demo.token } as const
  await invoke(inbox, 'accounts.connect', {
    ...{ name: '', baseUrl: demo.origin, version: 'auto', auth, thisRunOnly: true }
  })
  await expect.poll(questions).toEqual([`Connect to ${new URL(demo.origin).host}?`, about])
  await expect.poll(chosen).toBe('off')
  expect(
    await electron.evaluate(({ session: sessions }) => sessions.defaultSession.isSpellCheckerEnabled())
  ).toBe(false)
  await app.quit()
  // Chromium's log lists all lookups and connections of all sessions.
  const reached = readFileSync(log, 'utf8').match(/"(?:hostname|qname)":"[^"]*"/g) ?? []
  expect(reached.filter((name) => /gvt1|google/.test(name))).toEqual([])
})

test('the dictionary of the spelling checker comes all the same, and learned words stay', async ({
  launch
}) => {
  test.skip(process.platform === 'darwin', 'macOS has its own spelling checker')
  const asked: string[] = []
  const server = createHttpServer(({ url }, response) => {
    asked.push(url ?? '')
    response.end(dictionaryOf(['Bilet', 'server', 'wartet']))
  })
  const port = await listen(server)
  try {
    const app = await launch({ args: ['--demo'] })
    const { electron, userData } = app
    const inbox = await app.window(/Inbox/)
    await rowOf(inbox, 272298).click()
    const box = inbox.getByRole('textbox', { name: 'Message' })
    expect(await changeSettings(inbox, { spelling: 'on' })).toBe(true)
    await electron.evaluate(async ({ session: sessions }, url) => {
      const pages = sessions.defaultSession
      pages.setSpellCheckerDictionaryDownloadURL(url)
      const ready = new Promise<void>((resolve) => {
        pages.on('spellcheck-dictionary-initialized', (_event, language) => {
          if (language === 'de') resolve()
        })
      })
      pages.setSpellCheckerLanguages(['de'])
      await ready
    }, `http://127.0.0.1:${port}/`)
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^\/de-.*\.bdic$/)
    expect(readdirSync(join(userData, 'Dictionaries')).join()).toMatch(/^de-.*\.bdic$/)

    /** The context menu's data for the only word in the box. */
    const misspelled = async (word: string): Promise<unknown> => {
      await box.fill('')
      await box.pressSequentially(`${word} `)
      // Registers the listener before the click, which uses another channel.
      await electron.evaluate(({ BrowserWindow }) => {
        const world = globalThis as { menuData?: unknown }
        delete world.menuData
        const shown = BrowserWindow.getAllWindows().find((window) => window.getTitle().includes('Inbox'))
        shown?.webContents.once('context-menu', (_event, { misspelledWord, dictionarySuggestions }) => {
          world.menuData = [misspelledWord, dictionarySuggestions]
        })
      })
      await box.click({ button: 'right', position: { x: 20, y: 16 } })
      const menuTexts = (): Promise<unknown> =>
        electron.evaluate(() => (globalThis as { menuData?: unknown }).menuData ?? null)
      await expect.poll(menuTexts).not.toBeNull()
      return menuTexts()
    }
    await expect.poll(() => misspelled('serber')).toEqual(['serber', ['server']])
    expect(await misspelled('server')).toEqual(['', []])
    await electron.evaluate(({ session: sessions }) =>
      sessions.defaultSession.addWordToSpellCheckerDictionary('serber')
    )
    await app.quit()
    expect(readFileSync(join(userData, 'Custom Dictionary.txt'), 'utf8')).toContain('serber')
  } finally {
    server.close()
  }
})
