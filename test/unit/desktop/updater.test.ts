import { describe, expect, test } from 'vitest'
import {
  readPostponement,
  writePostponement,
  type PostponementStore
} from '../../../electron/desktop/updates/postponement.ts'
import { updateMethod, type PackageFacts } from '../../../electron/desktop/updates/update-method.ts'
import { createUpdater, plainNotes, type UpdateSource } from '../../../electron/desktop/updates/updater.ts'
import type { UpdateView } from '../../../electron/ipc/contract.ts'

const packaged: PackageFacts = {
  platform: 'linux',
  isPackaged: true,
  env: {},
  fromStore: false,
  hasFeed: true,
  manifest: { homepage: 'https://example.invalid/o/bilet/' }
}

describe('updates', () => {
  test.each([
    ['AppImage', { env: { APPIMAGE: '/a.AppImage' } }],
    ['the Windows installer', { platform: 'win32' as const }],
    ['macOS', { platform: 'darwin' as const }]
  ])('are installed by %s', (_what, facts) => {
    expect(updateMethod({ ...packaged, ...facts })).toEqual({ kind: 'installs' })
  })

  test.each([
    ['a deb, an rpm or a folder', {}],
    ['a portable program', { platform: 'win32' as const, env: { PORTABLE_EXECUTABLE_FILE: 'D:\\b.exe' } }],
    [
      'an app for macOS that is signed ad hoc',
      { platform: 'darwin' as const, manifest: { ...packaged.manifest, updates: 'tell' } }
    ]
  ])('are only reported by %s, with the page of that release', (_what, facts) => {
    const way = updateMethod({ ...packaged, ...facts })
    expect(way.kind === 'announced' && way.pageOf('0.2.0/..')).toBe(
      'https://example.invalid/o/bilet/releases/tag/v0.2.0%2F..'
    )
  })

  test.each([
    ['source', { isPackaged: false }],
    ['a build that is published nowhere', { env: { APPIMAGE: '/a' }, hasFeed: false }],
    ['a deb whose page is not known', { manifest: {} }],
    ['a deb whose page is no secure one', { manifest: { homepage: 'http://example.invalid' } }],
    ['snap', { env: { SNAP: '/snap/bilet' } }],
    ['flatpak', { env: { FLATPAK_ID: 'tr.bilet.app' } }],
    ['a store', { platform: 'darwin' as const, fromStore: true }]
  ])('are not checked by %s', (_what, facts) => {
    expect(updateMethod({ ...packaged, ...facts }).kind).toBe('off')
  })
})

describe('release notes', () => {
  test('are plain text', () => {
    expect(plainNotes('<h2>Yeni</h2><ul><li>Hızlı &amp; sessiz</li></ul><script>x</script>')).toBe(
      'Yeni\n• Hızlı & sessiz\n\nx'
    )
    // Entities are decoded once, both named and numeric ones.
    expect(plainNotes('<p>&ldquo;a&rdquo; &hellip; &#x27;b&#39; &amp;lt;</p>')).toBe("“a” … 'b' &lt;")
    expect(
      plainNotes([
        { version: '1.1', note: 'a' },
        { version: '1.0', note: null }
      ])
    ).toBe('1.1\na\n\n1.0')
    expect(plainNotes(null)).toBe('')
  })
})

function setUp(
  version: string | null,
  fail: 'check' | 'download' | null = null,
  onQuit = true,
  pageOf: ((version: string) => string) | null = null
) {
  const calls: string[] = []
  const states: UpdateView['kind'][] = []
  const failures: string[] = []
  const stored = new Map<string, unknown>()
  const store: PostponementStore = {
    get: (key) => stored.get(key),
    set: (key, value) => void stored.set(key, value)
  }
  let now = 1_700_000_000_000
  const source: UpdateSource = {
    autoDownload: true,
    autoInstallOnAppQuit: false,
    checkForUpdates: () => {
      calls.push('check')
      if (fail === 'check') return Promise.reject(new Error('offline'))
      return Promise.resolve({
        isUpdateAvailable: version !== null,
        updateInfo: { version: version ?? '0.1.0', releaseNotes: 'Notes' }
      })
    },
    downloadUpdate: () => {
      calls.push('download')
      return fail === 'download' ? Promise.reject(new Error('cut')) : Promise.resolve([])
    },
    quitAndInstall: () => void calls.push('install')
  }
  const updater = createUpdater(source, {
    postponement: () => readPostponement(store),
    setPostponement: (postponement) => writePostponement(store, postponement),
    now: () => now,
    onQuit,
    pageOf,
    beforeInstall: () => void calls.push('windows may close'),
    onChange: ({ kind }) => void states.push(kind),
    failed: (what) => void failures.push(what)
  })
  const wait = (hours: number): void => {
    now += hours * 3_600_000
  }
  return { updater, source, calls, states, failures, store, wait }
}

