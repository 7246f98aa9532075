/**
 * Electron's security checklist (items 1–20), checked in the real app: https://www.electronjs.org/docs/latest/tutorial/security
 * Rules for pages are tested by code inside our own page, as an injected script would.
 */
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, packagedApp, test } from '../support/desktop/fixtures.ts'
import { injectedScript } from '../support/desktop/injected.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'
import type { Bridge } from '../../electron/ipc/contract.ts'

const run = promisify(execFile)

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"

/** Runs `fetch` in the page. Returns the status of each address. */
const statuses = (page: Page, addresses: readonly string[]): Promise<(readonly [string, number])[]> =>
  page.evaluate(
    (all) =>
      Promise.all(
        all.map(async (address) => {
          const answer = await fetch(address).catch(() => null)
          return [address, answer?.status ?? 0] as const
        })
      ),
    addresses
  )

const addresses = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(({ webContents }) => webContents.getAllWebContents().map((contents) => contents.getURL()))

test('the checklist, from source', async ({ demo, launch }) => {
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await app.window(/New ticket/)
  const answered: string[] = []
  for (const page of electron.windows())
    page.on('response', (response) => {
      if (!response.url().startsWith('app://bilet/')) answered.push(response.url())
    })

  await test.step('2–4, 6, 8–10, 12: every window’s preferences', async () => {
    const all = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        // Undocumented, but in every Electron since version 5.
        const known = contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        return { type: contents.getType(), ...known.getLastWebPreferences() }
      })
    )
    expect(all.length).toBe(2)
    for (const preferences of all) {
      expect(preferences).toMatchObject({
        type: 'window',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        webSecurity: true
      })
      for (const dangerous of [
        'nodeIntegrationInWorker',
        'nodeIntegrationInSubFrames',
        'allowRunningInsecureContent',
        'experimentalFeatures',
        'enableBlinkFeatures'
      ] as const)
        expect((preferences as Record<string, unknown>)[dangerous] ?? false, dangerous).toBeFalsy()
    }
  })

  await test.step('4: the kernel says that renderers are sandboxed', async () => {
    test.skip(process.platform !== 'linux', 'reads /proc')
    const pids = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId())
    )
    const own = new Set<string>()
    for (const pid of pids) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      // 2 means that a seccomp filter is active.
      expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2')
      expect(/^NoNewPrivs:\s*(\d)/m.exec(status)?.[1]).toBe('1')
      // Has its own PID namespace, in which it sees no other processes.
      expect(/^NSpid:\s*\d+\s+\d+/m.test(status)).toBe(true)
      own.add(/^NSpid:.*$/m.exec(status)?.[0] ?? '')
    }
    expect(own.size).toBeGreaterThan(0)
  })

  await test.step('2, 3, 20: no Node and no Electron in a page, only the bridge', async () => {
    for (const page of electron.windows()) {
      const found = await page.evaluate(() => ({
        node: [
          'require',
          'process',
          'module',
          'exports',
          'Buffer',
          'global',
          '__dirname',
          'electron',
          'ipcRenderer'
        ].filter((name) => name in window),
        bridge: Object.keys((window as unknown as { bilet: object }).bilet).sort(),
        // A page can at most change its own copy of the bridge.
        writable: (() => {
          try {
            const before = window.bilet
            ;(window as { bilet: unknown }).bilet = null
            return window.bilet !== before
          } catch {
            return false
          }
        })()
      }))
      expect(found).toEqual({ node: [], bridge: ['invoke', 'on'], writable: false })
    }
  })

  await test.step('1, 7, 18: pages come from app://bilet, with this policy as a header', async () => {
    for (const page of electron.windows()) expect(page.url()).toMatch(/^app:\/\/bilet\/(inbox|compose)\.html/)
    const headers = await inbox.evaluate(async () => {
      const answer = await fetch('app://bilet/inbox.html')
      return Object.fromEntries(answer.headers.entries())
    })
    expect(headers).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8'
    })
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  })

  await test.step('18: no way out of the folder', async () => {
    const inside = await statuses(inbox, ['app://bilet/inbox.html', 'app://bilet/x/../compose.html'])
    expect(inside.map(([, status]) => status)).toEqual([200, 200])
    const outside = [
      'app://bilet/..%2fmain.mjs',
      'app://bilet/..%2f..%2fpackage.json',
      'app://bilet/%2e%2e%2fmain.mjs',
      'app://bilet/..%5cmain.mjs',
      'app://bilet/..%2fpreload.cjs%00.html',
      'app://bilet/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      'app://bilet/%2fetc%2fpasswd',
      'app://bilet//etc/passwd',
      'app://bilet/....//main.mjs',
      'app://bilet/%252e%252e%252fmain.mjs',
      'app://bilet/..;/main.mjs',
      'app://bilet/assets/..%2f..%2fmain.mjs',
      'app://bilet/main.mjs',
      'app://bilet/',
      'app://bilet/assets',
      'app://bilet/inbox.html%00.js',
      'app://bilet/nothing.html',
      'app://bilet/icons/128x128.png/..%2f..%2fmain.mjs'
    ]
    expect(await statuses(inbox, outside)).toEqual(outside.map((address) => [address, 404]))
    const posted = await inbox.evaluate(
      async () => (await fetch('app://bilet/inbox.html', { method: 'POST' })).status
    )
    expect(posted).toBe(404)
    const elsewhere = ['app://elsewhere/inbox.html', 'file:///etc/passwd', `${demo.origin}/v1/tickets`]
    for (const [, status] of await statuses(inbox, elsewhere)) expect(status).toBe(0)
  })

  await test.step('7: the policy holds against what an injected script would try', async () => {
    const outcome = await inbox.evaluate(injectedScript, demo.origin)
    expect(outcome.tried.filter((attempt) => attempt.endsWith('allowed'))).toEqual([])
    expect(outcome.tried.length).toBe(9)
    expect(outcome.network).toEqual(['rejected', 'rejected'])
    expect(outcome.ran).toEqual([])
    expect(outcome.base).toBe(inbox.url())
    expect(outcome.violated).toEqual(
      expect.arrayContaining([
        'base-uri',
        'connect-src',
        'frame-src',
        'img-src',
        'media-src',
        'style-src-elem'
      ])
    )
  })

  await test.step('11–14: a page goes nowhere, opens nothing and embeds nothing', async () => {
    // In the other window: after these navigations Playwright waits for ever on the page.
    const compose = await app.window(/New ticket/)
    const before = await addresses(electron)
    const tried = await compose.evaluate(async (origin) => {
      const targets = [
        `${origin}/x`,
        'https://example.com/',
        'app://bilet/compose.html',
        'file:///etc/passwd',
        'about:blank',
        'data:text/html,x',
        'bilet://new?title=x'
      ]
      const opened = targets.filter((target) => window.open(target) !== null)
      for (const target of targets) {
        const link = document.createElement('a')
        link.href = target
        link.target = '_blank'
        link.click()
        link.target = ''
        link.click()
        location.href = target
        location.assign(target)
      }
      const form = document.createElement('form')
      form.action = `${origin}/x`
      document.body.append(form)
      form.submit()
      form.remove()
      const webview = document.createElement('webview')
      webview.setAttribute('src', `${origin}/x`)
      webview.setAttribute('allowpopups', '')
      document.body.append(webview)
      await new Promise((resolve) => setTimeout(resolve, 200))
      const isWebview = 'getWebContentsId' in webview
      webview.remove()
      return { opened, isWebview }
    }, demo.origin)
    expect(tried).toEqual({ opened: [], isWebview: false })
    expect(await addresses(electron)).toEqual(before)
  })

  await test.step('5: no permission, in no session', async () => {
    const answers = await inbox.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
        'persistent-storage'
      ]
      const states = await Promise.all(
        names.map(async (name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            () => 'denied'
          )
        )
      )
      const refused = async (ask: Promise<unknown>): Promise<boolean> =>
        ask.then(
          () => false,
          () => true
        )
      return {
        states: [...new Set(states)],
        camera: await refused(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
        screen: await refused(navigator.mediaDevices.getDisplayMedia()),
        clipboard: await refused(navigator.clipboard.readText()),
        notification: await Notification.requestPermission(),
        location: await refused(
          new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))
        )
      }
    })
    expect(answers).toEqual({
      states: ['denied'],
      camera: true,
      screen: true,
      clipboard: true,
      notification: 'denied',
      location: true
    })
    // A session that the app does not know, with a page without our code.
    const later = await electron.evaluate(async ({ BrowserWindow, session }, url) => {
      const made = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('unforeseen') }
      })
      await made.loadURL('about:blank')
      const state = (await made.webContents.executeJavaScript('Notification.requestPermission()')) as string
      const left = await made.webContents
        .executeJavaScript(`fetch(${JSON.stringify(url)}).then(() => true, () => false)`)
        .then((got) => got as boolean)
      made.destroy()
      return { state, left }
    }, `${demo.origin}/unforeseen`)
    expect(later).toEqual({ state: 'denied', left: false })
  })

  await test.step('15: only https and mail leave, and main opens them', async () => {
    await electron.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = (url) => {
        opened.push(url)
        return Promise.resolve()
      }
    })
    const refused = await inbox.evaluate(async () => {
      const { bilet } = window as unknown as { bilet: Bridge }
      const bad = [
        'file:///etc/passwd',
        'javascript:alert(1)',
        'data:text/html,x',
        'smb://host/share',
        'bilet://new',
        'app://bilet/inbox.html',
        'ms-msdt:/id',
        'vscript:x',
        'https://a:b@example.com/',
        'C:\\Windows\\calc.exe',
        '\\\\host\\share',
        '--help',
        '/etc/passwd',
        'https://',
        'https://exa\nmple.com',
        ' javascript:alert(1)',
        'JaVaScRiPt:alert(1)'
      ]
      const answers = await Promise.all(bad.map((url) => bilet.invoke('link.open', { url })))
      await bilet.invoke('link.open', { url: 'https://example.com/a' })
      await bilet.invoke('link.open', { url: 'mailto:destek@example.com' })
      return answers.map((answer) => (answer.ok ? 'opened' : answer.error.kind))
    })
    expect(new Set(refused)).toEqual(new Set(['invalid-address']))
    const opened = await electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
    expect(opened).toEqual(['https://example.com/a', 'mailto:destek@example.com'])
    // HTTP needs one confirmation, which names the host. A yes is remembered for this host, a no is not.
    const asked = await electron.evaluate(({ dialog }) => {
      const questions: string[] = []
      const answers = [0, 1, 0]
      dialog.showMessageBox = (...args: unknown[]) => {
        questions.push((args.at(-1) as { message: string }).message)
        return Promise.resolve({ response: answers.shift() ?? 0, checkboxChecked: false })
      }
      Object.assign(globalThis, { questions })
      return questions.length
    })
    expect(asked).toBe(0)
    const over = await inbox.evaluate(async () => {
      const { bilet } = window as unknown as { bilet: Bridge }
      const answers: boolean[] = []
      for (const url of ['a', 'b', 'c', 'd'].map((path) => `http://10.0.0.5:8080/${path}`))
        answers.push((await bilet.invoke('link.open', { url })).ok)
      answers.push((await bilet.invoke('link.open', { url: 'http://10.0.0.5/' })).ok)
      return answers
    })
    expect(over).toEqual([true, true, true, true, true])
    const { opened: later, questions } = await electron.evaluate(() => ({
      opened: (globalThis as unknown as { opened: string[] }).opened.slice(2),
      questions: (globalThis as unknown as { questions: string[] }).questions
    }))
    expect(later).toEqual(['b', 'c', 'd'].map((path) => `http://10.0.0.5:8080/${path}`))
    expect(questions).toEqual(['Open 10.0.0.5:8080?', 'Open 10.0.0.5:8080?', 'Open 10.0.0.5?'])
  })

  await test.step('17: commands are heard from the main frame of our own origin, and from nobody else', async () => {
    const outcomes = await electron.evaluate(
      async ({ BrowserWindow, session }, { preload, foreign }) => {
        const ask =
          "typeof bilet === 'undefined' ? 'no bridge' : Promise.all([bilet.invoke('app.state'), bilet.invoke('no.such')]).then((all) => all.map(({ ok, error }) => ok || error.kind))"
        const made: Electron.BrowserWindow[] = []
        const open = async (url: string, partition: string): Promise<Electron.WebContents> => {
          const own = session.fromPartition(partition)
          // Our origin, but with the test's pages, one of which has frames.
          own.protocol.handle('app', (request) => {
            const page = request.url.endsWith('/top.html')
              ? '<iframe src="app://bilet/inner.html"></iframe><iframe sandbox="allow-scripts" src="app://bilet/inner.html"></iframe>'
              : 'inner'
            return new Response(page, { headers: { 'content-type': 'text/html' } })
          })
          const window = new BrowserWindow({
            show: false,
            webPreferences: { preload, session: own, sandbox: true }
          })
          made.push(window)
          await window.loadURL(url)
          return window.webContents
        }
        const answers: Record<string, unknown> = {}
        const ours = await open('app://bilet/top.html', 'ours')
        answers.ours = await ours.executeJavaScript(ask)
        const frames = ours.mainFrame.frames
        answers.frames = await Promise.all(frames.map((frame) => frame.executeJavaScript(ask)))
        for (const [name, url] of Object.entries(foreign)) {
          const contents = await open(url, `foreign-${name}`)
          answers[name] = await contents.executeJavaScript(ask)
        }
        for (const window of made) window.destroy()
        return answers
      },
      {
        preload: await electron.evaluate(({ app }) => `${app.getAppPath()}/dist/preload.cjs`),
        foreign: {
          blank: 'about:blank',
          data: 'data:text/html,x',
          otherHost: 'app://bilet.evil/x.html',
          prefix: 'app://bilet@evil/x.html'
        }
      }
    )
    const silence = ['invalid-arguments', 'invalid-arguments']
    expect(outcomes).toEqual({
      ours: [true, 'invalid-arguments'],
      // Frames get no bridge. That main ignores their calls is covered by a unit test.
      frames: ['no bridge', 'no bridge'],
      blank: silence,
      data: silence,
      otherHost: silence,
      prefix: silence
    })
    const channels = await electron.evaluate(({ ipcMain }) => ({
      handled: [...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys()],
      heard: ipcMain.eventNames()
    }))
    expect(channels).toEqual({ handled: ['bilet:command'], heard: ['error'] })
  })

  await test.step('nothing of all this went over the network', () => {
    expect(answered.filter((url) => !/^(data|blob|about):/.test(url))).toEqual([])
    expect(demo.requests.filter(({ path }) => !/^\/v[12]\//.test(path))).toEqual([])
  })
})

