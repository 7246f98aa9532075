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

/** Maximum time that a start waits for the keychain, in milliseconds. */
const openTimeoutMs = 2000

interface VaultOptions {
  readonly cipher: Cipher | null
  readonly folder: string
  /** Also called with `no-keychain` if the keychain refuses to encrypt although it reported to be available. */
  readonly report: StorageReport
  readonly clock: Clock
  readonly disk?: Disk
}

/**
 * Secrets by key: encrypted in `secrets.json`, or in memory only. Without a cipher everything is in memory. The keychain
 * may take any time to respond, since it may ask a person; so all secrets are decrypted when it opens, and then read
 * from memory.
 */
class FileVault implements Vault {
  readonly #cipher: Cipher | null
  readonly #clock: Clock
  readonly #report: StorageReport
  /** Encrypted secrets as on disk. */
  readonly #stored: Map<string, string>
  /** Decrypted secrets of this run. */
  readonly #secrets = new Map<string, string>()
  /** Keys of stored secrets that this keychain has decrypted or encrypted. */
  readonly #readable = new Set<string>()
  /** Secrets to be stored as soon as the keychain is available. */
  readonly #unwritten = new Set<string>()
  /** Retries failed writes: erased secrets must not stay on disk. */
  readonly #writer: RetryingWriter
  /** Null until the keychain has responded. */
  #state: KeychainState | null = null
  /** Set while the owner of the keychain is asked for its password. */
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

  get hasUnwritten(): boolean {
    return this.#unwritten.size > 0
  }

  open(mayAsk: boolean): Promise<void> {
    if (!this.#cipher) {
      this.#state = 'missing'
      return Promise.resolve()
    }
    // The keychain may be unlocked in another way while its owner is asked.
    if (!mayAsk || this.#asking) return this.#withTimeout(this.#readAndWrite(this.#cipher, false))
    this.#asking = this.#readAndWrite(this.#cipher, true).finally(() => (this.#asking = null))
    return this.#asking
  }

  put(key: string, secret: string, thisRunOnly: boolean): 'stored' | 'memory' {
    this.#secrets.set(key, secret)
    this.#unwritten.delete(key)
    // Secrets that could not be decrypted are kept.
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

  /** Decrypts what it can; once the keychain is open, writes pending secrets. Never rejects. */
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

  /** False if the keychain has been locked again. */
  async #read(cipher: Cipher, key: string, encrypted: string): Promise<boolean> {
    try {
      const plain = await cipher.decrypt(Buffer.from(encrypted, 'base64'))
      // Otherwise it was set or erased meanwhile.
      if (plain.startsWith(secretPrefix) && !this.#secrets.has(key) && this.#stored.get(key) === encrypted) {
        this.#secrets.set(key, plain.slice(secretPrefix.length))
        this.#readable.add(key)
      }
      return true
    } catch (error) {
      // Any other error: it was encrypted by another keychain (`lost`).
      return !(error instanceof KeychainLocked)
    }
  }

  #writeAll(cipher: Cipher): Promise<unknown> {
    const all = [...this.#unwritten].map((key) =>
      this.#write(cipher, key).catch((error: unknown) => this.#writeRefused(key, error))
    )
    return (this.#writing = Promise.all([this.#writing, ...all]))
  }

  /** Rejects if the keychain fails to encrypt it. */
  async #write(cipher: Cipher, key: string): Promise<void> {
    const secret = this.#secrets.get(key)
    if (secret === undefined || !this.#unwritten.has(key)) return
    const encrypted = Buffer.from(await cipher.encrypt(secretPrefix + secret)).toString('base64')
    // Set again or erased meanwhile.
    if (!this.#unwritten.has(key) || this.#secrets.get(key) !== secret) return
    this.#unwritten.delete(key)
    this.#readable.add(key)
    this.#stored.set(key, encrypted)
    this.#save()
  }

  #writeRefused(key: string, error: unknown): void {
    const isLocked = error instanceof KeychainLocked
    this.#state = isLocked ? 'locked' : 'missing'
    if (!this.#unwritten.has(key)) return
    // An older value would be taken for the current one after the next start.
    if (this.#readable.has(key)) this.#removeStored(key)
    // A locked keychain stores it when it is open again.
    if (!isLocked) this.#report({ kind: 'no-keychain' }, fileName)
  }

  /** Resolves when the work is done or the timeout has passed; the work continues. */
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
