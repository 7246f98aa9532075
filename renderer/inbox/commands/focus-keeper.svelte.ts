interface Pane {
  readonly focus: () => void
}

/** A button that goes away with what it did takes the focus with it: then the pane it stood in has it. */
export class FocusKeeper {
  isInThread = $state(false)
  #focused: Element | null = null

  constructor(thread: () => Pane | undefined, list: () => Pane | undefined) {
    $effect(() => {
      const observer = new MutationObserver(() => {
        if (this.#focused === null || this.#focused.isConnected || document.activeElement !== document.body)
          return
        const pane = (this.isInThread ? thread() : undefined) ?? list()
        pane?.focus()
      })
      observer.observe(document.body, { childList: true, subtree: true })
      return () => observer.disconnect()
    })
  }

  follow(event: FocusEvent): void {
    this.#focused = event.target instanceof Element ? event.target : null
    this.isInThread = this.#focused !== null && this.#focused.closest('.thread') !== null
  }
}
