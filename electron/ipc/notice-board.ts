import type { Notice } from '../tickets/views.ts'

/** A source of notices: the engine or the desktop integration. */
export interface NoticeSource {
  all(): readonly Notice[]
  /** The person dismissed a notice. Without `detail` all notices of this kind are dismissed. */
  dismiss(kind: string, detail?: string): void
}

/**
 * Combines the notices of all sources. The initial state of windows, later changes and dismissals all go through this class.
 */
export class NoticeBoard {
  readonly #sources: NoticeSource[] = []
  readonly #listeners: (() => void)[] = []

  /** Notices are ordered by source, in the order of these calls. The source must call `changed` when its notices change. */
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
