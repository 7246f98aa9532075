import type { MenuItemConstructorOptions } from 'electron'
import { EventEmitter } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import type { Platform } from '../../../electron/desktop/types.ts'

const shown: MenuItemConstructorOptions[][] = []
const copied: string[] = []
vi.mock('electron', () => ({
  clipboard: { writeText: (text: string) => void copied.push(text) },
  Menu: {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => ({
      popup: () => void shown.push(template)
    })
  }
}))
const { appMenu } = await import('../../../electron/desktop/windows/app-menu.ts')
const { ticketMenu } = await import('../../../electron/desktop/windows/ticket-menu.ts')
const { offerTextMenu, textMenu } = await import('../../../electron/desktop/windows/text-menu.ts')

type Items = readonly MenuItemConstructorOptions[]
const below = (item: MenuItemConstructorOptions): Items => item.submenu as Items
const everything = (menu: Items): Items =>
  menu.flatMap((item) => [item, ...(item.submenu ? below(item) : [])]).filter(({ type }) => !type)
const act = vi.fn()
const roles = (menu: Items): readonly (string | undefined)[] => everything(menu).map(({ role }) => role)
const labels = (menu: Items): readonly (string | undefined)[] => menu.map(({ label }) => label)

describe.each<[Platform, string[]]>([
  ['darwin', ['File', 'Edit', 'View', 'Window', 'Help']],
  ['win32', ['File', 'Edit', 'View', 'Help']],
  ['linux', ['File', 'Edit', 'View', 'Help']]
])('the menu on %s', (platform, bars) => {
  const menu = appMenu(platform, 'en', act)

  test('has the platform’s items, labelled in both languages', () => {
    expect(labels(menu).filter(Boolean)).toEqual(bars)
    const [turkish, english] = [everything(appMenu(platform, 'tr', act)), everything(menu)]
    expect(turkish).toHaveLength(english.length)
    // Without a label Electron shows English text, except for the first menu on macOS, which has the app's name.
    const wordless = turkish.filter(({ label, role }) => !label && role !== 'appMenu')
    expect(wordless).toEqual([])
    const alike = turkish.filter(({ label }, i) => label && label === english[i]?.label)
    expect(alike).toEqual([])
  })

  test('has the usual keys for a new ticket and the settings, and the roles’ keys for closing and quitting', () => {
    const byKey = new Map(everything(menu).map((item) => [item.accelerator, item]))
    for (const [key, kind] of [
      ['CommandOrControl+N', 'new-ticket'],
      ['CommandOrControl+,', 'settings']
    ] as const) {
      act.mockClear()
      const press = byKey.get(key)?.click as (() => void) | undefined
      press?.()
      expect(act).toHaveBeenCalledWith({ kind })
    }
    expect(roles(menu)).toEqual(expect.arrayContaining(['close', 'quit']))
  })

  test('sets the text size, refreshes tickets instead of reloading the page, and toggles full screen', () => {
    const byKey = new Map(everything(menu).map((item) => [item.accelerator, item]))
    for (const [key, action] of [
      ['CommandOrControl+Plus', { kind: 'text-size', step: 1 }],
      ['CommandOrControl+-', { kind: 'text-size', step: -1 }],
      ['CommandOrControl+0', { kind: 'text-size', step: 0 }],
      ['CommandOrControl+R', { kind: 'check-now' }]
    ] as const) {
      act.mockClear()
      const press = byKey.get(key)?.click as (() => void) | undefined
      press?.()
      expect(act).toHaveBeenCalledWith(action)
    }
    expect(roles(menu)).toContain('togglefullscreen')
    expect(roles(menu)).not.toContain('reload')
  })

  test('has help pages: guide, news, shortcuts, report, about', () => {
    const help = below(menu.find(({ label }) => label === 'Help') ?? {}).filter(({ type }) => !type)
    act.mockClear()
    for (const { click } of help) (click as () => void)()
    expect(act.mock.calls.map(([action]) => action as unknown)).toEqual(
      ['guide', 'news', 'shortcuts', 'report', 'about'].map((page) => ({ kind: 'help', page }))
    )
  })

  test('edits', () => {
    expect(roles(menu)).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'])
    )
  })
})

test('on macOS has items to hide the app and to list its windows', () => {
  expect(roles(appMenu('darwin', 'tr', act))).toEqual(
    expect.arrayContaining(['appMenu', 'about', 'services', 'hide', 'hideOthers', 'unhide', 'windowMenu'])
  )
})

