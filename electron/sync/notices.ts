import type { Notice } from '../tickets/views.ts'

const storageKinds = ['storage-full', 'storage-read-only', 'storage-failed'] as const
type StorageKind = (typeof storageKinds)[number]

const isStorage = (kind: Notice['kind']): kind is StorageKind =>
  (storageKinds as readonly string[]).includes(kind)

/** What the person should know about this machine's storage and keychain; a trouble that ended goes by itself. */
export class Notices {
  readonly #tell: (notices: readonly Notice[]) => void
  #all: readonly Notice[] = []

  constructor(tell: (notices: readonly Notice[]) => void) {
    this.#tell = tell
  }

  all(): readonly Notice[] {
    return this.#all
  }

  add(notice: Notice): void {
    if (this.#all.some(({ kind, detail }) => kind === notice.kind && detail === notice.detail)) return
    this.#set([...this.#all, notice])
  }

  dismiss(kind: Notice['kind']): void {
    this.#set(this.#all.filter((notice) => notice.kind !== kind))
  }

  /** For storage: its trouble, or null after a write that worked. */
  readonly report = (trouble: Notice | null): void => {
    if (trouble) this.add(trouble)
    else if (this.#all.some(({ kind }) => isStorage(kind)))
      this.#set(this.#all.filter(({ kind }) => !isStorage(kind)))
  }

  storageProblem(): StorageKind | null {
    return this.#all.map(({ kind }) => kind).find(isStorage) ?? null
  }

  #set(notices: readonly Notice[]): void {
    if (notices.length === this.#all.length && notices.every((notice, i) => notice === this.#all[i])) return
    this.#all = notices
    this.#tell(notices)
  }
}
