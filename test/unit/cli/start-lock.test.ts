import { mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeStartLock } from '../../../electron/cli/client/start-lock.ts'
import { startLockPath } from '../../../electron/cli/protocol/endpoint.ts'
import { lockFile } from '../../../electron/storage/files/lock.ts'

const profile = (): string => join(mkdtempSync(join(tmpdir(), 'bilet-start-')), 'profile')
/** An id that no process has. */
const dead = 99_999_999

describe('of commands that find no running app', () => {
  it('one starts it, and another only once that one is done', () => {
    const folder = profile()
    const lock = takeStartLock(folder, lockFile)
    expect(lock).not.toBeNull()
    expect(takeStartLock(folder, lockFile)).toBeNull()
    lock?.release()
    expect(takeStartLock(folder, lockFile)).not.toBeNull()
  })

  it('the lock of one that was killed before it started the app holds nobody up', () => {
    const folder = profile()
    mkdirSync(folder)
    for (const content of [`${dead} 1`, '']) {
      writeFileSync(startLockPath(folder), content)
      const lock = takeStartLock(folder, lockFile)
      expect(lock).not.toBeNull()
      lock?.release()
    }
  })

  it('the lock lasts as long as the app that was started, and not longer', () => {
    const folder = profile()
    const lock = takeStartLock(folder, lockFile)
    // The parent of this process lives.
    lock?.handTo(process.ppid)
    expect(readFileSync(startLockPath(folder), 'utf8')).toMatch(new RegExp(`^${process.ppid} `))
    expect(takeStartLock(folder, lockFile)).toBeNull()
    lock?.handTo(dead)
    expect(takeStartLock(folder, lockFile)).not.toBeNull()
  })

  it('the lock of another computer, whose processes cannot be seen, holds nobody up for long', () => {
    const folder = profile()
    mkdirSync(folder)
    writeFileSync(startLockPath(folder), '1 5 laptop/b2 boot-9 0 1700000500000')
    expect(takeStartLock(folder, lockFile)).toBeNull()
    const before = Date.now() / 1000 - 31
    utimesSync(startLockPath(folder), before, before)
    expect(takeStartLock(folder, lockFile)).not.toBeNull()
  })

  it('in a folder that cannot be written each may start it, since the app says what is wrong', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'bilet-start-')), 'file')
    writeFileSync(file, '')
    const folder = join(file, 'profile')
    expect(takeStartLock(folder, lockFile)).not.toBeNull()
    expect(takeStartLock(folder, lockFile)).not.toBeNull()
  })
})
