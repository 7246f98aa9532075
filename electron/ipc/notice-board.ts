import type { Notice } from '../tickets/views.ts'

/** What knows of trouble: the engine, this machine's desktop. */
export interface NoticeSource {
  all(): readonly Notice[]
  /** By the person. With `detail` only the one that has it; without, all of the kind. */
  dismiss(kind: string, detail?: string): void
}

/**
 * All notices, whoever they come from. What a window starts with, what it is told later and what it dismisses go through
 * here and nowhere else.
 */
export class NoticeBoard {
  readonly #sources: NoticeSource[] = []
  readonly #listeners: (() => void)[] = []

  /** Its notices come after those of the sources before it; it calls `changed` when they change. */
  addSource(source: NoticeSource): void {
    this.#sources.push(source)
  }

  all(): readonly Notice[] {
    return this.#sources.flatMap((source) => source.all())
  }

  dismiss(kind: string, detail?: string): void {
    for (const source of this.#sources) source.dismiss(kind, detail)
    this.changed()
  }

  readonly changed = (): void => {
    for (const listener of this.#listeners) listener()
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }
}