describe('the updater', () => {
  test('downloads nothing by itself', async () => {
    const { updater, source, calls } = setUp('0.2.0')
    await updater.check()
    expect(updater.view()).toEqual({ kind: 'available', version: '0.2.0', notes: 'Notes' })
    expect(calls).toEqual(['check'])
    expect(source.autoDownload).toBe(false)
  })

  test('downloads when told to, and installs when told to', async () => {
    const { updater, calls, states } = setUp('0.2.0')
    updater.install()
    await updater.check()
    await updater.download()
    updater.install()
    expect(calls).toEqual(['check', 'download', 'windows may close', 'install'])
    expect(states).toEqual(['available', 'downloading', 'ready'])
  })

  test('gives the page of a release that this package cannot install, and downloads nothing', async () => {
    const { updater, calls } = setUp('0.2.0', null, true, (version) => `https://example.invalid/${version}`)
    await updater.check()
    const update = {
      kind: 'published',
      version: '0.2.0',
      notes: 'Notes',
      page: 'https://example.invalid/0.2.0'
    }
    expect(updater.view()).toEqual(update)
    await updater.download()
    updater.install()
    expect(updater.view()).toEqual(update)
    expect(calls).toEqual(['check'])
    updater.skip()
    await updater.check()
    expect(updater.view()).toEqual({ kind: 'none' })
  })

  test('does not offer a skipped version again', async () => {
    const { updater, wait } = setUp('0.2.0')
    await updater.check()
    updater.skip()
    expect(updater.view()).toEqual({ kind: 'none' })
    wait(1000)
    await updater.check()
    expect(updater.view()).toEqual({ kind: 'none' })
  })

  test('offers a postponed version again the next day, and not before', async () => {
    const { updater, wait } = setUp('0.2.0')
    await updater.check()
    updater.later()
    expect(updater.view()).toEqual({ kind: 'none' })
    await updater.check()
    expect(updater.view()).toEqual({ kind: 'none' })
    wait(24)
    await updater.check()
    expect(updater.view().kind).toBe('available')
  })

  test('does not postpone for years when the clock was set back', async () => {
    const { updater, wait } = setUp('0.2.0')
    await updater.check()
    updater.later()
    wait(-24 * 365)
    await updater.check()
    expect(updater.view().kind).toBe('available')
  })

  test('never offers a version that an earlier release of the app stored as skipped', async () => {
    const { updater, store } = setUp('0.2.0')
    store.set('updatePutOff', '0.2.0')
    await updater.check()
    expect(updater.view()).toEqual({ kind: 'none' })
  })

  test.each([7, null, { version: 7 }, []])(
    'offers a new version if the file contains %j',
    async (damaged) => {
      const { updater, store } = setUp('0.2.0')
      store.set('updatePutOff', damaged)
      await updater.check()
      expect(updater.view().kind).toBe('available')
    }
  )

  test('offers nothing if there is no new version', async () => {
    const { updater, states } = setUp(null)
    await updater.check()
    expect(states).toEqual([])
  })

  test.each(['later', 'skip'] as const)(
    'offers a version newer than the one postponed by %s',
    async (act) => {
      const { updater, source } = setUp('0.2.0')
      await updater.check()
      updater[act]()
      source.checkForUpdates = () =>
        Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '0.3.0', releaseNotes: null } })
      await updater.check()
      expect(updater.view()).toEqual({ kind: 'available', version: '0.3.0', notes: '' })
    }
  )

  test('does not close windows if nothing is ready to be installed', async () => {
    const { updater, calls } = setUp('0.2.0')
    await updater.check()
    updater.install()
    expect(calls).toEqual(['check'])
  })

  test('skipped after the download installs nothing on quitting, and is not offered again', async () => {
    const { updater, source, calls } = setUp('0.2.0')
    await updater.check()
    await updater.download()
    expect(source.autoInstallOnAppQuit).toBe(true)
    updater.skip()
    await updater.check()
    expect(updater.view()).toEqual({ kind: 'none' })
    expect(source.autoInstallOnAppQuit).toBe(false)
    expect(calls).not.toContain('install')
    // A later version is offered again and installed on quit.
    source.checkForUpdates = () =>
      Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '0.3.0', releaseNotes: null } })
    await updater.check()
    await updater.download()
    expect(source.autoInstallOnAppQuit).toBe(true)
  })

  test('postponed after the download, installs on quitting', async () => {
    const { updater, source } = setUp('0.2.0')
    await updater.check()
    await updater.download()
    updater.later()
    expect(source.autoInstallOnAppQuit).toBe(true)
  })

  test('installs only when told to on macOS, where the system cannot discard a download', async () => {
    const { updater, source } = setUp('0.2.0', null, false)
    await updater.check()
    await updater.download()
    expect(source.autoInstallOnAppQuit).toBe(false)
  })

  test('hides a failed check, but shows a failed download, which can be tried again', async () => {
    const look = setUp('0.2.0', 'check')
    await look.updater.check()
    expect([look.updater.view().kind, ...look.failures]).toEqual(['none', 'check'])
    const fetch = setUp('0.2.0', 'download')
    await fetch.updater.check()
    await fetch.updater.download()
    expect([fetch.updater.view().kind, ...fetch.failures]).toEqual(['failed', 'download'])
    fetch.source.downloadUpdate = () => Promise.resolve([])
    await fetch.updater.download()
    expect(fetch.updater.view().kind).toBe('ready')
  })
})
