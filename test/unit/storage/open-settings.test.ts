import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openSettings } from '../../../electron/storage/open-settings.ts'
import { createSettings } from '../../../electron/storage/settings.ts'
import type { Notice } from '../../../electron/tickets/views.ts'
import { settingsFile } from '../../support/settings-file.ts'
import { diskError } from '../../support/sync/memory.ts'

let folder: string
let path: string
let reported: (Notice | null)[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilet-settings-'))
  path = join(folder, 'settings.json')
  reported = []
})
afterEach(() => rm(folder, { recursive: true }))

type Opened = ReturnType<typeof openSettings>
const openWith = (open: Parameters<typeof openSettings>[0]['open']): Opened =>
  openSettings({ path, open, report: (notice) => void reported.push(notice), now: () => 7 })
const open = (): Opened => openWith(() => settingsFile(folder))
const aside = { kind: 'file-set-aside', detail: 'settings.json' }

describe('the file of settings', () => {
  it.each(['{"theme":"da', '', '\u0000\u0000'])(
    'that is torn (%j) is set aside and reported, and the app goes on with a new one',
    async (text) => {
      await writeFile(path, text)
      const store = open()
      expect(reported).toEqual([aside])
      expect(await readFile(`${path}.damaged-7`, 'utf8')).toBe(text)
      expect(store.get('theme')).toBeUndefined()
      expect(store.set('theme', 'dark')).toBe(true)
      expect(open().get('theme')).toBe('dark')
    }
  )

  it('that an editor saved with a byte order mark is read', async () => {
    await writeFile(path, '\ufeff{"theme":"dark"}')
    expect(open().get('theme')).toBe('dark')
    expect(reported).toEqual([])
  })

  it('that is torn while the app runs is set aside at the next use', async () => {
    const store = open()
    store.set('theme', 'dark')
    await writeFile(path, '{"theme"')
    expect(store.get('theme')).toBeUndefined()
    await rm(`${path}.damaged-7`)
    await writeFile(path, '{"theme"')
    expect(store.set('theme', 'light')).toBe(true)
    expect(open().get('theme')).toBe('light')
    expect(reported.filter((notice) => notice !== null)).toEqual([aside, aside])
  })

  it('that cannot be read is left where it is, and the app starts', async () => {
    await mkdir(path)
    const store = open()
    expect(store.get('theme')).toBeUndefined()
    expect(store.set('theme', 'dark')).toBe(false)
    expect(store.get('theme'), 'for this run').toBe('dark')
    expect(reported.at(-1)).toEqual({ kind: 'storage-failed', detail: 'settings.json' })
    expect(await readdir(folder)).toEqual(['settings.json'])
  })

  it('that cannot be written is trouble that is told, no exception, and is over with the next good write', () => {
    const kept = new Map<string, unknown>()
    let failure: Error | null = diskError('EROFS')
    const store = openWith(() => ({
      get: (key) => kept.get(key),
      set(key, value) {
        if (failure) throw failure
        kept.set(key, value)
      }
    }))
    expect(store.set('toldStillInTray', true)).toBe(false)
    expect(reported).toEqual([{ kind: 'storage-read-only', detail: 'settings.json' }])
    expect(store.get('toldStillInTray'), 'not told again in this run').toBe(true)
    const settings = createSettings(store, z.object({ seconds: z.number() }), { seconds: 60 })
    expect(settings.change({ seconds: 90 })).toEqual({ ok: false, error: { kind: 'storage-failed' } })
    expect(settings.current()).toEqual({ seconds: 60 })
    failure = null
    expect(settings.change({ seconds: 90 })).toEqual({ ok: true, value: { seconds: 90 } })
    expect(kept.get('seconds')).toBe(90)
    expect(reported.at(-1)).toBeNull()
  })
})
