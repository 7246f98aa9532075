/** Where a command writes to. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { write, writeOutput, type Streams } from '../../../electron/cli/client/streams.ts'

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'bilet-streams-'))

describe('the file of --output', () => {
  it('is replaced as a whole and keeps its permissions', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'liste.json')
    writeFileSync(file, 'old and longer than the new text')
    chmodSync(file, 0o600)
    expect(writeOutput(file, 'new')).toEqual({ ok: true, value: null })
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o600])
    expect(readdirSync(folder)).toEqual(['liste.json'])
  })

  it('is the one that a link names', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'liste.json'), 'old')
    const link = join(folder, 'link.json')
    symlinkSync(join(folder, 'a', 'liste.json'), link)
    expect(writeOutput(link, 'new').ok).toBe(true)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'a', 'liste.json'), 'utf8')).toBe('new')
  })

  it('may be a device or a pipe, which stays one', () => {
    const folder = temporaryFolder()
    const device = join(folder, 'null')
    symlinkSync('/dev/null', device)
    expect(writeOutput(device, 'new').ok).toBe(true)
    expect(statSync(device).isCharacterDevice()).toBe(true)
    expect(readdirSync(folder)).toEqual(['null'])
  })

  it('is not written where there is no such folder, and nothing is left behind', () => {
    const folder = temporaryFolder()
    expect(writeOutput(join(folder, 'yok', 'a.json'), 'new')).toMatchObject({ ok: false })
    expect(writeOutput(folder, 'new')).toMatchObject({ ok: false })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('standard output', () => {
  const failing = (code: string): Streams => {
    const stdout = new Writable({
      write: (_, __, done) => done(Object.assign(new Error(code), { code }))
    })
    return { stdin: new PassThrough(), stdout, stderr: new PassThrough() }
  }

  it('fails on a full disk', async () => {
    expect(await write(failing('ENOSPC'), 'stdout', 'text')).toBe(false)
  })

  it('whose reader is gone, as after `| head -1`, has what it wanted', async () => {
    expect(await write(failing('EPIPE'), 'stdout', 'text')).toBe(true)
  })
})
