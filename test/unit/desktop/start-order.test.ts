/** What a start loads and does before the tray icon is asked for; everything else comes after it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'

const electronFolder = fileURLToPath(new URL('../../../electron', import.meta.url))

/** Imports of values, which are loaded with a module; not those of types, and no `import()`. */
const staticImport = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm

/** The files and packages that are loaded with this file. */
function loadedWith(entry: string, loaded = new Set<string>()): ReadonlySet<string> {
  const name = relative(electronFolder, entry)
  if (loaded.has(name)) return loaded
  loaded.add(name)
  for (const [, target = ''] of readFileSync(entry, 'utf8').matchAll(staticImport))
    if (target.startsWith('.')) loadedWith(join(dirname(entry), target), loaded)
    else loaded.add(target)
  return loaded
}

/** Parts of the app that the tray icon does not need; a file of them may be named below. */
const laterParts =
  /^(?:api|core|demo|ipc|sync|storage|application|command|cli\/(?!arguments|exit-codes)|desktop\/(?:words|profile|notifications|updates|windows))\b/

describe('before the tray icon', () => {
  test('nothing is loaded that it does not need', () => {
    const loaded = [...loadedWith(join(electronFolder, 'main.ts'))]
    expect(loaded).toContain('desktop/tray/first-icon.ts')
    expect(loaded.filter((name) => laterParts.test(name))).toEqual([
      // Reads lists of texts; no settings.
      'storage/settings.ts'
    ])
    const packages = loaded.filter(
      (name) => !existsSync(join(electronFolder, name)) && !name.startsWith('node:')
    )
    expect(packages.sort()).toEqual(['electron', 'entities/decode'])
  })

  test('the application is loaded with the start, but by `import()`', () => {
    const loaded = loadedWith(join(electronFolder, 'application.ts'))
    expect([...loaded].filter((name) => laterParts.test(name)).length).toBeGreaterThan(50)
  })
})

/** What happened, in its order. */
const log = vi.hoisted<string[]>(() => [])
const electron = vi.hoisted(() => ({ getReady: (): void => undefined }))
vi.mock('electron', () => {
  const ready = new Promise<void>((resolve) => (electron.getReady = resolve))
  return {
    app: {
      isPackaged: true,
      whenReady: () => ready,
      getPath: () => '/profile',
      commandLine: { hasSwitch: () => false, getSwitchValue: () => '' },
      requestSingleInstanceLock: () => {
        log.push('lock')
        return true
      },
      on: () => undefined
    },
    dialog: {},
    Tray: class {
      constructor() {
        log.push('icon')
      }
      on = (): void => undefined
      setToolTip = (): void => undefined
    },
    Menu: {},
    nativeImage: { createFromPath: () => ({ setTemplateImage: () => undefined, isEmpty: () => false }) }
  }
})
vi.mock('../../../electron/desktop/security/security.ts', () => ({
  hardenBeforeReady: () => void log.push('hardening'),
  blockPageNetwork: () => {
    log.push('pages without a network')
    return Promise.resolve()
  }
}))
vi.mock('../../../electron/desktop/security/keychain.ts', () => ({
  chooseKeychain: () => {
    log.push('keychain')
    return Promise.resolve(null)
  }
}))
vi.mock('../../../electron/desktop/tray/tray-host.ts', () => ({
  trayHost: () =>
    Promise.resolve({
      isThere: () => true,
      offered: () => undefined,
      onArrival: () => undefined,
      waitForPanel: () => Promise.resolve()
    })
}))
vi.mock('../../../electron/application.ts', () => {
  log.push('application loaded')
  return {
    Application: class {
      start = (): void => void log.push('application')
    }
  }
})

test('the icon is asked for at `ready`, before the application is loaded and reads the profile', async () => {
  const { startApp } = await import('../../../electron/start.ts')
  await startApp()
  const beforeReady = ['hardening', 'lock', ...(process.platform === 'linux' ? ['keychain'] : [])]
  expect(log).toEqual(beforeReady)
  electron.getReady()
  await vi.waitFor(() => expect(log).toContain('application'))
  expect(log).toEqual([
    ...beforeReady,
    'icon',
    'application loaded',
    // Makes the pages' session, to whose events the application listens.
    'pages without a network',
    'application'
  ])
})
