import type { NoticeSource } from '../ipc/notice-board.ts'
import type { SetAsideFiles } from '../storage/files/set-aside.ts'
import type { Notices } from '../sync/profile/notices.ts'
import type { Notice } from '../tickets/views.ts'

export interface HostNotices extends NoticeSource {
  /**
   * Shows a notice in place of an earlier one of its kind. Kinds in `shownOnceKinds` stay away after they were
   * dismissed.
   */
  add(notice: Notice): void
  remove(kind: Notice['kind']): void
}

const shownOnceKinds: readonly string[] = [
  'no-tray',
  'notifications-denied'
] satisfies readonly Notice['kind'][]

/** Notices about this machine's desktop. `dismissed` survives restarts. */
export function createHostNotices(options: {
  /** Notices about files that belong to no account; they disappear when the problem ends. */
  readonly storage: Notices
  readonly dismissed: () => readonly string[]
  setDismissed(kinds: readonly string[]): void
  /** Damaged files that belong to no account. */
  readonly setAside?: SetAsideFiles
  onChange(): void
}): HostNotices {
  let notices: readonly Notice[] = options.setAside?.notices() ?? []
  const replaceAll = (next: readonly Notice[]): void => {
    notices = next
    options.onChange()
  }
  const { storage } = options
  const without = (kind: string): readonly Notice[] => notices.filter((notice) => notice.kind !== kind)
  return {
    all() {
      const isShown = ({ kind, detail }: Notice): boolean =>
        notices.some((notice) => notice.kind === kind && notice.detail === detail)
      return [...notices, ...storage.all().filter((notice) => !isShown(notice))]
    },
    add(notice) {
      if (!options.dismissed().includes(notice.kind)) replaceAll([...without(notice.kind), notice])
    },
    remove(kind) {
      if (notices.some((notice) => notice.kind === kind)) replaceAll(without(kind))
    },
    dismiss(kind, detail) {
      const known = options.dismissed()
      if (shownOnceKinds.includes(kind) && !known.includes(kind)) options.setDismissed([...known, kind])
      notices = notices.filter(
        (notice) => notice.kind !== kind || (detail !== undefined && notice.detail !== detail)
      )
      storage.dismiss(kind, detail)
      options.setAside?.dismiss(kind, detail)
    }
  }
}
