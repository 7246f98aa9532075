/** Saved replies offered while `;` and a part of their name are typed in a text box. */
import { fold, foldedWords } from '../../../electron/tickets/text/turkish.ts'

export interface Suggestion {
  readonly label: string
  readonly detail: string
  readonly text: string
}

/** `;` at the start of a word, and what was typed after it, up to the cursor. */
const asked = /(?:^|\s);([^\s;][^\n;]{0,39}|)$/
const most = 8

export class Suggestions {
  readonly #all: () => readonly Suggestion[]
  #query = $state<string | null>(null)
  /** Where `;` is. */
  #start = 0
  /** Place of a `;` whose list the person closed. */
  #dismissed = -1
  at = $state(0)
  /** Empty: nothing is offered. */
  readonly offered = $derived.by(() => {
    if (this.#query === null) return []
    const words = foldedWords(this.#query)
    return this.#all()
      .filter(({ label }) => {
        const folded = ` ${fold(label)}`
        return words.every((word) => folded.includes(` ${word}`))
      })
      .slice(0, most)
  })

  constructor(all: () => readonly Suggestion[]) {
    this.#all = all
  }

  /** Call it when the text or the cursor changed. */
  follow({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): void {
    const found = selectionStart === selectionEnd ? asked.exec(value.slice(0, selectionStart)) : null
    const query = found?.[1] ?? null
    const start = query === null ? -1 : selectionStart - query.length - 1
    if (start !== this.#dismissed) this.#dismissed = -1
    if (query !== this.#query) this.at = 0
    this.#query = this.#dismissed === start ? null : query
    this.#start = start
  }

  close(): void {
    this.#query = null
  }

  /**
   * Whether the key was for the list. `onpick` gets the chosen one and the start of what was typed for it, which it replaces up
   * to the cursor.
   */
  takes(event: KeyboardEvent, onpick: (suggestion: Suggestion, start: number) => void): boolean {
    const count = this.offered.length
    if (count === 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
    switch (event.key) {
      case 'ArrowDown':
        this.at = (this.at + 1) % count
        break
      case 'ArrowUp':
        this.at = (this.at + count - 1) % count
        break
      case 'Enter':
      case 'Tab':
        if (event.shiftKey) return false
        this.pick(this.at, onpick)
        break
      case 'Escape':
        this.#dismissed = this.#start
        this.close()
        break
      default:
        return false
    }
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  pick(at: number, onpick: (suggestion: Suggestion, start: number) => void): void {
    const chosen = this.offered[at]
    if (!chosen) return
    this.close()
    onpick(chosen, this.#start)
  }
}
