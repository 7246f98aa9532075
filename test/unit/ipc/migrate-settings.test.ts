import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingsSchema } from '../../../electron/ipc/settings-schema.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { migrateSettings, storeFirstSettings } from '../../../electron/ipc/migrate-settings.ts'
import { settingsFile } from '../../support/settings-file.ts'
import { createSettings, type SettingsStore } from '../../../electron/storage/settings.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bilet-settings-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const path = (): string => join(folder, 'settings.json')
function open(): SettingsStore<typeof defaultSettings> {
  const store = settingsFile(folder)
  return createSettings(store, settingsSchema, defaultSettings, migrateSettings)
}
/** Writes settings of earlier versions, which called the backend `way`. */
function writeOld(notifications: object): void {
  const { backend: _, ...others } = defaultSettings.notifications
  writeFileSync(path(), JSON.stringify({ notifications: { ...others, ...notifications } }))
}

describe('a settings file of before backends had that name', () => {
  it('keeps who shows notifications, and all else that was chosen for them', () => {
    writeOld({ way: 'node-notifier', sound: false })
    expect(open().current().notifications).toEqual({
      ...defaultSettings.notifications,
      sound: false,
      backend: 'node-notifier'
    })
  })

  it('has the new name, and only that, after the next change', () => {
    writeOld({ way: 'electron' })
    expect(open().change({ theme: 'dark' }).ok).toBe(true)
    const { notifications } = JSON.parse(readFileSync(path(), 'utf8')) as { notifications: object }
    expect(notifications).toMatchObject({ backend: 'electron' })
    expect(notifications).not.toHaveProperty('way')
    expect(open().current().notifications.backend).toBe('electron')
  })

  it('with both names goes by the new one', () => {
    writeOld({ way: 'electron', backend: 'node-notifier' })
    expect(open().current().notifications.backend).toBe('node-notifier')
  })

  it.each([null, 'auto', ['way']])('and %j for notifications is no reason to fail', (notifications) => {
    writeFileSync(path(), JSON.stringify({ notifications }))
    expect(open().current().notifications).toEqual(defaultSettings.notifications)
  })
})

describe('the shortcut for a new ticket', () => {
  const store = () => settingsFile(folder)

  it('of an installation that never changed it stays what it was there', () => {
    writeOld({})
    storeFirstSettings(store(), false, '0.2.0')
    expect(open().current().shortcut).toBe('Alt+Shift+N')
  })

  it('of a new installation is the default of now, without Alt+Shift alone, and stays it', () => {
    storeFirstSettings(store(), true, '0.2.0')
    expect(open().current().shortcut).toBe('Ctrl+Alt+Shift+B')
    expect(open().current().shortcut).toBe(defaultSettings.shortcut)
    storeFirstSettings(store(), false, '0.2.0')
    expect(open().current().shortcut).toBe(defaultSettings.shortcut)
  })

  it.each(['Ctrl+J', ''])('that a person chose, %j, is never written over', (shortcut) => {
    writeFileSync(path(), JSON.stringify({ shortcut }))
    storeFirstSettings(store(), false, '0.2.0')
    expect(open().current().shortcut).toBe(shortcut)
  })
})

describe('news and hints', () => {
  const start = (isNew: boolean, version: string) => {
    storeFirstSettings(settingsFile(folder), isNew, version)
    const { newsShownFor, dismissedHints } = open().current()
    return { newsShownFor, dismissedHints }
  }

  it('begin with the hints and without news on a first start, and an update keeps both as they are', () => {
    const first = { newsShownFor: '0.2.0', dismissedHints: [] }
    expect(start(true, '0.2.0')).toEqual(first)
    expect(start(false, '0.3.0')).toEqual(first)
  })

  it('begin with news and without hints where a version that knew neither was used', () => {
    writeOld({})
    expect(start(false, '0.2.0')).toEqual({ newsShownFor: '', dismissedHints: ['filters', 'keys', 'tray'] })
  })
})
