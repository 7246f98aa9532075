/** How often windows hear of what happens, and how often the disk is written: each broadcast is copied to every window. */
import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

/** Names of the files that are written from now on, in order; the two halves of an append are one. */
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
    const [told, cacheWrites] = [rig.broadcastCount, rig.cacheWrites]
    const written = watchWrites(rig)
    await rig.engine.outgoing.reply(rig.ref(1), 'Merhaba, disk doldu')
    await rig.time.advance(0)
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(rig.engine.outgoing.history().map(({ end }) => end)).toEqual(['shown'])
    // Queued, being sent, acknowledged; then what the list shows, how it ended, and that it is over.
    expect(written).toEqual([
      'outbox.json',
      'outbox.json',
      'outbox.json',
      'marks.json',
      'sent.json',
      'outbox.json'
    ])
    expect(rig.cacheWrites - cacheWrites).toBe(1)
    // 14 while the account told each change by itself: outbox, rows and accounts for each of the four steps now.
    expect(rig.broadcastCount - told).toBe(12)
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
})
