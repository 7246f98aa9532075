/** Settings and own data as one file: whole or not at all, never with a secret, found again by server and customer. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataCommands } from '../../../electron/ipc/commands/data.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import type { Host } from '../../../electron/ipc/host.ts'
import { applyImportedSettings } from '../../../electron/ipc/own-data/import-own-data.ts'
import { settingsSchema, type Settings } from '../../../electron/ipc/settings-schema.ts'
import { createSettings, type SettingsStore } from '../../../electron/storage/settings.ts'
import type { ImportSummary } from '../../../electron/tickets/work/import-summary.ts'
import type { Outcome } from '../../../electron/sync/types.ts'
import { hour } from '../../support/builders.ts'
import { Rig } from '../../support/sync/rig.ts'
import { caller } from '../../support/caller.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bilet-own-data-'))))
afterEach(() => rmSync(folder, { recursive: true }))
const path = (): string => join(folder, 'data.json')

/** A machine: an engine, its settings, and the commands of its windows. */
class Machine {
  readonly rig = new Rig()
  readonly stored = new Map<string, unknown>()
  settings: SettingsStore<Settings>
  app = '0.2.0'

  constructor(ids: readonly number[] = [1, 2, 3]) {
    for (const id of ids) this.rig.server.add(id)
    this.settings = this.#openSettings()
  }

  #openSettings(): SettingsStore<Settings> {
    return createSettings(this.stored, settingsSchema, defaultSettings)
  }

  /** As after a crash: what was only in memory is lost. */
  async restart(): Promise<void> {
    await this.rig.crash()
    this.settings = this.#openSettings()
    applyImportedSettings(this.rig.engine, this.settings)
  }

  #commands(chosen: string | null) {
    const choose = (): Promise<string | null> => Promise.resolve(chosen)
    const host = { info: { version: this.app }, chooseExportFile: choose, chooseImportFile: choose }
    const { rig, settings } = this
    return dataCommands({ engine: rig.engine, settings, host: host as unknown as Host, now: rig.time.now })
  }

  async export(chosen: string | null = path()): Promise<string> {
    const saved = await this.#commands(chosen)['data.export'](undefined, caller)
    expect(saved).toEqual({ ok: true, value: chosen !== null })
    return chosen === null ? '' : readFileSync(chosen, 'utf8')
  }

  async import(chosen: string | null = path()): Promise<Outcome<ImportSummary | null>> {
    return this.#commands(chosen)['data.import'](undefined, caller)
  }
}

const ipTemplate = {
  name: 'Ek IP',
  title: 'Ek IP talebi',
  department: 'Destek',
  service: '952157',
  message: '{ip}'
}

/** A machine on which somebody has worked. */
async function used(): Promise<Machine> {
  const machine = new Machine()
  const { rig, settings } = machine
  await rig.connect({ name: 'Ajans', credentials: { kind: 'bearer', token: 'cok-gizli-anahtar' } })
  await rig.time.advance(2000)
  rig.engine.accounts.recolor(rig.accountId, 5)
  rig.engine.accounts.setRules(rig.accountId, { followUp: [{ hours: 24, department: 2 }], notify: false })
  const { tickets } = rig.engine
  await tickets.setWork([rig.ref(1)], { done: true, title: 'Taşıma', note: 'Salı günü', addTags: ['Ada'] })
  await tickets.setWork([rig.ref(2)], { snoozedUntil: rig.time.now() + 100 * hour, pinned: true })
  settings.change({
    theme: 'dark',
    tags: [{ name: 'Ada', color: 3 }],
    savedSearches: [{ id: 's1', name: 'Ada', query: 'etiket:Ada' }],
    snippets: [{ name: 'Teşekkür', text: 'Teşekkürler' }],
    templates: [ipTemplate],
    undoSendSeconds: 10,
    trayClick: 'popover',
    renewalNoticeDays: 7,
    shortcut: 'Ctrl+Alt+N'
  })
  return machine
}

const workOf = (machine: Machine) => [1, 2, 3].map((id) => machine.rig.row(id)?.work ?? null)

describe('an exported file', () => {
  it('has settings and own data, but no secret and nothing that is bound to the machine', async () => {
    const machine = await used()
    const text = await machine.export()
    for (const part of ['Taşıma', 'Salı günü', 'etiket:Ada', 'Teşekkürler', '"dark"', 'Ajans'])
      expect(text).toContain(part)
    for (const part of ['cok-gizli-anahtar', 'Ctrl+Alt+N', 'pausedUntil', machine.rig.accountId])
      expect(text).not.toContain(part)
  })

  it('is not written where the person cancels', async () => {
    expect(await (await used()).export(null)).toBe('')
  })
})

