import type { NoticeSource } from '../ipc/notice-board.ts'
import type { SetAsideFiles } from '../storage/files/set-aside.ts'
import type { Notices } from '../sync/profile/notices.ts'
import type { Notice } from '../tickets/views.ts'

export interface HostNotices extends NoticeSource {
  /** Shows a notice in place of an earlier one of its kind. */
  add(notice: Notice): void
  remove(kind: Notice['kind']): void
}

/** Notices about this machine's desktop. */
export function createHostNotices(options: {
  /** Notices about files that belong to no account; they disappear when the problem ends. */
  readonly storage: Notices
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
      replaceAll([...without(notice.kind), notice])
    },
    remove(kind) {
      if (notices.some((notice) => notice.kind === kind)) replaceAll(without(kind))
    },
    dismiss(kind, detail) {
      notices = notices.filter(
        (notice) => notice.kind !== kind || (detail !== undefined && notice.detail !== detail)
      )
      storage.dismiss(kind, detail)
      options.setAside?.dismiss(kind, detail)
    }
  }
}
