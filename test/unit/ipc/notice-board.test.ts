import { describe, expect, it, test } from 'vitest'
import { NoticeBoard, type NoticeSource } from '../../../electron/ipc/notice-board.ts'
import type { Notice } from '../../../electron/tickets/views.ts'

function source(...kinds: readonly Notice['kind'][]): NoticeSource {
  let notices: readonly Notice[] = kinds.map((kind) => ({ kind }))
  return {
    all: () => notices,
    dismiss: (kind) => void (notices = notices.filter((notice) => notice.kind !== kind))
  }
}

test('a window is told the notices of every source, in their order, and again after one was dismissed', () => {
  const board = new NoticeBoard()
  const changes: (readonly string[])[] = []
  board.onChange(() => changes.push(board.all().map(({ kind }) => kind)))
  board.addSource(source('no-tray', 'storage-full'))
  board.addSource(source('storage-full', 'no-keychain'))
  board.changed()
  board.dismiss('storage-full')
  expect(changes).toEqual([
    ['no-tray', 'storage-full', 'storage-full', 'no-keychain'],
    ['no-tray', 'no-keychain']
  ])
})

describe('a fact about this machine', () => {
  const facts: readonly Notice[] = [
    { kind: 'no-tray' },
    { kind: 'no-keychain' },
    { kind: 'shortcut-taken', detail: 'Ctrl+J' },
    { kind: 'storage-full' }
  ]
  /** A start of the app on a machine with all of these notices. */
  function start(kept: { dismissed: readonly string[] }, notices = facts): NoticeBoard {
    const board = new NoticeBoard()
    board.rememberIn({
      current: () => kept.dismissed,
      set: (dismissed) => void (kept.dismissed = dismissed)
    })
    board.addSource({ all: () => notices, dismiss: () => undefined })
    return board
  }
  const kinds = (board: NoticeBoard): readonly string[] => board.all().map(({ kind }) => kind)

  it('that was dismissed is not said at the next start; what went wrong is', () => {
    const kept = { dismissed: [] }
    const board = start(kept)
    for (const { kind, detail } of facts) board.dismiss(kind, detail)
    expect(kinds(start(kept))).toEqual(['storage-full'])
  })

  it('about another shortcut is said all the same', () => {
    const kept = { dismissed: [] }
    start(kept).dismiss('shortcut-taken', 'Ctrl+J')
    expect(kinds(start(kept, [{ kind: 'shortcut-taken', detail: 'Ctrl+K' }]))).toEqual(['shortcut-taken'])
  })

  it('that an earlier version kept as dismissed stays so', () => {
    expect(
      kinds(
        start({ dismissed: ['notifications-denied'] }, [{ kind: 'notifications-denied', detail: 'linux' }])
      )
    ).toEqual([])
  })
})
