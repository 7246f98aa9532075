import { beforeEach, describe, expect, test, vi } from 'vitest'

const made: FakeTray[] = []
class FakeTray {
  readonly calls: string[] = []
  readonly on = vi.fn()
  constructor(readonly icon: { readonly file: string; readonly template: () => boolean }) {
    made.push(this)
  }
  setImage = (icon: { readonly file: string }): void => void this.calls.push(`image ${icon.file}`)
  setToolTip = (text: string): void => void this.calls.push(`tooltip ${text}`)
  setTitle = (text: string): void => void this.calls.push(`title ${text}`)
  setContextMenu = (menu: unknown): void => void this.calls.push(menu === null ? 'no menu' : 'menu')
  popUpContextMenu = (): void => void this.calls.push('pop up')
  destroy = (): void => void this.calls.push('destroy')
}
vi.mock('electron', () => ({
  Tray: FakeTray,
  Menu: { buildFromTemplate: (entries: unknown) => entries },
  nativeImage: {
    createFromPath: (file: string) => {
      let template = false
      return {
        file,
        isEmpty: () => file.startsWith('/nowhere'),
        template: () => template,
        setTemplateImage: (on: boolean) => (template = on)
      }
    }
  }
}))
const { createTray, openingEvents } = await import('../../../electron/desktop/tray/tray.ts')
const { plainContent } = await import('../../../electron/desktop/tray/tray-content.ts')
const { startingContent, trayContent, trayTitle } =
  await import('../../../electron/desktop/tray/tray-menu.ts')
const { platforms, ref, state, unreadTicketOf } = await import('./make.ts')

type Platform = (typeof platforms)[number]
interface ShownTray extends ReturnType<typeof createTray> {
  readonly show: (shown: ReturnType<typeof state>) => void
}

/** A tray that has its owner, who shows states. */
function trayOn(platform: Platform, iconFolder = '/tray'): ShownTray {
  const tray = createTray({ platform, iconFolder, onMade: () => undefined })
  tray.connect({ act: () => undefined, clickOpens: () => 'inbox' })
  return { ...tray, show: (shown) => tray.render(trayContent(shown, platform, () => undefined)) }
}
const calls = (): readonly string[] => made.at(-1)?.calls ?? []
const forget = (): void => void made.at(-1)?.calls.splice(0)

beforeEach(() => made.splice(0))

