import { globalShortcut } from 'electron'

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

/** As Electron's globalShortcut, so that it can be tested. */
export interface ShortcutKeys {
  register(accelerator: string, run: () => void): boolean
  unregister(accelerator: string): void
}

export interface Shortcut {
  /** False: another program has it, or it is none; the one before stays. Empty gives it up. */
  use(accelerator: string): boolean
  release(): void
  /** What works now; empty for none. */
  current(): string
}

/** Takes the new one before it lets the old one go: when that fails, nothing has changed. */
export function createShortcut(run: () => void, keys: ShortcutKeys = globalShortcut): Shortcut {
  let current = ''
  const take = (accelerator: string): boolean => {
    try {
      return keys.register(accelerator, run)
    } catch {
      // Not an accelerator at all.
      return false
    }
  }
  return {
    use(accelerator) {
      if (sameShortcut(accelerator) === sameShortcut(current)) return true
      if (accelerator !== '' && !take(accelerator)) return false
      if (current !== '') keys.unregister(current)
      current = accelerator
      return true
    },
    release() {
      if (current !== '') keys.unregister(current)
      current = ''
    },
    current: () => current
  }
}
