/** Number of broadcasts and disk writes per action. Each broadcast is copied to every window. */
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../../electron/tickets/views.ts'
import { atEachTurn } from '../../support/sync/at-each-turn.ts'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

/** Names of the files written from now on, in order. The two halves of an append count as one. */
function watchWrites({ disk }: Rig): readonly string[] {
  const written: string[] = []
  const [write, append] = [disk.write.bind(disk), disk.append.bind(disk)]
  const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '')
  let isSecondHalf = false
  disk.write = (path, text) => {
    write(path, text)
    written.push(nameOf(path))
  }
  disk.append = (path, text) => {
    append(path, text)
    if (isSecondHalf) written.push(nameOf(path))
    isSecondHalf = !isSecondHalf
  }
  return written
}

describe('one sent reply', () => {
  it('is told in twelve broadcasts and takes six writes, from the send button to the list that shows it', async () => {
    const rig = await connectedRig()
    await rig.time.advance(600_000)
    const [broadcastsBefore, cacheWrites] = [rig.broadcastCount, rig.cacheWrites]
    const written = watchWrites(rig)
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba, disk doldu')
    await rig.time.advance(0)
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(rig.engine.outgoing.history().map(({ end }) => end)).toEqual(['shown'])
    // Queued, sending, acknowledged; then the ticket's marks, the record of the sent reply, and its removal from the outbox.
    expect(written).toEqual([
      'outbox.json',
      'outbox.json',
      'outbox.json',
      'marks.json',
      'sent.json',
      'outbox.json'
    ])
    expect(rig.cacheWrites - cacheWrites).toBe(1)
    // Outbox, rows and accounts for each of four steps; 14 when the account broadcast each change separately.
    expect(rig.broadcastCount - broadcastsBefore).toBe(12)
  })

  it('tells its row as it is when it is told, also where it was read while the disk took its time', async () => {
    const rig = await connectedRig()
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba')
    rig.server.addReply(1, 'staff', 'Buyurun')
    let isWritten: () => void = () => undefined
    rig.cacheIsWritten = () => new Promise<void>((resolve) => (isWritten = resolve))
    await rig.time.advance(0)
    expect((await rig.engine.tickets.markRead([rig.ref(1)])).ok).toBe(true)
    isWritten()
    await rig.time.advance(0)
    const last = rig.changes
      .flatMap(({ changed }) => changed)
      .filter(({ id }) => id === 1)
      .at(-1)
    expect(last?.unread).toBe(0)
    expect(last).toEqual(rig.row(1))
  })

  it('is shown once, also to a window that reads the thread while the disk takes its time', async () => {
    const rig = await connectedRig([1], ({ server }) => {
      server.addReply(1, 'staff', 'Merhaba')
    })
    /** What a window shows that reads the thread now, with the outbox as it was last told. */
    function shown(): readonly string[] {
      const entries = new Map<string, OutboxItem>()
      for (const { changed, removed } of rig.outboxChanges) {
        for (const item of changed) entries.set(item.id, item)
        for (const id of removed) entries.delete(id)
      }
      const thread = rig.engine.tickets.thread(rig.ref(1))
      if (!thread.ok) return []
      const { messages, finishedEntryIds } = thread.value
      const pending = [...entries.values()].filter(({ id }) => !finishedEntryIds.includes(id))
      return [
        ...messages.filter(({ text }) => text === 'Buyurun').map(() => 'message'),
        ...pending.map(() => 'entry')
      ]
    }
    rig.server.fates = ['cut-after']
    const seen: string[] = []
    atEachTurn(rig, () => seen.push(shown().join()))
    rig.cacheIsWritten = () => {
      seen.push(shown().join())
      return Promise.resolve()
    }
    await rig.engine.outgoing.reply(rig.ref(1), 'Buyurun')
    await rig.time.advance(120_000)
    expect(shown()).toEqual(['message'])
    expect([...new Set(seen)]).toEqual(['message'])
  })
})
