import { globalShortcut } from 'electron'
import type { ShortcutState } from '../../ipc/host.ts'
import type { DisplayServer } from '../linux/display-server.ts'

const modifiers: Readonly<Record<string, string>> = {
  cmd: 'command',
  ctrl: 'control',
  cmdorctrl: 'commandorcontrol',
  option: 'alt',
  meta: 'super'
}

/** Normal form of an accelerator: equal for `Shift+Alt+N` and `Alt+Shift+N`. */
export function normalizedShortcut(accelerator: string): string {
  const keys = accelerator
    .toLowerCase()
    .split('+')
    .map((key) => modifiers[key.trim()] ?? key.trim())
  const last = keys.pop() ?? ''
  return [...keys.sort(), last].join('+')
}

/** Modifiers that do not type characters; Shift and AltGr do. */
const nonTypingModifiers: ReadonlySet<string> = new Set([
  'commandorcontrol',
  'command',
  'control',
  'alt',
  'super'
])

/**
 * Whether the accelerator has such a modifier. Required, because windows choose the shortcut, and a script in a page
 * must not take letters or keys such as Enter or F5 from all other programs.
 */
export const hasModifier = (accelerator: string): boolean =>
  normalizedShortcut(accelerator)
    .split('+')
    .slice(0, -1)
    .some((key) => nonTypingModifiers.has(key))

/** The part of Electron's globalShortcut that is used; tests replace it. */
export interface ShortcutKeys {
  register(accelerator: string, run: () => void): boolean
  unregister(accelerator: string): void
  isRegistered(accelerator: string): boolean
}

/** Whether the shortcut was refused and the previous one stays. */
export const isRefused = (state: ShortcutState): state is 'taken' | 'invalid' =>
  state === 'taken' || state === 'invalid'

export interface Shortcut {
  /** Registers a shortcut; if it is refused, the previous one stays. An empty one releases it. */
  use(accelerator: string): ShortcutState
  release(): void
  /** State of the shortcut in use, else the result of the last attempt. */
  state(): ShortcutState
}

/** Registers the new shortcut before it releases the old one, so that a failure changes nothing. */
export function createShortcut(
  run: () => void,
  options: { readonly displayServer: DisplayServer; readonly keys?: ShortcutKeys }
): Shortcut {
  const { displayServer, keys = globalShortcut } = options
  /** The registered accelerator; empty for none. */
  let current = ''
  let state: ShortcutState = 'none'
  /** Shortcuts that were released but are still registered: with the portal `unregister` has no effect. */
  const unreleased = new Set<string>()

  function acquire(accelerator: string): ShortcutState {
    const wanted = normalizedShortcut(accelerator)
    if (!hasModifier(accelerator)) return 'invalid'
    try {
      const isOurs = unreleased.has(wanted) && keys.isRegistered(accelerator)
      const isTaken =
        !isOurs &&
        !keys.register(accelerator, () => {
          // The portal may still report released shortcuts.
          if (normalizedShortcut(current) === wanted) run()
        })
      if (displayServer === 'wayland') return isTaken ? 'unavailable' : 'asked'
      return isTaken ? 'taken' : 'registered'
    } catch {
      return 'invalid'
    }
  }
  function releaseOthers(): void {
    if (current === '') return
    keys.unregister(current)
    if (keys.isRegistered(current)) unreleased.add(normalizedShortcut(current))
    current = ''
  }

  return {
    use(accelerator) {
      if (current !== '' && normalizedShortcut(accelerator) === normalizedShortcut(current)) return state
      const next = accelerator === '' ? 'none' : acquire(accelerator)
      if (!isRefused(next)) releaseOthers()
      if (next === 'registered' || next === 'asked') current = accelerator
      if (current === '' || !isRefused(next)) state = next
      return next
    },
    release: releaseOthers,
    state: () => state
  }
}
