/** The palette or the list of keys, from the moment it is asked for; it may have to be loaded first. */
export class Overlay {
  readonly kind: 'palette' | 'keys'
  /** Typed while the palette was loading. */
  typed = ''

  constructor(kind: 'palette' | 'keys') {
    this.kind = kind
  }

  /** While it is loading, keys belong to it and not to the tickets behind it. Only Escape goes on to the inbox. */
  takes(event: KeyboardEvent): boolean {
    if (event.isComposing || event.key === 'Escape') return false
    event.preventDefault()
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.typed += event.key
    return true
  }
}
