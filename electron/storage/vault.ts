import { join } from 'node:path'
import { z } from 'zod'
import type { Disk } from './files/disk.ts'
import type { StorageReport } from './files/file.ts'
import { RetryingWriter } from './files/retrying-writer.ts'
import { KeychainLocked, secretPrefix } from './safe-storage-cipher.ts'
import { record, TolerantFile, type Parts } from './files/tolerant-file.ts'
import type { Cipher, Clock, KeychainState, Vault } from './types.ts'

interface StoredSecrets {
  readonly secrets: Readonly<Record<string, string>>
}
const parts: Parts<StoredSecrets> = { secrets: record(z.string()) }
const fileName = 'secrets.json'

/** A start does not wait longer than this for a keychain, in milliseconds. */
const openTimeoutMs = 2000

interface VaultOptions {
  readonly cipher: Cipher | null
  readonly folder: string
  /** Also hears `no-keychain` when the keychain refuses what it had said it would store. */
  readonly report: StorageReport
  readonly clock: Clock
  readonly disk?: Disk
}

/**
 * Secrets by key: encrypted in `secrets.json`, or in memory only. Without a cipher everything is in memory. The
 * keychain answers when it likes, a person may stand behind it; so everything is decrypted when it opens, and asked
 * for from memory.
 */
class FileVault implements Vault {
  readonly #cipher: Cipher | null
  readonly #clock: Clock
  readonly #report: StorageReport
  /** Encrypted, as they are on disk. */
  readonly #stored: Map<string, string>
  /** All that is known in this run. */
  readonly #secrets = new Map<string, string>()
  /** Stored ones that this keychain has read or written. */
  readonly #readable = new Set<string>()
  /** To be stored, as soon as the keychain takes them. */
  readonly #unwritten = new Set<string>()
  /** Tried again where it failed: what was erased must not stay on disk. */
  readonly #writer: RetryingWriter
  /** Null until the keychain was asked. */
  #state: KeychainState | null = null
  /** While the keychain's owner is being asked. */
  #asking: Promise<void> | null = null
  #writing: Promise<unknown> = Promise.resolve()

  constructor({ cipher, folder, report, clock, disk }: VaultOptions) {
    const file = new TolerantFile<StoredSecrets>({
      path: join(folder, fileName),
      parts,
      only: 'secrets',
      report,
      now: () => clock.now(),
      ...(disk ? { disk } : {})
    })
    this.#cipher = cipher
    this.#clock = clock
    this.#report = report
    this.#stored = new Map(Object.entries(file.read()?.secrets ?? {}))
    this.#writer = new RetryingWriter(clock, () => file.write({ secrets: Object.fromEntries(this.#stored) }))
  }

  get available(): boolean {
    return this.#state === 'open' || this.#state === 'locked'
  }

  open(mayAsk: boolean): Promise<void> {
    if (!this.#cipher) {
      this.#state = 'missing'
      return Promise.resolve()
    }
    // While its owner is being asked it may be opened by other means.
    if (!mayAsk || this.#asking) return this.#withTimeout(this.#readAndWrite(this.#cipher, false))
    this.#asking = this.#readAndWrite(this.#cipher, true).finally(() => (this.#asking = null))
    return this.#asking
  }

  put(key: string, secret: string, thisRunOnly: boolean): 'stored' | 'memory' {
    this.#secrets.set(key, secret)
    this.#unwritten.delete(key)
    // What could not be read is not ours to throw away.
    if (thisRunOnly && this.#readable.has(key)) this.#removeStored(key)
    if (thisRunOnly) return 'memory'
    this.#unwritten.add(key)
    if (this.#state === 'open' && this.#cipher) {
      void this.#writeAll(this.#cipher)
      return 'stored'
    }
    if (this.#readable.has(key)) this.#removeStored(key)
    return 'memory'
  }

  get(key: string): ReturnType<Vault['get']> {
    const secret = this.#secrets.get(key)
    if (secret !== undefined) return { kind: 'secret', secret }
    if (!this.#stored.has(key)) return { kind: 'none' }
    return { kind: this.#state === 'locked' || this.#state === null ? 'locked' : 'lost' }
  }

  isStored(key: string): boolean {
    return this.#unwritten.has(key) ? this.#state === 'open' : this.#stored.has(key)
  }

  keys(): readonly string[] {
    return [...new Set([...this.#stored.keys(), ...this.#secrets.keys()])]
  }

  erase(key: string): void {
    this.#secrets.delete(key)
    this.#unwritten.delete(key)
    this.#removeStored(key)
  }

  async settled(): Promise<void> {
    await this.#writing
  }

  #save(): void {
    this.#writer.now()
  }

  #removeStored(key: string): void {
    this.#readable.delete(key)
    if (this.#stored.delete(key)) this.#save()
  }

  /** What the keychain gives is read; once it is open, what waits to be stored is written. Never rejects. */
  async #readAndWrite(cipher: Cipher, mayAsk: boolean): Promise<void> {
    const state = await cipher.state(mayAsk).catch((): KeychainState => 'missing')
    if (state !== 'open') {
      this.#state = state
      return
    }
    const unread = [...this.#stored].filter(([key]) => !this.#secrets.has(key))
    const answered = await Promise.all(unread.map(([key, encrypted]) => this.#read(cipher, key, encrypted)))
    this.#state = answered.includes(false) ? 'locked' : 'open'
    if (this.#state === 'open') await this.#writeAll(cipher)
  }

  /** False when the keychain was locked again. */
  async #read(cipher: Cipher, key: string, encrypted: string): Promise<boolean> {
    try {
      const plain = await cipher.decrypt(Buffer.from(encrypted, 'base64'))
      // Else put or erased meanwhile.
      if (plain.startsWith(secretPrefix) && !this.#secrets.has(key) && this.#stored.get(key) === encrypted) {
        this.#secrets.set(key, plain.slice(secretPrefix.length))
        this.#readable.add(key)
      }
      return true
    } catch (error) {
      // Any other error: encrypted by another keychain, `lost`.
      return !(error instanceof KeychainLocked)
    }
  }

  #writeAll(cipher: Cipher): Promise<unknown> {
    const all = [...this.#unwritten].map((key) =>
      this.#write(cipher, key).catch(() => this.#writeRefused(key))
    )
    return (this.#writing = Promise.all([this.#writing, ...all]))
  }

  /** Rejects when the keychain does not take it. */
  async #write(cipher: Cipher, key: string): Promise<void> {
    const secret = this.#secrets.get(key)
    if (secret === undefined || !this.#unwritten.has(key)) return
    const encrypted = Buffer.from(await cipher.encrypt(secretPrefix + secret)).toString('base64')
    // Put anew or erased meanwhile.
    if (!this.#unwritten.has(key) || this.#secrets.get(key) !== secret) return
    this.#unwritten.delete(key)
    this.#readable.add(key)
    this.#stored.set(key, encrypted)
    this.#save()
  }

  #writeRefused(key: string): void {
    this.#state = 'missing'
    if (!this.#unwritten.has(key)) return
    // An older one would pass for the true one after the next start.
    if (this.#readable.has(key)) this.#removeStored(key)
    this.#report({ kind: 'no-keychain' }, fileName)
  }

  /** Resolves when the work is done, or takes too long; it goes on all the same. */
  #withTimeout(work: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, openTimeoutMs)
      work
        .finally(() => {
          this.#clock.clearTimeout(timer)
          resolve()
        })
        .catch(() => undefined)
    })
  }
}

export const createVault = (options: VaultOptions): Vault => new FileVault(options)