describe('after the import on another machine', () => {
  it('settings are there at once, own data as soon as the account is added', async () => {
    const from = await used()
    await from.export()
    const to = new Machine()
    expect(await to.import()).toEqual({ ok: true, value: { accounts: 0, tickets: 0, waiting: ['Ajans'] } })
    expect(to.settings.current()).toMatchObject({
      ...{ theme: 'dark', shortcut: defaultSettings.shortcut, tags: [{ name: 'Ada', color: 3 }] },
      snippets: [{ name: 'Teşekkür', text: 'Teşekkürler' }],
      ...{ templates: [ipTemplate], undoSendSeconds: 10, trayClick: 'popover', renewalNoticeDays: 7 }
    })
    await to.restart()
    await to.rig.connect({ name: 'Netinternet' })
    await to.rig.time.advance(2000)
    expect(workOf(to)).toEqual(workOf(from))
    const [account] = to.rig.engine.accounts.list()
    expect(account).toMatchObject({
      name: 'Ajans',
      color: 5,
      rules: { notify: false, followUp: [{ hours: 24 }] }
    })
    const thread = to.rig.engine.tickets.thread(to.rig.ref(1))
    expect(thread.ok && thread.value.note).toBe('Salı günü')
    await to.restart()
    expect(workOf(to)).toEqual(workOf(from))
    expect(to.rig.engine.accounts.list()).toMatchObject([
      { name: 'Ajans', color: 5, rules: { notify: false } }
    ])
  })

  it('own data of another customer or server wait, and are in the next export', async () => {
    await (await used()).export()
    const to = new Machine([7, 8])
    await to.rig.connect()
    await to.rig.time.advance(2000)
    await to.import()
    expect([7, 8].map((id) => to.rig.row(id)?.work)).toEqual([null, null])
    await to.restart()
    expect(await to.export()).toContain('Salı günü')
  })

  it('a ticket that the staff has answered since the export is not done', async () => {
    const from = await used()
    await from.export()
    const to = new Machine()
    to.rig.server.addReply(1, 'staff', 'Arada gelen')
    await to.import()
    await to.rig.connect()
    await to.rig.time.advance(2000)
    expect(to.rig.row(1)?.work).toMatchObject({ done: false, title: 'Taşıma', hasNote: true })
    expect(to.rig.row(2)?.work?.snoozedUntil).not.toBeNull()
  })
})

it('an account that is removed and added again has its own data from the file', async () => {
  const machine = await used()
  const before = workOf(machine)
  await machine.export()
  await machine.rig.engine.accounts.remove(machine.rig.accountId)
  await machine.rig.connect()
  await machine.rig.time.advance(2000)
  expect(workOf(machine)).toEqual([null, null, null])
  expect(await machine.import()).toEqual({ ok: true, value: { accounts: 1, tickets: 2, waiting: [] } })
  expect(workOf(machine)).toEqual(before)
  await machine.restart()
  expect(workOf(machine)).toEqual(before)
})

