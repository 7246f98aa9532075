/** The package: its files, what must not be in it, and that it cannot be debugged or injected into. */
import { execFile, spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { licenceList, type ShippedPackage } from '../../build/licences.ts'
import { billOfMaterials, type Lock } from '../../build/sbom.ts'
import { expect, packagedApp, releasedApp, test } from '../support/desktop/fixtures.ts'
import { asUser, writeWrapper } from '../support/desktop/machine.ts'
import { changeSettings, rowOf } from '../support/desktop/steps.ts'
import type { Bridge } from '../../electron/ipc/contract.ts'

const run = promisify(execFile)

/** All files that may be in the asar. Any other file fails the test. */
const expected: readonly RegExp[] = [
  /^package\.json$/,
  /^LICENSE$/,
  /^dist\/(main(-[\w-]+)?\.mjs|(preload|list-worker)\.cjs)$/,
  /^dist\/licences\.json$/,
  /^dist\/renderer\/(inbox|compose|popover)\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css)$/,
  /^dist\/icons\/(128x128|256x256)\.png$/,
  /^dist\/tray\/[\w.+@-]+\.png$/
]
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense'
])
const root = fileURLToPath(new URL('../..', import.meta.url))
const mostBytes = 3.5 * 1024 * 1024

/** Files of Electron's own distribution. */
const electronsOwn =
  /^(locales\/(tr|en-US)\.pak|[\w.]+\.(pak|bin|dat|so(\.\d+)?|json)|chrome_crashpad_handler|LICENSES?\.(electron\.txt|chromium\.html))$/