test('a certificate nobody vouches for ends the connection, and there is no way to say yes', async ({
  session,
  demo,
  launch
}) => {
  const key = join(session.home, 'key.pem')
  const cert = join(session.home, 'cert.pem')
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    '-subj',
    '/CN=127.0.0.1',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-keyout',
    key,
    '-out',
    cert
  ])
  let asked = 0
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    asked += 1
    response.end('{"data":[]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const app = await launch()
    const { electron } = app
    const inbox = await app.window(/Inbox/)
    await connect(inbox, demo, { address: `https://127.0.0.1:${(server.address() as AddressInfo).port}` })
    await expect(inbox.getByText(/certificate/i)).toBeVisible()
    expect(asked).toBe(0)
    // An issuer that the system trusts gets another explanation, but is not trusted either.
    await session.chownToUser(cert)
    await electron.evaluate((_, path) => {
      process.env.SSL_CERT_FILE = path
    }, cert)
    await inbox.getByRole('button', { name: 'Connect' }).click()
    await expect(inbox.getByText(/Your system trusts the issuer.*but Bilet does not/)).toBeVisible()
    expect(asked).toBe(0)
    const listeners = await electron.evaluate(({ app: own, webContents }) => [
      // Minus Electron's own listener, which forwards the event to the page.
      own.listenerCount('certificate-error') - 1,
      ...webContents.getAllWebContents().map((contents) => contents.listenerCount('certificate-error'))
    ])
    expect(listeners).toEqual([0, 0, 0])
    await connect(inbox, demo, { address: demo.origin.replace('127.0.0.1', '127.0.0.1.nip.io') })
    await expect(inbox.getByText('This address is not encrypted (http).')).toBeVisible()
    expect(demo.requests).toEqual([])
    await app.quit()

    await test.step('nor does a switch say it for a package; from source, where developers may, it does', async () => {
      const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
      const args = ['--ignore-certificate-errors', '--allow-insecure-localhost']
      const keys = join(session.home, 'tls-keys')
      const env = { SSLKEYLOGFILE: keys }
      const release = await launch({ packaged: packagedApp(), profile: 'package', args, env })
      const window = await release.window(/Inbox/)
      await connect(window, demo, { address })
      await expect(window.getByText(/certificate/i)).toBeVisible()
      expect([asked, existsSync(keys)]).toEqual([0, false])
      await release.quit()
      const source = await launch({ profile: 'source', args })
      await connect(await source.window(/Inbox/), demo, { address })
      await expect.poll(() => asked).toBeGreaterThan(0)
    })
  } finally {
    server.close()
  }
})

