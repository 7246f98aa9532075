import type * as FileSystem from 'node:fs'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { realDisk } from '../../../electron/storage/files/disk.ts'

let asked = 0
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>()
  return {
    ...fs,
    fsyncSync(file: number) {
      if (!fs.fstatSync(file).isDirectory()) return
      asked += 1
      throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' })
    }
  }
})

it.skipIf(process.platform === 'win32')(
  'a write is done once the file is in place, also where the mount cannot sync a folder (Windows syncs none)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-folder-'))
    const path = join(folder, 'outbox.json')
    expect(() => {
      realDisk.write(path, 'yeni', true)
    }).not.toThrow()
    expect(readFileSync(path, 'utf8')).toBe('yeni')
    expect(asked).toBe(1)
    rmSync(folder, { recursive: true })
  }
)