test('only what the app needs is inside', async () => {
  const folder = dirname(releasedApp())
  const asar = join(folder, 'resources', 'app.asar')
  const files = listPackage(asar, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => !('files' in statFile(asar, path, false)))

  await test.step('in the asar', () => {
    expect(files.filter((path) => !expected.some((pattern) => pattern.test(path)))).toEqual([])
    for (const needed of [
      'package.json',
      'LICENSE',
      'dist/main.mjs',
      'dist/preload.cjs',
      'dist/renderer/inbox.html'
    ])
      expect(files).toContain(needed)
    const bytes = statSync(asar).size
    console.log(`app.asar: ${files.length} files, ${(bytes / 1024 / 1024).toFixed(2)} MB`)
    expect(bytes).toBeLessThan(mostBytes)
  })

  await test.step('no source map, no test, no path of the machine that built it', () => {
    for (const path of files.filter((file) => /\.([cm]?js|css|html|json)$/.test(file))) {
      const text = extractFile(asar, path).toString()
      expect(text, path).not.toMatch(/sourceMappingURL|sourcesContent/)
      expect(text, path).not.toMatch(/\b(vitest|playwright|fast-check)\b/i)
      expect(text, path).not.toContain(process.cwd())
    }
    const { devDependencies, scripts } = JSON.parse(extractFile(asar, 'package.json').toString()) as Record<
      string,
      unknown
    >
    expect([devDependencies, scripts]).toEqual([undefined, undefined])
  })

  await test.step('every licence of what is inside is one that allows it, is in the package, and is shown', () => {
    const shipped = JSON.parse(
      extractFile(asar, 'dist/licences.json').toString()
    ) as readonly ShippedPackage[]
    expect(shipped.length).toBeGreaterThan(20)
    const names = shipped.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['electron', 'svelte', 'zod', 'node-notifier', 'SnoreToast'])
    )
    // SnoreToast is an unmodified separate program next to the app, as the LGPL requires.
    const refused = shipped.filter(
      ({ name, licence }) => !allowed.has(licence) && !(name === 'SnoreToast' && licence === 'LGPL-3.0-only')
    )
    expect(refused.map(({ name, licence }) => [name, licence])).toEqual([])
    // Both declare MIT in package.json but contain no licence text.
    expect(shipped.filter(({ text }) => text === '').map(({ name }) => name)).toEqual(['growly', 'lazy-val'])
    // If this fails, run: npm run licences.
    expect(readFileSync(join(root, 'renderer', 'settings', 'about', 'licences.ts'), 'utf8')).toBe(
      licenceList(shipped)
    )
  })

  await test.step('what is bundled is a dependency, so that an audit and the bill of materials see it', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { readonly version?: string; readonly dev?: boolean }>
    }
    const shipped = JSON.parse(
      extractFile(asar, 'dist/licences.json').toString()
    ) as readonly ShippedPackage[]
    const own = new Set(['electron', 'terminal-notifier', 'SnoreToast'])
    // There may be several versions of a package, some nested in another package's folder.
    const isDependency = ({ name, version }: ShippedPackage): boolean =>
      Object.entries(lock.packages).some(
        ([path, locked]) =>
          path.endsWith(`node_modules/${name}`) && locked.version === version && locked.dev !== true
      )
    const hidden = shipped.filter((candidate) => !own.has(candidate.name) && !isDependency(candidate))
    expect(hidden.map(({ name }) => name)).toEqual([])
    expect(Object.keys(dependencies)).not.toContain('electron')
  })

  await test.step('the bill of materials names each of them, and nothing else', () => {
    const shipped = JSON.parse(
      extractFile(asar, 'dist/licences.json').toString()
    ) as readonly ShippedPackage[]
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
    const app = { name: 'bilet', version: '0.1.0', license: 'MIT' }
    const { components } = billOfMaterials(shipped, lock, app, { made: '', serial: '' })
    const named = components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`))
    expect(named).toEqual(shipped.map(({ name }) => name))
    // The programs inside node-notifier have no hash in the lock file.
    const unlocked = components.filter(({ hashes }) => hashes === undefined).map(({ name }) => name)
    expect(unlocked).toEqual(['SnoreToast', 'terminal-notifier'])
  })

  await test.step('beside the asar', () => {
    const otherFiles = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter((path) => !electronsOwn.test(path))
    const own = [
      basename(releasedApp()),
      basename(packagedApp()),
      'resources/app.asar',
      'resources/notifier/icon.png',
      'usr/share/metainfo/tr.bilet.app.metainfo.xml'
    ]
    expect(otherFiles.sort()).toEqual(own.sort())
  })
})

test.describe('the package', () => {
  test('has every fuse as released, no setuid file, and no developer tools', async ({
    stage,
    session,
    launch
  }) => {
    await test.step('19: fuses, read back from the program', async () => {
      const wire = await getCurrentFuseWire(releasedApp())
      // The program has one character per fuse.
      const state = (option: FuseV1Options): string => String.fromCharCode(wire[option] ?? 63)
      expect(state(FuseV1Options.RunAsNode)).toBe('0')
      expect(state(FuseV1Options.EnableCookieEncryption)).toBe('1')
      expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe('0')
      expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe('0')
      expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe('1')
      expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe('1')
      expect(state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot)).toBe('0')
      expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe('0')
      // Electron 33 does not have this fuse.
      expect(['?', '1']).toContain(state(FuseV1Options.WasmTrapHandlers))
    })

    await test.step('nothing is setuid', async () => {
      const { stdout } = await run('find', [
        dirname(releasedApp()),
        '-perm',
        '/6000',
        '-o',
        '-name',
        'chrome-sandbox'
      ])
      expect(stdout).toBe('')
    })

    await test.step('developer tools stay shut', async () => {
      const app = await launch({ packaged: packagedApp(), args: ['--demo'] })
      const inbox = await app.window(/Inbox/)
      await expect(rowOf(inbox, 272298)).toBeVisible()
      for (const keys of ['F12', 'Control+Shift+I', 'Control+Shift+J', 'Control+Shift+C'])
        await inbox.keyboard.press(keys)
      const open = await app.electron.evaluate(async ({ app: own, webContents }) => {
        const all = webContents.getAllWebContents()
        for (const contents of all) contents.openDevTools({ mode: 'detach' })
        await new Promise((resolve) => setTimeout(resolve, 300))
        return { packaged: own.isPackaged, open: all.map((contents) => contents.isDevToolsOpened()) }
      })
      expect(open).toEqual({ packaged: true, open: [false, false] })

      await test.step('a notification’s helper, a foreign program, is given a picture that it can read', async () => {
        await changeSettings(inbox, { notifications: { backend: 'node-notifier' } })
        const outcome = await inbox.evaluate(() =>
          (window as unknown as { bilet: Bridge }).bilet.invoke('notifications.test')
        )
        expect(outcome).toEqual({ ok: true, value: 'shown' })
        const picture = join(dirname(packagedApp()), 'resources', 'notifier', 'icon.png')
        await expect
          .poll(async () => (await session.notifications()).map(({ icon }) => icon.replace('file://', '')))
          .toContain(picture)
        const read = ['sh', '-c', 'head -c 4 "$0"', picture]
        const [program = '', ...args] = [...asUser(stage), ...read]
        const { stdout } = await run(program, args, { encoding: 'latin1' })
        expect(stdout).toBe('\x89PNG')
      })
      await app.quit()
    })

    await test.step('as released it takes no code, no inspector and no debugger from outside', async () => {
      const folder = dirname(releasedApp())
      const marker = join(session.home, 'intruder.js')
      writeFileSync(marker, 'require("node:fs").writeFileSync(process.env.PROOF, "ran")')
      const unpackedApp = join(folder, 'resources', 'app')
      mkdirSync(unpackedApp)
      copyFileSync(marker, join(unpackedApp, 'main.js'))
      writeFileSync(join(unpackedApp, 'package.json'), '{"main":"main.js"}')
      const userData = join(session.home, 'released')
      mkdirSync(userData)
      await run('chmod', ['-R', 'a+rwX', userData, unpackedApp, marker])
      const proof = join(userData, 'proof')
      const start = async (env: Record<string, string>, ...args: string[]): Promise<string> => {
        const path = writeWrapper(stage, 'run-released', releasedApp(), {
          ...session.env,
          PROOF: proof,
          ...env
        })
        const started = run(path, [`--user-data-dir=${userData}`, '--lang=en-US', ...args], {
          cwd: stage.folder,
          timeout: 15_000
        })
        // The app runs until it is killed; the tray shows that it has started.
        const output = started.then(
          ({ stdout, stderr }) => stdout + stderr,
          (error: unknown) => JSON.stringify(error)
        )
        return output
      }
      // A second start hands over and ends. The first instance must survive all of them.
      const first = start({}, '--hidden', '--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0')
      await expect(async () => expect(await session.tray.tooltip()).toContain('Bilet')).toPass()
      expect(existsSync(join(userData, 'DevToolsActivePort'))).toBe(false)
      await start({ ELECTRON_RUN_AS_NODE: '1' }, marker)
      await start({ NODE_OPTIONS: `--require ${marker}` })
      await start({}, '-r', marker)
      await start({}, marker)
      await session.tray.click(/^Quit$/)
      const output = await first
      expect(output).not.toMatch(/Debugger listening|DevTools listening/)
      expect(existsSync(proof)).toBe(false)
      rmSync(unpackedApp, { recursive: true })
    })
  })

  test('as released takes no orders over Chromium’s debugging pipe, as what tests drive does', async ({
    stage,
    session
  }) => {
    const userData = join(session.home, 'pipe')
    mkdirSync(userData)
    await run('chmod', ['a+rwX', userData])
    for (const [app, name, extra, answers] of [
      [packagedApp(), 'run-driven-pipe', ['--inspect=0'], true],
      [releasedApp(), 'run-released-pipe', [], false]
    ] as const) {
      const path = writeWrapper(stage, name, app, session.env)
      const args = [
        '--remote-debugging-pipe',
        '--hidden',
        '--lang=en-US',
        `--user-data-dir=${userData}`,
        ...extra
      ]
      const child = spawn(path, args, {
        cwd: stage.folder,
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const [orders, replies] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
      let answer = ''
      replies.on('data', (chunk: Buffer) => (answer += chunk.toString()))
      orders.on('error', () => undefined)
      await expect(async () => expect(await session.tray.tooltip()).toContain('Bilet')).toPass()
      orders.write('{"id":1,"method":"Browser.getVersion"}\0')
      if (answers) await expect.poll(() => answer).toContain('"id":1')
      // The app keeps running until it quits from the tray, which leaves enough time for an answer.
      await session.tray.click(/^Quit$/)
      await ended
      if (!answers) expect(answer).toBe('')
    }
  })

  test('does not run where the sandbox is taken away, and says why', async ({ stage, session }) => {
    const userData = join(session.home, 'open')
    mkdirSync(userData)
    await run('chmod', ['a+rwX', userData])
    const path = writeWrapper(stage, 'run-open', releasedApp(), session.env)
    // Twice, since the wrapper removes the first one, which Playwright adds.
    const args = ['--no-sandbox', '--no-sandbox', '--lang=en-US', '--demo', `--user-data-dir=${userData}`]
    const child = spawn(path, args, { cwd: stage.folder })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await expect.poll(() => output).toContain('Bilet does not run without its sandbox.')
    expect(existsSync(join(userData, 'settings.json'))).toBe(false)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await session.pressReturn()
    expect(await ended).toBe(1)
  })
})
