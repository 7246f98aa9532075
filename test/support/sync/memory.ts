import type { Disk } from '../../../electron/storage/file.ts'
import type { Vault } from '../../../electron/storage/port.ts'
import type { CachedTickets, TicketCache } from '../../../electron/storage/ticket-cache.ts'

/** A disk in memory that survives the engine; writes may be made to fail. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, string>()
  /** Another copy of the app holds the folder. */
  isHeld = false
  /** Thrown by the next writes. */
  failure: Error | null = null

  read(path: string): string | null {
    return this.files.get(path) ?? null
  }
  write(path: string, text: string): void {
    if (this.failure) throw this.failure
    this.files.set(path, text)
  }
  lock(): (() => void) | null {
    return this.isHeld ? null : () => undefined
  }
  rename(from: string, to: string): void {
    const text = this.files.get(from)
    if (text === undefined) return
    this.files.delete(from)
    this.files.set(to, text)
  }
}

/** The caches in memory; what was not written when the engine died is lost, as it is on a real disk. */
export function memoryCaches(): (path: string) => TicketCache {
  const kept = new Map<string, CachedTickets>()
  return (path) => ({
    read: () => Promise.resolve(kept.get(path) ?? null),
    write({ tickets, fingerprint }) {
      kept.set(path, { tickets: [...tickets], fingerprint })
      return Promise.resolve(true)
    }
  })
}

/** A keychain that works; `secrets` is what it holds. */
export function memoryVault(secrets: Map<string, string>): Vault {
  return {
    available: true,
    put(key, secret) {
      secrets.set(key, secret)
      return 'stored'
    },
    get(key) {
      const secret = secrets.get(key)
      return secret === undefined ? { kind: 'none' } : { kind: 'secret', secret }
    },
    isStored: (key) => secrets.has(key),
    erase: (key) => void secrets.delete(key)
  }
}

export const diskError = (code: string): Error => Object.assign(new Error(code), { code })
