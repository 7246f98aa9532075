/** The palette or the list of keys, from the moment it is asked for; it may have to be loaded first. */
export class Overlay {
  readonly kind: 'palette' | 'keys'
  /** Typed while the palette was loading. */
  typed = ''
  #isLoading = true

  /** `loading` settles when its component is here. */
  constructor(kind: 'palette' | 'keys', loading: Promise<unknown>) {
    this.kind = kind
    const loaded = (): void => void (this.#isLoading = false)
    loading.then(loaded, loaded)
  }

  /** While it is loading, keys belong to it and not to the tickets behind it. Only Escape goes on to the inbox. */
  takes(event: KeyboardEvent): boolean {
    if (!this.#isLoading || event.isComposing || event.key === 'Escape') return false
    event.preventDefault()
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.typed += event.key
    return true
  }
}
