/** A key press as Electron's accelerator, e.g. `Alt+Shift+N`; null while only modifiers are down or none is. */
export function acceleratorOf(event: {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}): string | null {
  const letter = /^(?:Key|Digit)(\w)$/.exec(event.code)?.[1]
  const named = /^(F\d{1,2}|Space|Tab|Enter|Home|End|PageUp|PageDown|Insert|Up|Down|Left|Right)$/.exec(
    event.key === ' ' ? 'Space' : event.key.replace(/^Arrow/, '')
  )?.[1]
  const key = letter ?? named
  if (!key) return null
  const modifiers = [
    ...(event.ctrlKey ? ['Ctrl'] : []),
    ...(event.metaKey ? ['Super'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : [])
  ]
  // A shortcut that takes a letter from every other program helps nobody.
  const strong = event.ctrlKey || event.metaKey || event.altKey
  return strong || /^F\d/.test(key) ? [...modifiers, key].join('+') : null
}
