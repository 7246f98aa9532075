/** A dictionary is downloaded only once the user wants it. */
import { describe, expect, test, vi } from 'vitest'
import type { Settings } from '../../../electron/ipc/contract.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'

vi.mock('electron', () => ({ BrowserWindow: {}, session: {} }))
const { createSpelling } = await import('../../../electron/desktop/windows/spelling.ts')

type Event = 'download-failure' | 'download-success' | 'initialized'

function fakeSession() {
  const listeners: [string, (event: unknown, language: string) => void][] = []
  const state = { enabled: true, languages: ['tr'] as readonly string[], looks: 0 }
  return {
    state,
    emit: (event: Event, language = 'tr') => {
      for (const [name, listener] of listeners)
        if (name === `spellcheck-dictionary-${event}`) listener(null, language)
    },
    session: {
      getSpellCheckerLanguages: () => [...state.languages],
      setSpellCheckerLanguages: (languages: string[]) => {
        state.languages = languages
        state.looks += 1
      },
      setSpellCheckerEnabled: (enabled: boolean) => void (state.enabled = enabled),
      on: (name: string, listener: (event: unknown, language: string) => void) =>
        listeners.push([name, listener])
    }
  }
}

function make(
  options: { spelling?: Settings['spelling']; answer?: boolean | null; accounts?: boolean[] } = {}
) {
  const { spelling = 'ask', answer = true } = options
  const pages = fakeSession()
  const online = fakeSession()
  online.state.enabled = false
  let settings: Settings = { ...defaultSettings, spelling }
  const world = {
    demos: options.accounts ?? [false],
    isSomebodyThere: true,
    asked: 0,
    opened: 0
  }
  const made = createSpelling({
    settings: {
      current: () => settings,
      change(patch) {
        settings = { ...settings, ...patch }
        made.changed()
        return { ok: true, value: settings }
      }
    },
    accounts: { list: () => world.demos.map((demo) => ({ demo })) },
    ask: () => {
      world.asked += 1
      return Promise.resolve(answer)
    },
    pages: pages.session,
    openOnline: () => {
      world.opened += 1
      return online.session
    },
    isSomebodyThere: () => world.isSomebodyThere
  })
  const choose = (to: Settings['spelling']): void => {
    settings = { ...settings, spelling: to }
    made.changed()
  }
  return { pages, online, world, made, choose, choice: () => settings.spelling }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a dictionary that is missing', () => {
  test('is downloaded through the session with a network after a yes, and then loaded by the pages', async () => {
    const { pages, online, world, choice } = make()
    pages.emit('download-failure')
    expect(world).toMatchObject({ asked: 1, opened: 0 })
    await settled()
    expect(choice()).toBe('on')
    expect(world.opened).toBe(1)
    expect(online.state).toMatchObject({ enabled: true, languages: ['tr'] })
    const { looks } = pages.state
    online.emit('download-success')
    expect(pages.state).toMatchObject({ languages: ['tr'], looks: looks + 2 })
  })

  test('is not downloaded after a no, and the question is not asked again', async () => {
    const { pages, world, made, choice } = make({ answer: false })
    pages.emit('download-failure')
    await settled()
    expect(choice()).toBe('off')
    expect(pages.state.enabled).toBe(false)
    pages.emit('download-failure')
    made.changed()
    expect(world).toMatchObject({ asked: 1, opened: 0 })
  })

  test('is asked about once an account is connected and a window has the focus', async () => {
    const { pages, world, made } = make({ accounts: [] })
    pages.emit('download-failure')
    world.demos = [true]
    made.changed()
    world.isSomebodyThere = false
    world.demos = [true, false]
    made.changed()
    expect(world.asked).toBe(0)
    world.isSomebodyThere = true
    made.changed()
    made.changed()
    await settled()
    expect(world.asked).toBe(1)
  })

  test('is asked about later if another question was open', async () => {
    const { pages, world, made, choice } = make({ answer: null })
    pages.emit('download-failure')
    await settled()
    expect(choice()).toBe('ask')
    made.changed()
    expect(world).toMatchObject({ asked: 2, opened: 0 })
  })

  test('is downloaded at once if the person agreed before', () => {
    const { pages, world } = make({ spelling: 'on' })
    pages.emit('download-failure')
    expect(world).toMatchObject({ asked: 0, opened: 1 })
  })

  test('is downloaded when it is turned on in the settings, and not while it is off', () => {
    const { pages, online, world, choose } = make({ spelling: 'off' })
    expect(pages.state.enabled).toBe(false)
    pages.emit('download-failure')
    expect(world).toMatchObject({ asked: 0, opened: 0 })
    choose('on')
    expect(world).toMatchObject({ asked: 0, opened: 1 })
    expect(pages.state.enabled).toBe(true)
    choose('off')
    expect([pages.state.enabled, online.state.enabled]).toEqual([false, false])
  })
})

test('an existing dictionary stays in use without a question', () => {
  const { pages, world, choice } = make()
  pages.emit('initialized')
  expect(choice()).toBe('on')
  expect(world).toMatchObject({ asked: 0, opened: 0 })
})