describe('what is here', () => {
  it('stays: notes, tags and lists of both are kept, and importing again changes nothing', async () => {
    await (await used()).export()
    const to = new Machine()
    await to.rig.connect()
    await to.rig.time.advance(2000)
    await to.rig.engine.tickets.setWork([to.rig.ref(1)], {
      title: 'Benim',
      note: 'Önceki',
      addTags: ['Acil']
    })
    to.settings.change({
      tags: [{ name: 'Ada', color: 1 }],
      savedSearches: [{ id: 's1', name: 'Acil', query: 'etiket:Acil' }],
      snippets: [{ name: 'Teşekkür', text: 'Sağ olun' }]
    })
    for (const _ of [1, 2]) {
      await to.import()
      expect(to.rig.row(1)?.work).toMatchObject({ done: true, title: 'Benim', tags: ['Acil', 'Ada'] })
      const thread = to.rig.engine.tickets.thread(to.rig.ref(1))
      expect(thread.ok && thread.value.note).toBe('Önceki\n\nSalı günü')
      expect(to.settings.current()).toMatchObject({
        tags: [{ name: 'Ada', color: 1 }],
        savedSearches: [
          { id: 's1', name: 'Acil', query: 'etiket:Acil' },
          { id: 's1-2', name: 'Ada', query: 'etiket:Ada' }
        ],
        snippets: [
          { name: 'Teşekkür', text: 'Sağ olun' },
          { name: 'Teşekkür', text: 'Teşekkürler' }
        ]
      })
    }
  })

  it('is unchanged by a file that is damaged anywhere, is another file, or is newer', async () => {
    const text = await (await used()).export()
    const to = new Machine()
    await to.rig.connect()
    await to.rig.time.advance(5000)
    const before = JSON.stringify([[...to.rig.disk.files], [...to.stored], to.settings.current()])
    const damage = (from: string | RegExp, by: string): string => {
      const damaged = text.replace(from, by)
      expect(damaged).not.toBe(text)
      return damaged
    }
    const files: readonly (readonly [string | Buffer, string])[] = [
      ['', 'import-damaged'],
      ['[]', 'import-damaged'],
      ['{"version":1}', 'import-damaged'],
      [text.slice(0, -20), 'import-damaged'],
      [damage('"done": true', '"done": "yes"'), 'import-damaged'],
      [damage('"dark"', '"purple"'), 'import-damaged'],
      [damage('"1": {', '"first": {'), 'import-damaged'],
      [damage('Salı günü', 'x'.repeat(200_000)), 'import-damaged'],
      [damage(/"version": 1/, '"version": 2'), 'import-newer'],
      [damage('"dark"', '"purple"').replace('"0.2.0"', '"0.10.0"'), 'import-newer'],
      // Saved in the encoding of Windows, in which "ı" is another byte.
      [Buffer.from(text.replaceAll(/[^\x00-\xff]/g, '\xfd'), 'latin1'), 'import-damaged'], // eslint-disable-line no-control-regex -- Latin-1
      ['['.repeat(5_000_000), 'import-damaged'],
      [damage('"theme"', `"later": ${'['.repeat(100)}${']'.repeat(100)}, "theme"`), 'import-damaged'],
      [damage('"theme"', `"later": [${'[],'.repeat(3_000_000)}1], "theme"`), 'import-damaged']
    ]
    for (const [content, kind] of files) {
      writeFileSync(path(), content)
      expect(await to.import()).toEqual({ ok: false, error: { kind } })
    }
    expect(await to.import(folder)).toEqual({ ok: false, error: { kind: 'file-not-read' } })
    expect(await to.import(join(folder, 'none'))).toEqual({ ok: false, error: { kind: 'file-not-read' } })
    expect(await to.import(null)).toEqual({ ok: true, value: null })
    expect(JSON.stringify([[...to.rig.disk.files], [...to.stored], to.settings.current()])).toBe(before)
  })

  it('is unchanged where there would be more of something than allowed', async () => {
    await (await used()).export()
    const to = new Machine()
    const tags = Array.from({ length: 200 }, (_, i) => ({ name: `Etiket ${i}`, color: 0 }))
    to.settings.change({ tags })
    expect(await to.import()).toEqual({ ok: false, error: { kind: 'import-too-large' } })
    expect(to.settings.current()).toEqual({ ...defaultSettings, tags })
  })

  it('takes a file of a later version of the app that this one understands, without its further settings', async () => {
    const text = await (await used()).export()
    writeFileSync(path(), text.replace('"theme"', '"later": { "a": 1 }, "theme"').replace('0.2.0', '0.9.0'))
    const to = new Machine()
    expect(await to.import()).toMatchObject({ ok: true })
    expect(to.settings.current().theme).toBe('dark')
  })
})

it.each<[string, (text: string) => string | Buffer]>([
  ['with a byte order mark', (text) => `\ufeff${text}`],
  ['in UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['in UTF-16, the other byte first', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['with other line ends', (text) => text.replaceAll('\n', '\r\n')],
  [
    'with settings that are named like parts of every object',
    (text) =>
      text.replace('"theme"', '"__proto__": { "theme": "light" }, "constructor": 1, "toString": "x", "theme"')
  ],
  [
    'with brackets and quotes in a note',
    (text) => text.replace('Salı günü', `Salı günü${'[{\\"'.repeat(50)}`)
  ]
])('a file %s is read', async (_, change) => {
  const text = await (await used()).export()
  writeFileSync(path(), change(text))
  const to = new Machine()
  await to.rig.connect()
  await to.rig.time.advance(5000)
  expect(await to.import()).toMatchObject({ ok: true })
  expect(to.settings.current().theme).toBe('dark')
  expect(workOf(to)[0]).toMatchObject({ done: true, title: 'Taşıma' })
})

describe('where the app dies while it imports', () => {
  it.each([...Array(12).keys()])(
    'at step %i, either nothing or all is there after the next start',
    async (step) => {
      const from = await used()
      await from.export()
      const to = new Machine()
      await to.rig.connect()
      await to.rig.time.advance(5000)
      to.rig.crashAfter(step + 1)
      await to.import().catch(() => undefined)
      const isStored = [...to.rig.disk.files.values()].some((text) => text.includes('Salı günü'))
      // The settings of a process that is killed are those that were written.
      if (to.rig.isCrashed && step % 2 === 0) to.stored.clear()
      await to.restart()
      await to.rig.time.advance(5000)
      expect(workOf(to)).toEqual(isStored ? workOf(from) : [null, null, null])
      if (step % 2 === 1) expect(to.settings.current().theme).toBe(isStored ? 'dark' : defaultSettings.theme)
      expect(to.rig.engine.ownData.importedSettings()).toBeNull()
    }
  )
})
