import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeStartLock } from '../../../electron/cli/client/start-lock.ts'

const profile = (): string => join(mkdtempSync(join(tmpdir(), 'bilet-start-')), 'profile')

describe('of commands that find no running app', () => {
  it('one starts it, and another only once that one is done', () => {
    const folder = profile()
    const release = takeStartLock(folder)
    expect(release).not.toBeNull()
    expect(takeStartLock(folder)).toBeNull()
    release?.()
    expect(takeStartLock(folder)).not.toBeNull()
  })

  it('the lock of one that was killed holds nobody up for long', () => {
    const folder = profile()
    takeStartLock(folder)
    const later = Date.now() + 31_000
    expect(takeStartLock(folder, later)).toBeNull()
    expect(takeStartLock(folder, later)).not.toBeNull()
  })

  it('in a folder that cannot be written each may start it, since the app says what is wrong', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'bilet-start-')), 'file')
    writeFileSync(file, '')
    const folder = join(file, 'profile')
    expect(takeStartLock(folder)).not.toBeNull()
    expect(takeStartLock(folder)).not.toBeNull()
  })
})
