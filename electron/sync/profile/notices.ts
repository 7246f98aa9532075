import type { Notice } from '../../tickets/views.ts'

const storageKinds = ['storage-full', 'storage-read-only', 'storage-failed'] as const
type StorageKind = (typeof storageKinds)[number]

const isStorage = (kind: Notice['kind']): kind is StorageKind =>
  (storageKinds as readonly string[]).includes(kind)

/** What the person should know about this machine's storage and keychain; a trouble that ended goes by itself. */
export class Notices {
  readonly #tell: (notices: readonly Notice[]) => void
  readonly #log: (line: string) => void
  #all: readonly Notice[] = []
  /** Per file; people hear of a kind once, whichever files have it. */
  readonly #troubles = new Map<string, Notice>()

  /** `log` gets the kinds, and the names of files; never a detail, which may name an account. */
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

  /** With `detail` only the one that has it; without, all of the kind. */
  dismiss(kind: string, detail?: string): void {
    const isMeant = (notice: Notice): boolean =>
      notice.kind === kind && (detail === undefined || notice.detail === detail)
    if (!this.all().some(isMeant)) return
    this.#all = this.#all.filter((notice) => !isMeant(notice))
    for (const [file, trouble] of this.#troubles) if (trouble.kind === kind) this.#troubles.delete(file)
    this.#tell(this.all())
  }

  /** For storage: its trouble with a file, or null after a write that worked. */
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
