/** A damaged line of a file loses only that line. Affected tickets are marked as uncertain, and a notice is shown. */
import { describe, expect, it } from 'vitest'
import { connectedRig, type Rig } from '../../support/sync/rig.ts'

const minutes = (count: number): number => count * 60_000

const pathOf = (rig: Rig, name: string): string =>
  [...rig.disk.files.keys()].find((path) => path.endsWith(name)) ?? ''
function damage(rig: Rig, name: string, to: (lines: readonly string[]) => string): void {
  const path = pathOf(rig, name)
  const lines = (rig.disk.read(path) ?? '').split('\n')
  rig.disk.files.set(path, to(lines))
}
const kinds = (rig: Rig): readonly string[] => rig.engine.control.notices().map(({ kind }) => kind)
const unread = (rig: Rig): readonly number[] =>
  rig.engine.tickets
    .rows()
    .filter((row) => row.unread > 0)
    .map(({ id }) => id)
    .sort()

/** Three tickets that were answered and read one after the other, so that the marks have a line for each. */
async function read(): Promise<Rig> {
  const rig = await connectedRig([1, 2, 3, 4])
  await rig.time.advance(minutes(1))
  for (const id of [1, 2, 3]) rig.server.addReply(id, 'staff', `Yanıt ${id}`)
  await rig.time.advance(minutes(2))
  for (const id of [1, 2, 3]) await rig.engine.tickets.markRead([rig.ref(id)])
  rig.ticketEvents.length = 0
  await rig.time.advance(minutes(1))
  rig.server.failingList = { kind: 'unreachable' }
  return rig
}
const isReadingOf2 = (line: string): boolean => /"tickets":\{"2":\{"seen":\["/.test(line)

describe('marks with a damaged line', () => {
  it.each<[string, (line: string) => string]>([
    ['half of it', (line) => line.slice(0, line.length / 2)],
    ['zero bytes', (line) => '\0'.repeat(line.length)],
    ['another’s text', () => '<html>'],
    ['a list without end', () => '['.repeat(100_000)]
  ])('(%s) forget what that one said, and nothing else', async (_, spoilt) => {
    const rig = await read()
    damage(rig, 'marks.json', (lines) => {
      expect(lines.filter(isReadingOf2)).toHaveLength(1)
      return lines.map((line) => (isReadingOf2(line) ? spoilt(line) : line)).join('\n')
    })
    await rig.crash()
    await rig.engine.control.opened()
    expect([unread(rig), kinds(rig)]).toEqual([[2], ['read-marks-lost']])
    expect(rig.notices).toEqual([{ kind: 'read-marks-lost', detail: 'Test' }])
    rig.server.failingList = null
    await rig.time.advance(minutes(10))
    rig.server.addReply(4, 'staff', 'Yeni')
    await rig.time.advance(minutes(2))
    expect(rig.ticketEvents).toMatchObject([{ kind: 'reply', excerpt: 'Yeni' }])
    await rig.engine.tickets.markRead([rig.ref(2), rig.ref(4)])
    await rig.crash()
    await rig.engine.control.opened()
    expect([unread(rig), kinds(rig)], 'said once').toEqual([[], []])
  })

  it('whose break is lost forget nothing', async () => {
    const rig = await read()
    damage(rig, 'marks.json', (lines) => lines.join(''))
    await rig.crash()
    await rig.engine.control.opened()
    expect([unread(rig), kinds(rig)]).toEqual([[], []])
  })

  it('without their first line know what the others say; the rest is in doubt', async () => {
    const rig = await read()
    damage(rig, 'marks.json', (lines) => ['{"version":1,"da', ...lines.slice(1)].join('\n'))
    await rig.crash()
    await rig.engine.control.opened()
    expect([unread(rig), kinds(rig)]).toEqual([[], ['read-marks-lost']])
    rig.server.failingList = null
    await rig.time.advance(minutes(10))
    expect(rig.ticketEvents).toEqual([])
  })
})

describe('an outbox with a damaged line', () => {
  it('keeps every entry that another line has, and sends none that may have been sent', async () => {
    const rig = await read()
    rig.server.failingList = null
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), 'Birinci bekleyen')
    await rig.engine.outgoing.reply(rig.ref(2), 'İkinci bekleyen')
    await rig.engine.outgoing.reply(rig.ref(3), 'Üçüncü bekleyen')
    damage(rig, 'outbox.json', (lines) =>
      lines.map((line) => (line.includes('İkinci') ? line.slice(0, 40) : line)).join('\n')
    )
    const asItWas = rig.disk.read(pathOf(rig, 'outbox.json'))
    await rig.crash()
    const texts = rig.engine.outgoing.items().map(({ action }) => ('text' in action ? action.text : ''))
    expect([texts, kinds(rig)]).toEqual([['Birinci bekleyen', 'Üçüncü bekleyen'], ['file-partly-damaged']])
    expect([...rig.disk.files.values()], 'a copy stays').toContain(asItWas)
    await rig.time.advance(minutes(120))
    expect(rig.server.writes).toEqual([])
    expect(rig.engine.outgoing.items().map(({ state }) => state)).toEqual(['undecided', 'undecided'])
    await rig.crash()
    expect([rig.engine.outgoing.items().length, kinds(rig)]).toEqual([2, []])
  })
})

it('a history with a damaged line keeps the others, and that is said', async () => {
  const rig = await read()
  rig.server.failingList = null
  for (const id of [1, 2, 3]) {
    await rig.engine.outgoing.reply(rig.ref(id), `Gönderilen ${id}`)
    await rig.time.advance(minutes(5))
  }
  damage(rig, 'sent.json', (lines) =>
    lines.map((line, i) => (i < lines.length - 1 && line.includes('Gönderilen 2') ? 'x' : line)).join('\n')
  )
  await rig.crash()
  const texts = rig.engine.outgoing.history().map(({ action }) => ('text' in action ? action.text : ''))
  expect([texts, kinds(rig)]).toEqual([['Gönderilen 3', 'Gönderilen 1'], ['file-partly-damaged']])
})
