/** The operations of the file system that storage needs. */
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
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

/** Tests pass in one that fails. */
export interface Disk {
  /** Null if there is no file; throws if one cannot be read. A byte order mark of an editor is dropped. */
  read(path: string): string | null
  /** Size in bytes; 0 if there is no file. */
  size?(path: string): number
  /**
   * Atomic: the file has either the old or the new content, also after a power cut. With `lasting` it has the new one
   * as far as the mount supports it.
   */
  write(path: string, text: string, lasting: boolean): void
  /** Appends to an existing file. A crash may cut the end short. With `lasting` the text survives a power cut. */
  append(path: string, text: string, lasting: boolean): void
  rename(from: string, to: string): void
  /** Names in a folder; none if there is no folder. */
  list?(path: string): readonly string[]
  remove?(path: string): void
  /** Like `lockFile`. */
  lock?(path: string, expiredContent: string | null): HeldLock | LockHolder
}

/**
 * Makes a rename durable. Windows does not need it. Some mounts reject it (FUSE, network); the error is ignored, since the
 * new content is in place, and a message reported as unwritten would be sent twice.
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
    // As durable as this mount allows.
  }
}

/** Throws for a link that leads nowhere: its file is elsewhere, on a drive that is not mounted, and not missing. */
function readText(path: string): string | null {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null
  return readFileSync(path, 'utf8').replace(/^\ufeff/, '')
}

const privateMode = 0o600

/** Creates the folder only after the open failed, since it nearly always exists. */
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
  read: readText,
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  write(path, text, lasting) {
    const beside = `${path}.new`
    try {
      const file = openForWriting(beside)
      try {
        // Continues after a short write: a nearly full disk accepts a part before it fails with ENOSPC.
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
    // Never creates the file: a change without content is useless.
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
  lock: (path, expiredContent) => lockFile(path, expiredContent)
}
