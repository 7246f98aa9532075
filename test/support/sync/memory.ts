import { join, sep } from 'node:path'
import type { Disk } from '../../../electron/storage/files/disk.ts'
import type { HeldLock, LockHolder } from '../../../electron/storage/files/lock.ts'
import type { Vault } from '../../../electron/storage/types.ts'
import type { CachedTickets, TicketCache } from '../../../electron/storage/ticket-cache.ts'

/** A disk in memory that survives crashes of the engine. Tests can make writes fail. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, string>()
  /** Whether another instance of the app has locked the folder. */
  isHeld = false
  /** How often the lock was renewed, or tried to be. */
  renewals = 0
  /** Thrown by the next writes. */
  failure: Error | null = null

  read(path: string): string | null {
    return this.files.get(path) ?? null
  }
  write(path: string, text: string): void {
    if (this.failure) throw this.failure
    this.files.set(path, text)
  }
  append(path: string, text: string): void {
    if (this.failure) throw this.failure
    const before = this.files.get(path)
    if (before === undefined) throw diskError('ENOENT')
    this.files.set(path, before + text)
  }
  list(path: string): readonly string[] {
    const names = [...this.files.keys()].flatMap((file) =>
      file.startsWith(join(path, '/')) ? (file.slice(join(path, '/').length).split(sep)[0] ?? []) : []
    )
    return [...new Set(names)]
  }
  remove(path: string): void {
    this.files.delete(path)
  }
  /** Content of the other instance's lock file; changes while that instance runs. */
  holder: { sign: string; computer: string | null } = { sign: 'x', computer: null }
  lock(_path: string, expiredContent: string | null): HeldLock | LockHolder {
    if (this.isHeld && expiredContent !== this.holder.sign) return { kind: 'holder', ...this.holder }
    this.isHeld = false
    const isMine = (): boolean => !this.isHeld
    const renew = (): boolean => {
      this.renewals += 1
      if (this.failure) throw this.failure
      return isMine()
    }
    return { kind: 'held', isMine, renew, release: () => undefined }
  }
  rename(from: string, to: string): void {
    const text = this.files.get(from)
    if (text === undefined) return
    this.files.delete(from)
    this.files.set(to, text)
  }
}

/** Ticket caches in memory, stored in `kept`. Data not yet written is lost in a crash, as on a real disk. */
export function memoryCaches(kept: Map<string, CachedTickets>): (path: string) => TicketCache {
  return (path) => ({
    read: () => Promise.resolve(kept.get(path) ?? null),
    write({ tickets, fingerprint }) {
      kept.set(path, { tickets: [...tickets], fingerprint })
      return Promise.resolve(true)
    }
  })
}

/**
 * A vault whose keychain holds `secrets`. If `isThere` is false, there is no keychain and secrets are kept in memory only.
 * `owner`: whether the keychain is locked, and whether the person unlocks it when asked.
 */
export function memoryVault(
  secrets: Map<string, string>,
  isThere: () => boolean,
  owner: {
    isLocked: boolean
    unlocksWhenAsked: boolean
    /** Keys of secrets that were encrypted by another keychain and cannot be read. */
    readonly lost?: Set<string>
  } = { isLocked: false, unlocksWhenAsked: false }
): Vault {
  const memory = new Map<string, string>()
  /** Keys of secrets in memory that the keychain is to store. */
  const unwritten = new Set<string>()
  return {
    get available() {
      return isThere()
    },
    get hasUnwritten() {
      return unwritten.size > 0
    },
    open: (mayAsk) => {
      if (mayAsk && owner.unlocksWhenAsked) owner.isLocked = false
      if (!isThere() || owner.isLocked) return Promise.resolve()
      for (const key of unwritten) {
        secrets.set(key, memory.get(key) ?? '')
        memory.delete(key)
      }
      unwritten.clear()
      return Promise.resolve()
    },
    settled: () => Promise.resolve(),
    put(key, secret, thisRunOnly) {
      owner.lost?.delete(key)
      const isStored = isThere() && !thisRunOnly
      if (thisRunOnly || (isStored && !owner.isLocked)) unwritten.delete(key)
      else unwritten.add(key)
      if (owner.isLocked) {
        memory.set(key, secret)
        return 'memory'
      }
      for (const storage of [secrets, memory]) storage.delete(key)
      ;(isStored ? secrets : memory).set(key, secret)
      return isStored ? 'stored' : 'memory'
    },
    get(key) {
      if (owner.lost?.has(key)) return { kind: 'lost' }
      const secret = memory.get(key) ?? secrets.get(key)
      if (owner.isLocked && secrets.has(key) && !memory.has(key)) return { kind: 'locked' }
      return secret === undefined ? { kind: 'none' } : { kind: 'secret', secret }
    },
    isStored: (key) => secrets.has(key),
    keys: () => [...secrets.keys(), ...memory.keys()],
    erase: (key) => {
      unwritten.delete(key)
      for (const storage of [secrets, memory]) storage.delete(key)
    }
  }
}

export const diskError = (code: string): Error => Object.assign(new Error(code), { code })
