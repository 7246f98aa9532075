import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingsSchema, type Settings } from '../../../electron/ipc/settings-schema.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { createHandlers } from '../../../electron/ipc/handlers.ts'
import type { Host } from '../../../electron/ipc/host.ts'
import { createSettings, type SettingsStore } from '../../../electron/storage/settings.ts'
import type { Handlers } from '../../../electron/ipc/dispatch.ts'

const caller = { windowId: 7, closeWindow: () => undefined }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-handlers-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Handlers on a machine where another program has `Ctrl+Alt+B`, with what the shortcut is at each moment. */
function make(options: { readonly chosen?: string | null; readonly diskFails?: boolean } = {}): {
  readonly handlers: Handlers
  readonly settings: SettingsStore<Settings>
  readonly taken: string[]
} {
  const kept = new Map<string, unknown>()
  const store = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: unknown) => {
      if (options.diskFails) throw new Error('full')
      kept.set(key, value)
    }
  }
  const settings = createSettings<Settings>(store, settingsSchema, defaultSettings)
  const taken: string[] = []
  const host = {
    takeShortcut: (keys: string) => {
      if (keys === 'Ctrl+Alt+B') return 'taken'
      if (keys === 'nonsense') return 'invalid'
      taken.push(keys)
      return keys === 'Alt+Shift+A' ? 'asked' : 'registered'
    },
    chooseExportFile: (_name: string, windowId: number | null) =>
      Promise.resolve(windowId === caller.windowId ? (options.chosen ?? null) : null)
  } as unknown as Host
  const handlers = createHandlers({ settings, host } as unknown as Parameters<typeof createHandlers>[0])
  return { handlers, settings, taken }
}

describe('a shortcut', () => {
  it('that another program has is refused, and the one before stays set', async () => {
    const { handlers, settings } = make()
    expect(await handlers['settings.change']({ shortcut: 'Ctrl+Alt+B' }, caller)).toEqual({
      ok: false,
      error: { kind: 'shortcut-taken', field: 'shortcut' }
    })
    expect(settings.current().shortcut).toBe(defaultSettings.shortcut)
  })

  it('that the system does not know is refused in other words', async () => {
    const { handlers } = make()
    expect(await handlers['settings.change']({ shortcut: 'nonsense' }, caller)).toEqual({
      ok: false,
      error: { kind: 'shortcut-invalid', field: 'shortcut' }
    })
  })

  it('that the desktop was asked for is kept, though nobody knows whether it gives it', async () => {
    const { handlers, settings } = make()
    expect(await handlers['settings.change']({ shortcut: 'Alt+Shift+A' }, caller)).toMatchObject({ ok: true })
    expect(settings.current().shortcut).toBe('Alt+Shift+A')
  })

  it('that is free is taken and kept', async () => {
    const { handlers, settings, taken } = make()
    expect(await handlers['settings.change']({ shortcut: 'Ctrl+Alt+N' }, caller)).toMatchObject({ ok: true })
    expect(settings.current().shortcut).toBe('Ctrl+Alt+N')
    expect(taken).toEqual(['Ctrl+Alt+N'])
  })

  it('that cannot be kept is given back for the one that is', async () => {
    const { handlers, taken } = make({ diskFails: true })
    expect(await handlers['settings.change']({ shortcut: 'Ctrl+Alt+N' }, caller)).toMatchObject({ ok: false })
    expect(taken.at(-1)).toBe(defaultSettings.shortcut)
  })

  it('is left alone when something else changes', async () => {
    const { handlers, taken } = make()
    await handlers['settings.change']({ theme: 'dark' }, caller)
    expect(taken).toEqual([])
  })
})

describe('taking a reply out of the outbox', () => {
  const item = { id: 'o1', accountId: 'a', action: { kind: 'reply', ticketId: 5, text: 'Teşekkürler' } }
  const cancel = async (outcome: unknown): Promise<readonly unknown[]> => {
    const told: unknown[] = []
    const parts = {
      engine: { outgoing: { cancel: () => Promise.resolve(outcome) } },
      broadcast: (...event: readonly unknown[]) => told.push(event)
    }
    const handlers = createHandlers(parts as unknown as Parameters<typeof createHandlers>[0])
    expect(await handlers['outbox.cancel']({ id: 'o1' }, caller)).toEqual(outcome)
    return told
  }

  it('tells the reply box that shows the draft', async () => {
    const draft = { accountId: 'a', ticketId: 5, added: 'Teşekkürler' }
    expect(await cancel({ ok: true, value: item })).toEqual([['draft', draft]])
  })

  it('that is on its way tells nothing', async () => {
    expect(await cancel({ ok: false, error: { kind: 'in-flight' } })).toEqual([])
  })
})

describe('diagnostics', () => {
  it('are saved as they were shown', async () => {
    const chosen = join(folder, 'report.txt')
    const { handlers } = make({ chosen })
    const saved = await handlers['diagnostics.save']({ text: 'Bilet 0.1.0\nşu an iyi' }, caller)
    expect(saved).toEqual({ ok: true, value: true })
    expect(readFileSync(chosen, 'utf8')).toBe('Bilet 0.1.0\nşu an iyi\n')
  })

  it('are not saved without a chosen file, and words say why a file cannot be written', async () => {
    expect(await make().handlers['diagnostics.save']({ text: 'x' }, caller)).toEqual({
      ok: true,
      value: false
    })
    const { handlers } = make({ chosen: join(folder, 'gone', 'report.txt') })
    expect(await handlers['diagnostics.save']({ text: 'x' }, caller)).toEqual({
      ok: false,
      error: { kind: 'file-not-written' }
    })
  })
})

describe('the clipboard', () => {
  const key = '4f8a1c9e2b7d40e5a6c3f1e8d9b07a52'
  function holding(text: string, clipboardAsks = false) {
    let reads = 0
    const host = {
      clipboardAsks,
      readClipboard: (windowId: number | null) => {
        reads += 1
        return Promise.resolve(windowId === caller.windowId ? text : '')
      }
    } as unknown as Host
    const handlers = createHandlers({ host } as unknown as Parameters<typeof createHandlers>[0])
    return { handlers, reads: () => reads }
  }
  const look = (handlers: Handlers) => handlers['clipboard.look'](undefined, caller)
  const readToken = (handlers: Handlers) => handlers['clipboard.readToken'](undefined, caller)

  it('is told about in one word, whatever it holds', async () => {
    expect(await look(holding(key).handlers)).toEqual({ ok: true, value: 'token' })
    expect(await look(holding('gizli notum').handlers)).toEqual({ ok: true, value: 'other' })
  })

  it('is not looked into unasked where the system would ask the person', async () => {
    const { handlers, reads } = holding(key, true)
    expect(await look(handlers)).toEqual({ ok: true, value: 'unread' })
    expect(reads()).toBe(0)
    expect(await readToken(handlers)).toEqual({ ok: true, value: key })
  })

  it('gives a key without what was copied along, and nothing else to anybody', async () => {
    expect(await readToken(holding(`Authorization: Bearer ${key}\n`).handlers)).toEqual({
      ok: true,
      value: key
    })
    expect(await readToken(holding('gizli notum').handlers)).toEqual({ ok: true, value: null })
  })
})
