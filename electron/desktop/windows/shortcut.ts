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

/** The same for two spellings of one shortcut: `Shift+Alt+N` is `Alt+Shift+N`. */
export function sameShortcut(accelerator: string): string {
  const keys = accelerator
    .toLowerCase()
    .split('+')
    .map((key) => modifiers[key.trim()] ?? key.trim())
  const last = keys.pop() ?? ''
  return [...keys.sort(), last].join('+')
}

/** Shift and AltGr are no such: with them one types. */
const takingModifiers: ReadonlySet<string> = new Set([
  'commandorcontrol',
  'command',
  'control',
  'alt',
  'super'
])

/**
 * Keys that nobody types a text with. A window asks for them, and a script in it must not take letters, or a key such as
 * Enter or F5, from every other program.
 */
export const hasModifier = (accelerator: string): boolean =>
  sameShortcut(accelerator)
    .split('+')
    .slice(0, -1)
    .some((key) => takingModifiers.has(key))

/** As Electron's globalShortcut, so that it can be tested. */
export interface ShortcutKeys {
  register(accelerator: string, run: () => void): boolean
  unregister(accelerator: string): void
  isRegistered(accelerator: string): boolean
}

/** The keys of before had to stay. */
export const isRefused = (state: ShortcutState): state is 'taken' | 'invalid' =>
  state === 'taken' || state === 'invalid'

export interface Shortcut {
  /** Refused, the one before stays. Empty gives it up. */
  use(accelerator: string): ShortcutState
  release(): void
  /** Of the keys that are in use, else what asking for some came to last. */
  state(): ShortcutState
}

/** Takes the new one before it lets the old one go: when that fails, nothing has changed. */
export function createShortcut(
  run: () => void,
  options: { readonly displayServer: DisplayServer; readonly keys?: ShortcutKeys }
): Shortcut {
  const { displayServer, keys = globalShortcut } = options
  /** The keys that open the window now; empty for none. */
  let current = ''
  let state: ShortcutState = 'none'
  /** Given up, but not let go by the system: `unregister` does nothing where the portal has them. */
  const stuck = new Set<string>()

  function acquire(accelerator: string): ShortcutState {
    const wanted = sameShortcut(accelerator)
    if (!hasModifier(accelerator)) return 'invalid'
    try {
      const isOurs = stuck.has(wanted) && keys.isRegistered(accelerator)
      const isTaken =
        !isOurs &&
        !keys.register(accelerator, () => {
          // Released keys may still be reported by the portal.
          if (sameShortcut(current) === wanted) run()
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
    if (keys.isRegistered(current)) stuck.add(sameShortcut(current))
    current = ''
  }

  return {
    use(accelerator) {
      if (current !== '' && sameShortcut(accelerator) === sameShortcut(current)) return state
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