test('a page tells no address of the machine over WebRTC, sends nothing past a proxy, and saves no file', async ({
  session,
  launch
}) => {
  let packets = 0
  const udp = createSocket('udp4').on('message', () => void (packets += 1))
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  try {
    const app = await launch({ args: ['--demo'] })
    const inbox = await app.window(/Inbox/)
    await expect(rowOf(inbox, 272298)).toBeVisible()

    await test.step('WebRTC', async () => {
      const candidates = await inbox.evaluate(async (url) => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: url }] })
        const found: string[] = []
        peer.createDataChannel('x')
        const done = new Promise<void>((resolve) => {
          peer.onicecandidate = ({ candidate }) => {
            if (candidate) found.push(candidate.candidate)
            else resolve()
          }
        })
        await peer.setLocalDescription(await peer.createOffer())
        await done
        peer.close()
        return found
      }, `stun:127.0.0.1:${udp.address().port}`)
      const own = Object.values(networkInterfaces()).flatMap((all) =>
        (all ?? []).map(({ address }) => address)
      )
      for (const address of own) expect(candidates.join('\n')).not.toContain(` ${address} `)
      // Connections over TCP are tested in no-network.spec.ts.
      expect(packets).toBe(0)
    })

    await test.step('downloads', async () => {
      await app.electron.evaluate(({ session: sessions }) => {
        const seen = globalThis as { downloads?: boolean[] }
        sessions.defaultSession.on('will-download', (event) => {
          ;(seen.downloads ??= []).push(event.defaultPrevented)
        })
      })
      const prevented = (): Promise<readonly boolean[]> =>
        app.electron.evaluate(() => (globalThis as { downloads?: boolean[] }).downloads ?? [])
      await inbox.evaluate(() => {
        for (const address of ['data:text/plain,x', URL.createObjectURL(new Blob(['x']))]) {
          const link = document.createElement('a')
          link.href = address
          link.download = 'intruder.txt'
          link.click()
        }
      })
      await app.electron.evaluate(({ webContents }) => {
        for (const contents of webContents.getAllWebContents()) contents.downloadURL('app://bilet/inbox.html')
      })
      await expect.poll(async () => (await prevented()).length).toBeGreaterThanOrEqual(3)
      expect(await prevented()).not.toContain(false)
      const files = await readdir(session.home, { recursive: true })
      expect(files.filter((path) => /intruder|inbox\.html|crdownload/.test(path))).toEqual([])
    })
  } finally {
    udp.close()
  }
})
