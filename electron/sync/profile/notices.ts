import type { Notice } from '../../tickets/views.ts'

const storageKinds = ['storage-full', 'storage-read-only', 'storage-failed'] as const
type StorageKind = (typeof storageKinds)[number]

const isStorage = (kind: Notice['kind']): kind is StorageKind =>
  (storageKinds as readonly string[]).includes(kind)

/** Notices about storage and keychain; resolved problems are removed automatically. */
export class Notices {
  readonly #tell: (notices: readonly Notice[]) => void
  readonly #log: (line: string) => void
  #all: readonly Notice[] = []
  /** Problems by file; each kind is one notice, whatever the number of files. */
  readonly #troubles = new Map<string, Notice>()

  /** `log` receives kinds and file names, but no details, which may contain account names. */
  constructor(tell: (notices: readonly Notice[]) => void, log: (line: string) => void = () => undefined) {
    this.#tell = tell
    this.#log = log
  }

  all(): readonly Notice[] {
    const kinds = new Map<string, Notice>()
    for (const trouble of this.#troubles.values())
      if (!kinds.has(trouble.kind)) kinds.set(trouble.kind, trouble)
    return [...this.#all, ...kinds.values()]
  }

  has(kind: string): boolean {
    return this.all().some((notice) => notice.kind === kind)
  }

  add(notice: Notice): void {
    if (this.#all.some(({ kind, detail }) => kind === notice.kind && detail === notice.detail)) return
    this.#all = [...this.#all, notice]
    this.#log(`notice: ${notice.kind}`)
    this.#tell(this.all())
  }

  /** Removes a notice; without `detail` all of this kind. */
  dismiss(kind: string, detail?: string): void {
    const isMeant = (notice: Notice): boolean =>
      notice.kind === kind && (detail === undefined || notice.detail === detail)
    if (!this.all().some(isMeant)) return
    this.#all = this.#all.filter((notice) => !isMeant(notice))
    for (const [file, trouble] of this.#troubles) if (trouble.kind === kind) this.#troubles.delete(file)
    this.#tell(this.all())
  }

  /** Reports a problem of a file, or null after a successful write. */
  readonly report = (trouble: Notice | null, file: string): void => {
    if (trouble && !isStorage(trouble.kind)) {
      this.#log(`storage: ${file}, ${trouble.kind}`)
      this.add(trouble)
      return
    }
    if (this.#troubles.get(file)?.kind === trouble?.kind) return
    this.#log(`storage: ${file}, ${trouble?.kind ?? 'works again'}`)
    if (trouble) this.#troubles.set(file, trouble)
    else this.#troubles.delete(file)
    this.#tell(this.all())
  }

  storageProblem(): StorageKind | null {
    return [...this.#troubles.values()].map(({ kind }) => kind).find(isStorage) ?? null
  }
}