describe('the tray', () => {
  test.each(platforms)('set twice to the same state changes nothing on %s', (platform) => {
    const tray = trayOn(platform)
    tray.show(state({ counted: 2 }))
    forget()
    tray.show(state({ counted: 2 }))
    expect(calls()).toEqual([])
    expect(made).toHaveLength(1)
  })

  test('rebuilds its menu only when an entry changes', () => {
    const tray = trayOn('linux')
    const newest = [unreadTicketOf()]
    tray.show(state({ counted: 1, newest }))
    forget()
    tray.show(state({ counted: 1, newest, connection: 'paused' }))
    expect(calls()).not.toContain('menu')
    tray.show(state({ counted: 1, newest: [unreadTicketOf({ ref: ref(272298, 'two') })] }))
    expect(calls()).toContain('menu')
  })

  test('shows the count beside a template image on macOS only', () => {
    trayOn('darwin').show(state({ counted: 3 }))
    expect(calls()).toContain('title 3')
    expect(made.at(-1)?.icon.template()).toBe(true)
    trayOn('linux').show(state({ counted: 3 }))
    expect(calls().filter((call) => call.startsWith('title'))).toEqual([])
    expect(made.at(-1)?.icon.template()).toBe(false)
  })

  test('reports its outcome: shown, no picture, failed', () => {
    const tray = trayOn('win32')
    expect(tray.lastOutcome()).toBe('not shown yet')
    tray.show(state({ counted: 3 }))
    expect(tray.lastOutcome()).toBe('shown 3')
    const empty = trayOn('linux', '/nowhere')
    empty.show(state())
    expect(empty.lastOutcome()).toBe('no picture read')
    const [last] = [made.at(-1)]
    if (last)
      last.setImage = () => {
        throw new Error('gone')
      }
    expect(() => empty.show(state({ counted: 1 }))).toThrow('gone')
    expect(empty.lastOutcome()).toBe('failed: gone')
  })

  test('removes the count when all is read', () => {
    const tray = trayOn('darwin')
    tray.show(state({ counted: 3 }))
    forget()
    tray.show(state())
    expect(calls()).toContain('title ')
  })

  test('re-created for a late panel shows the same state', () => {
    const tray = trayOn('linux')
    tray.show(state({ counted: 1 }))
    tray.renew()
    expect(made).toHaveLength(2)
    expect(made[0]?.calls).toContain('destroy')
    expect(calls()).toContain('tooltip Bilet — 1 unread')
    expect(calls()).toContain('menu')
  })

  describe('opens on a click', () => {
    const icon = { x: 900, y: 0, width: 24, height: 24 }
    const nowhere = { x: 0, y: 0, width: 0, height: 0 }
    function click(
      platform: (typeof platforms)[number],
      opens: 'inbox' | 'popover',
      event = 'click',
      bounds = icon
    ): readonly unknown[] {
      const acts: unknown[] = []
      const act = (action: unknown): void => void acts.push(action)
      const tray = createTray({ platform, iconFolder: '/tray', onMade: () => undefined })
      tray.connect({ act, clickOpens: () => opens })
      tray.render(trayContent(state(), platform, act))
      for (const [name, listener] of made.at(-1)?.on.mock.calls ?? [])
        if (name === event) (listener as (event: unknown, bounds: unknown) => void)({}, bounds)
      return acts
    }

    test.each(['win32', 'linux'] as const)(
      'the inbox, as long as nothing else is chosen, on %s',
      (platform) => {
        expect(click(platform, 'inbox')).toEqual([{ kind: 'inbox' }])
      }
    )

    test('the popover beside the icon where it is known, and the inbox on a double click', () => {
      expect(click('win32', 'popover')).toEqual([{ kind: 'popover', anchor: icon }])
      expect(click('win32', 'popover', 'double-click')).toEqual([{ kind: 'inbox' }])
      expect(click('linux', 'popover', 'click', nowhere)).toEqual([{ kind: 'popover', anchor: null }])
    })

    test('the menu on macOS, or the popover; then the menu is behind the other button', () => {
      expect(click('darwin', 'inbox')).toEqual([])
      expect(calls()).toContain('menu')
      expect(click('darwin', 'popover')).toEqual([{ kind: 'popover', anchor: icon }])
      expect(calls()).toContain('no menu')
      expect(calls()).not.toContain('menu')
      click('darwin', 'popover', 'right-click')
      expect(calls()).toContain('pop up')
    })
  })

  describe('before it has an owner', () => {
    const clickAll = (events: readonly string[]): void => {
      const icon = { x: 900, y: 0, width: 24, height: 24 }
      for (const event of events)
        for (const [name, listener] of made.at(-1)?.on.mock.calls ?? [])
          if (name === event) (listener as (event: unknown, bounds: unknown) => void)({}, icon)
    }

    test.each(platforms)('is the icon alone on %s: no count, no menu, no words', (platform) => {
      createTray({ platform, iconFolder: '/tray', onMade: () => undefined }).render(plainContent)
      expect(made.at(-1)?.icon.file).toMatch(/^\/tray\/read[.-]/)
      expect(calls()).toEqual(['tooltip Bilet'])
    })

    test.each(['tr', 'en'] as const)('says that it starts, without a count, in %s', (locale) => {
      const done: unknown[] = []
      const content = startingContent(locale, (action) => void done.push(action))
      expect(content).toMatchObject({ icon: 'read', title: '' })
      expect(`${content.tooltip} ${content.entries.map(({ label }) => label).join(' ')}`).not.toMatch(/\d/)
      for (const { click } of content.entries) click?.()
      expect(done).toEqual([{ kind: 'quit' }])
    })

    test('keeps the newest click until it has one', () => {
      const done: unknown[] = []
      const tray = createTray({ platform: 'linux', iconFolder: '/tray', onMade: () => undefined })
      tray.render(plainContent)
      clickAll(['click', 'click'])
      expect(done).toEqual([])
      const act = (action: unknown): void => void done.push(action)
      tray.connect({ act, clickOpens: () => 'inbox' })
      expect(done).toEqual([{ kind: 'inbox' }])
      tray.connect({ act, clickOpens: () => 'inbox' })
      expect(done).toHaveLength(1)
    })
  })

  test('listens to clicks that open something on Windows and Linux', () => {
    expect(openingEvents('darwin')).toEqual([])
    expect(openingEvents('win32')).toEqual(['click', 'double-click'])
    expect(openingEvents('linux')).toEqual(['click'])
  })

  test('has no title for zero and a short one for large counts', () => {
    expect([0, 1, 99, 100].map(trayTitle)).toEqual(['', '1', '99', '99+'])
  })
})
