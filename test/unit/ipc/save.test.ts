/** Saving a file: written completely or not at all, readable by the user only, never through a symbolic link. */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveFile } from '../../../electron/ipc/save.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-save-'))
  path = join(folder, 'tickets.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file is readable by its owner only, whatever stood there', async () => {
  writeFileSync(path, 'older', { mode: 0o644 })
  expect(await saveFile(path, ['a', Buffer.from('b')])).toEqual({ ok: true, value: true })
  expect(readFileSync(path, 'utf8')).toBe('ab')
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['tickets.json'])
})

test('until it is whole it is under a name that nobody can know before', async () => {
  const names = new Set<string>()
  function* pieces(): Generator<string> {
    yield 'a'
    for (const name of readdirSync(folder)) {
      names.add(name)
      if (process.platform !== 'win32') expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
    yield 'b'
  }
  for (let time = 0; time < 3; time++) {
    await saveFile(path, pieces())
    rmSync(path)
  }
  expect(names.size).toBe(3)
  for (const name of names) expect(name).toMatch(/^\.bilet-[0-9a-f]{24}\.part$/)
})

test.skipIf(process.platform === 'win32')('a link at its place is replaced, not followed', async () => {
  const elsewhere = join(folder, 'elsewhere')
  writeFileSync(elsewhere, 'untouched')
  symlinkSync(elsewhere, path)
  symlinkSync(elsewhere, `${path}.part`)
  expect(await saveFile(path, ['new'])).toEqual({ ok: true, value: true })
  expect(readFileSync(elsewhere, 'utf8')).toBe('untouched')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(() => readlinkSync(path)).toThrow()
})

test('on a disk that is full half-way what stood there stays, and nothing is left beside it', async () => {
  writeFileSync(path, 'older')
  function* pieces(): Generator<string> {
    yield 'half'
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  expect(await saveFile(path, pieces())).toEqual({ ok: false, error: { kind: 'file-no-room' } })
  expect(readFileSync(path, 'utf8')).toBe('older')
  expect(readdirSync(folder)).toEqual(['tickets.json'])
})