const flags = {
  canUndo: true,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false
}
const field = {
  isEditable: true,
  selectionText: '',
  linkURL: '',
  editFlags: flags,
  misspelledWord: '',
  dictionarySuggestions: []
}
const quote = vi.fn()
const search = vi.fn()
const page = { quote: () => quote, search: () => search }
const spelling = { replace: vi.fn(), learn: vi.fn() }

describe('the context menu of a text', () => {
  test('in a field offers what the field can do, in the language of the app', () => {
    const menu = textMenu(field, 'tr', spelling).filter(({ type }) => !type)
    expect(menu.map(({ role, label, enabled }) => [role, label, enabled])).toEqual([
      ['undo', 'Geri al', true],
      ['redo', 'Yinele', false],
      ['cut', 'Kes', true],
      ['copy', 'Kopyala', true],
      ['paste', 'Yapıştır', true],
      ['selectAll', 'Tümünü seç', true]
    ])
  })

  test('of selected words copies them; without a selection there is none', () => {
    const words = { ...field, isEditable: false, selectionText: 'Güvenlik duvarı' }
    expect(labels(textMenu(words, 'en', spelling))).toEqual(['Copy'])
    expect(textMenu({ ...words, selectionText: ' \n' }, 'en', spelling)).toEqual([])
  })

  test('of selected words quotes and searches, if the page can', () => {
    const words = { ...field, isEditable: false, selectionText: ' Güvenlik\n duvarı ' }
    const menu = textMenu(words, 'tr', spelling, page)
    expect(labels(menu)).toEqual(['Kopyala', 'Alıntıla', 'Bunu ara'])
    for (const { click } of menu.slice(1)) (click as (() => void) | undefined)?.()
    expect(quote).toHaveBeenCalledOnce()
    expect(search).toHaveBeenCalledWith('Güvenlik duvarı')
    expect(labels(textMenu(words, 'tr', spelling, { ...page, quote: () => null }))).toEqual([
      'Kopyala',
      'Bunu ara'
    ])
    const long = { ...words, selectionText: 'söz '.repeat(40) }
    expect(labels(textMenu(long, 'tr', spelling, page)), 'a page of text is no search').not.toContain(
      'Bunu ara'
    )
  })

  test.each([
    ['https://wiki.example.com/ssh?a=1', 'Copy link', 'https://wiki.example.com/ssh?a=1'],
    ['mailto:destek%40example.com?subject=x', 'Copy e-mail address', 'destek@example.com']
  ])('of the link %s copies its address', (linkURL, label, text) => {
    const menu = textMenu({ ...field, isEditable: false, linkURL }, 'en', spelling, page)
    expect(labels(menu)).toEqual([label])
    ;(menu[0]?.click as (() => void) | undefined)?.()
    expect(copied.at(-1)).toBe(text)
  })

  test('corrects a misspelled word, or adds it to the dictionary', () => {
    const dictionarySuggestions = ['server', 'severe', 'serve', 'serves', 'sever', 'seven']
    const menu = textMenu({ ...field, misspelledWord: 'servr', dictionarySuggestions }, 'en', spelling)
    expect(labels(menu).slice(0, 6)).toEqual([...dictionarySuggestions.slice(0, 5), 'Add to dictionary'])
    const press = (at: number): void => (menu[at]?.click as (() => void) | undefined)?.()
    press(1)
    press(5)
    expect(spelling.replace).toHaveBeenCalledWith('severe')
    expect(spelling.learn).toHaveBeenCalledWith('servr')
  })

  test('opens on a right click, and not if it is empty', () => {
    const webContents = new EventEmitter()
    offerTextMenu({ webContents } as never, () => 'en', page)
    webContents.emit('context-menu', {}, { ...field, isEditable: false })
    expect(shown).toEqual([])
    webContents.emit('context-menu', {}, field)
    expect(labels(shown[0] ?? [])).toContain('Paste')
  })
})

describe('the context menu of a ticket', () => {
  test('has its items in both languages, in groups, and resolves with the choice', () => {
    const choices = ['open', 'reply', 'read', 'close', 'copy-title', 'panel'] as const
    const chosen: string[] = []
    const menu = ticketMenu(choices, 'tr', (choice) => chosen.push(choice))
    expect(menu.map(({ label, type }) => label ?? type)).toEqual([
      'Aç',
      'Yanıtla',
      'separator',
      'Okundu olarak işaretle',
      'Bileti kapat',
      'separator',
      'Numara ve konuyu kopyala',
      'separator',
      'Panelde aç'
    ])
    for (const { click } of menu) (click as (() => void) | undefined)?.()
    expect(chosen).toEqual(choices)
    expect(labels(ticketMenu(choices, 'en', () => undefined))).toContain('Open in panel')
  })
})
