import { expect, test } from 'vitest'
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
  const told: (readonly string[])[] = []
  board.onChange(() => told.push(board.all().map(({ kind }) => kind)))
  board.addSource(source('no-tray', 'storage-full'))
  board.addSource(source('storage-full', 'no-keychain'))
  board.changed()
  board.dismiss('storage-full')
  expect(told).toEqual([
    ['no-tray', 'storage-full', 'storage-full', 'no-keychain'],
    ['no-tray', 'no-keychain']
  ])
})
