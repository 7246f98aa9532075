/** The file system as far as storage needs it. */
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { dirname } from 'node:path'
import { lockFile, type HeldLock, type LockHolder } from './lock.ts'
import { replaceFile } from './retry-while-busy.ts'

/** Tests hand in one that fails. */
export interface Disk {
  read(path: string): string | null
  /** In bytes; 0 where there is none. */
  size?(path: string): number
  /**
   * Atomic: afterwards the old content or the new is there, also after a power cut. Where it is `lasting` it is the
   * new, as far as the mount can promise that.
   */
  write(path: string, text: string, lasting: boolean): void
  /** To a file that is there. What a crash tears is its end. Where it is `lasting` it also outlives a power cut. */
  append(path: string, text: string, lasting: boolean): void
  rename(from: string, to: string): void
  /** Names of what is in a folder; none where it is not there. */
  list?(path: string): readonly string[]
  remove?(path: string): void
  /** As `lockFile`. */
  lock?(path: string, deadSign: string | null): HeldLock | LockHolder
}

/**
 * A rename is on disk for sure only after its folder is. Windows has no such thing and needs none. Some mounts refuse
 * it (FUSE, networks): the new content is in place all the same, and called unwritten it would be sent twice.
 */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  try {
    const folder = openSync(dirname(path), 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // As lasting as this mount makes it.
  }
}

const privateMode = 0o600

/** The folder is made only where it is missing: it is there nearly always. */
function openForWriting(path: string): number {
  try {
    return openSync(path, 'w', privateMode)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, 'w', privateMode)
  }
}

export const realDisk: Disk = {
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  write(path, text, lasting) {
    const beside = `${path}.new`
    try {
      const file = openForWriting(beside)
      try {
        // Goes on after a short write: a nearly full disk takes a part before it says ENOSPC.
        writeFileSync(file, text)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      replaceFile(beside, path)
    } catch (error) {
      rmSync(beside, { force: true })
      throw error
    }
    if (lasting) syncFolder(path)
  },
  append(path, text, lasting) {
    // Never makes one: a change alone is no content.
    const file = openSync(path, constants.O_WRONLY | constants.O_APPEND)
    try {
      writeFileSync(file, text)
      if (lasting) fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: replaceFile,
  list: (path) => (existsSync(path) ? readdirSync(path) : []),
  remove: (path) => {
    rmSync(path, { force: true })
  },
  lock: (path, deadSign) => lockFile(path, deadSign)
}
