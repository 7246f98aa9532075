/** The settings screen on a fake bridge that stores settings and accounts like main. */
import { render } from '@testing-library/svelte'
import type { Component } from 'svelte'
import type { AppState, Settings } from '../../electron/ipc/contract.ts'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import { FakeBridge } from './fake-bridge.ts'
import { stateOf } from './builders.ts'

export interface OpenedPage {
  readonly bridge: FakeBridge
  /** The error that the last command reported; null if it succeeded. */
  readonly lastError: () => string | null
  readonly settings: () => Settings
}

/** `answer` can set answers of the bridge before the page sends commands. */
export async function openPage(
  Page: Component<{ showProblem: (words: string | null) => void }>,
  options: { readonly state?: Partial<AppState>; readonly answer?: (bridge: FakeBridge) => void } = {}
): Promise<OpenedPage> {
  const state = stateOf(options.state)
  let settings = state.settings
  let lastError: string | null = null
  const bridge = new FakeBridge({
    'app.state': () => ({ ...state, settings }),
    'settings.change': (patch) => {
      const notifications = { ...settings.notifications, ...patch.notifications }
      const inbox = { ...settings.inbox, ...patch.inbox }
      settings = { ...settings, ...patch, notifications, inbox }
      bridge.emit('settings', { settings, locale: state.locale })
      return settings
    }
  })
  options.answer?.(bridge)
  setBridge(bridge)
  await app.start()
  render(Page, {
    props: {
      showProblem: (words: string | null) => {
        lastError = words
      }
    }
  })
  return { bridge, lastError: () => lastError, settings: () => settings }
}
