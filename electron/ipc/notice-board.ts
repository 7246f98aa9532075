import type { Notice } from '../tickets/views.ts'

/** A source of notices: the engine or the desktop integration. */
export interface NoticeSource {
  all(): readonly Notice[]
  /** The person dismissed a notice. Without `detail` all notices of this kind are dismissed. */
  dismiss(kind: string, detail?: string): void
}

/** Facts about this machine, which are the same at every start: who dismissed one need not read it again. */
const machineFacts: readonly string[] = [
  'no-tray',
  'no-keychain',
  'shortcut-taken',
  'shortcut-invalid',
  'login-item-failed',
  'login-item-approval',
  'notifications-denied'
] satisfies readonly Notice['kind'][]

/** What was dismissed for good; survives restarts. */
export interface DismissedNotices {
  current(): readonly string[]
  set(dismissed: readonly string[]): void
}

/** The same kind about something else, such as another shortcut, is another notice. */
const keyOf = ({ kind, detail }: Notice): string => (detail === undefined ? kind : `${kind} ${detail}`)

/**
 * Combines the notices of all sources. The initial state of windows, later changes and dismissals all go through this class.
 */
export class NoticeBoard {
  readonly #sources: NoticeSource[] = []
  readonly #listeners: (() => void)[] = []
  #dismissed: DismissedNotices = { current: () => [], set: () => undefined }

  /** Notices are ordered by source, in the order of these calls. The source must call `changed` when its notices change. */
  addSource(source: NoticeSource): void {
    this.#sources.push(source)
  }

  all(): readonly Notice[] {
    const dismissed = this.#dismissed.current()
    // Earlier versions kept the kind alone.
    const isShown = (notice: Notice): boolean =>
      !dismissed.includes(keyOf(notice)) && !dismissed.includes(notice.kind)
    return this.#sources.flatMap((source) => source.all()).filter(isShown)
  }

  dismiss(kind: string, detail?: string): void {
    const isMeant = (notice: Notice): boolean =>
      notice.kind === kind && (detail === undefined || notice.detail === detail)
    const forGood = this.all().filter((notice) => machineFacts.includes(notice.kind) && isMeant(notice))
    if (forGood.length > 0) this.#dismissed.set([...this.#dismissed.current(), ...forGood.map(keyOf)])
    for (const source of this.#sources) source.dismiss(kind, detail)
    this.changed()
  }

  /** Where it is kept what was dismissed for good; until then nothing is. */
  rememberIn(dismissed: DismissedNotices): void {
    this.#dismissed = dismissed
  }

  readonly changed = (): void => {
    for (const listener of this.#listeners) listener()
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }
}
