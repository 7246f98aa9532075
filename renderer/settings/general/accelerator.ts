export interface Keys {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const named =
  /^(?:F\d{1,2}|Space|Tab|Enter|Home|End|PageUp|PageDown|Insert|Up|Down|Left|Right|Delete|Backspace)$/

/** The letter that is written on the key where it is a plain one, else the key's place: Alt changes letters on macOS. */
function keyOf({ key, code }: Keys): string | null {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  const place = /^(?:Key|Digit)(\w)$/.exec(code)?.[1]
  if (place) return place
  const name = key === ' ' ? 'Space' : key.replace(/^Arrow/, '')
  return named.test(name) ? name : null
}

const modifierKeys = new Set([
  'Control',
  'Shift',
  'Alt',
  'AltGraph',
  'Meta',
  'OS',
  'Super',
  'Hyper',
  'CapsLock'
])
export const isModifier = ({ key }: Pick<Keys, 'key'>): boolean => modifierKeys.has(key)

/** Keys as Electron's accelerator, e.g. `Alt+Shift+N`; null when they make none that can be taken from every program. */
export function acceleratorOf(event: Keys): string | null {
  const key = keyOf(event)
  if (!key) return null
  // Main refuses others.
  if (!event.ctrlKey && !event.metaKey && !event.altKey) return null
  const modifiers = [
    ...(event.ctrlKey ? ['Ctrl'] : []),
    ...(event.metaKey ? ['Super'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : [])
  ]
  return [...modifiers, key].join('+')
}

const macSigns: Readonly<Record<string, string>> = {
  Ctrl: '⌃',
  Control: '⌃',
  Alt: '⌥',
  Option: '⌥',
  Shift: '⇧',
  Super: '⌘',
  Meta: '⌘',
  Command: '⌘',
  Cmd: '⌘',
  CommandOrControl: '⌘',
  CmdOrCtrl: '⌘'
}

/** As keys are written on this platform: `⌥⇧N` on macOS, `Alt+Shift+N` elsewhere. */
export function shownKeys(accelerator: string, platform: string): string {
  const parts = accelerator.split('+')
  if (platform === 'darwin') return parts.map((part) => macSigns[part] ?? part).join('')
  return parts
    .map((part) => (/^(?:CommandOrControl|CmdOrCtrl)$/.test(part) ? 'Ctrl' : part))
    .map((part) => (platform === 'win32' && part === 'Super' ? 'Win' : part))
    .join('+')
}
