/** Data that a version does not understand does not affect the rest and is written back unchanged. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  list,
  mergeRows,
  record,
  TolerantFile,
  whole,
  type Parts
} from '../../../electron/storage/files/tolerant-file.ts'
import type { Notice } from '../../../electron/tickets/views.ts'
import { MemoryDisk } from '../../support/sync/memory.ts'

interface Content {
  readonly rows: readonly { readonly id: string; readonly state: 'new' | 'old' }[]
  readonly names: Readonly<Record<string, string>>
  readonly on: boolean
}
const parts: Parts<Content> = {
  rows: list(z.looseObject({ id: z.string(), state: z.enum(['new', 'old']) })),
  names: record(z.string()),
  on: whole(z.boolean(), false)
}
const path = '/profile/things.json'

function open(data: unknown) {
  const disk = new MemoryDisk()
  if (data !== undefined) disk.write(path, JSON.stringify({ version: 1, data }))
  const reported: (Notice | null)[] = []
  const file = new TolerantFile<Content>({
    path,
    parts,
    disk,
    now: () => 7,
    report: (notice) => void reported.push(notice),
    merge: (before, change) => ({
      ...before,
      ...change,
      rows: mergeRows(before.rows, change.rows, change.removed)
    })
  })
  const onDisk = (): unknown => (JSON.parse(disk.read(path) ?? 'null') as { data: unknown } | null)?.data
  return { file, disk, reported, onDisk }
}
const expectedNotice = { kind: 'partly-not-understood', detail: 'things.json' }

describe('a row, value or field that is not understood', () => {
  const later = {
    rows: [
      { id: 'a', state: 'new', mood: 'good' },
      { id: 'b', state: 'teleported' },
      'no row at all',
      { id: 'c', state: 'old' }
    ],
    names: { one: 'Bir', two: 2, three: { tr: 'Üç' } },
    on: 'perhaps',
    colour: 'blue'
  }

  it('costs no other, is told of, and is written back as it stood', () => {
    const { file, reported, onDisk } = open(later)
    const read = file.read()
    expect(read).toMatchObject({
      rows: [
        { id: 'a', state: 'new' },
        { id: 'c', state: 'old' }
      ],
      names: { one: 'Bir' },
      on: false
    })
    expect(reported).toEqual([expectedNotice])
    if (read) file.write(read)
    expect(onDisk()).toEqual({
      ...later,
      rows: [later.rows[0], later.rows[3], later.rows[1], later.rows[2]]
    })
  })

  it('stays through every write, until something takes its place', () => {
    const { file, onDisk } = open(later)
    file.read()
    file.write({ rows: [], names: {}, on: false })
    expect(onDisk()).toMatchObject({
      rows: [later.rows[1], later.rows[2]],
      names: { two: 2, three: { tr: 'Üç' } },
      on: 'perhaps'
    })
    file.write({ rows: [{ id: 'b', state: 'old' }], names: { two: 'İki' }, on: true })
    expect(onDisk()).toEqual({
      rows: [{ id: 'b', state: 'old' }, later.rows[2]],
      names: { two: 'İki', three: { tr: 'Üç' } },
      on: true,
      colour: 'blue'
    })
  })

  it('stays through changes that are added behind it, and is over where a change says so', () => {
    const { file, disk } = open(later)
    file.read()
    expect(file.append({ rows: [{ id: 'd', state: 'new' }], names: {}, on: true })).toBe(true)
    const line = JSON.stringify({ version: 1, data: { rows: [], names: {}, on: true, removed: ['b'] } })
    disk.append(path, `\n${line}`)
    const again = new TolerantFile<Content>({
      path,
      parts,
      disk,
      now: () => 7,
      report: () => undefined,
      merge: (before, change) => ({
        ...before,
        ...change,
        rows: mergeRows(before.rows, change.rows, change.removed)
      })
    })
    expect(again.read()?.rows.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    expect(again.unknownRows('rows')).toEqual(['no row at all'])
  })
})

it.each([{ rows: {} }, { names: {} }, 'text', [], { rows: [], names: [] }])(
  'a content of another form is damaged, and set aside: %j',
  (data) => {
    const { file, disk, reported } = open(data)
    expect(file.read()).toBeNull()
    expect(reported).toEqual([{ kind: 'file-set-aside', detail: 'things.json' }])
    expect([...disk.files.keys()]).toEqual([`${path}.damaged-7`])
  }
)

it('what is understood is told of by nothing', () => {
  const { file, reported } = open({ rows: [{ id: 'a', state: 'new', mood: 'good' }], names: {}, on: true })
  file.read()
  expect(reported).toEqual([])
  const { file: none } = open(undefined)
  expect(none.read()).toBeNull()
})
