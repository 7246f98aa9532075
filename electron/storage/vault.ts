import { join } from 'node:path'
import { z } from 'zod'
import type { Disk, StorageReport } from './file.ts'
import type { Cipher, Clock, KeychainState, Vault } from './types.ts'
import { SteadyWrite } from './retrying-writer.ts'
import { record, TolerantFile, type Parts } from './tolerant-file.ts'

/** Electron's safeStorage, as far as it is needed. */
interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  /** On Linux only. */
  getSelectedStorageBackend?(): string
  /** Newer Electrons. They answer without a keychain, too. */
  encryptStringAsync?(plain: string): Promise<Buffer>
  decryptStringAsync?(encrypted: Buffer): Promise<{ readonly result: string }>
}

/** The keychain gives nothing for the moment, which says nothing about the secret. */
class KeychainLocked extends Error {}

/** `keychain`: how it is asked directly, where that is possible. */
export function safeStorageCipher(options: {
  readonly safeStorage: SafeStorage
  readonly isLinux: boolean
  readonly keychain: ((mayAsk: boolean) => Promise<KeychainState>) | null
}): Cipher {
  const { safeStorage, isLinux, keychain } = options

  async function encrypt(plain: string): Promise<Uint8Array> {
    if (safeStorage.encryptStringAsync) return safeStorage.encryptStringAsync(plain)
    // `unknown` is what is said before the app is ready.
    if (['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend?.() ?? ''))
      throw new Error('no keychain')
    return safeStorage.encryptString(plain)
  }

  async function decrypt(encrypted: Uint8Array): Promise<string> {
    const bytes = Buffer.from(encrypted)
    if (!safeStorage.decryptStringAsync) return safeStorage.decryptString(bytes)
    try {
      return (await safeStorage.decryptStringAsync(bytes)).result
    } catch (error) {
      // Electron has no other sign of it.
      if (error instanceof Error && error.message.includes('temporarily')) throw new KeychainLocked()
      throw error
    }
  }

  /** What a keychain says of itself is not enough: its helper may be gone, or the person refuse its key. */
  async function works(): Promise<boolean> {
    try {
      if (!safeStorage.encryptStringAsync && !safeStorage.isEncryptionAvailable()) return false
      const encrypted = Buffer.from(await encrypt(mark))
      // Chromium's password for machines without a keychain, which everybody knows.
      if (isLinux && encrypted.toString('latin1', 0, 3) === 'v10') return false
      return (await decrypt(encrypted)) === mark
    } catch {
      return false
    }
  }

  return {
    encrypt,
    decrypt,
    async state(mayAsk) {
      const said = (await keychain?.(mayAsk)) ?? 'open'
      if (said !== 'open' || (await works())) return said
      // macOS and Windows always have one.
      const refused = keychain ? await keychain(false) : isLinux ? 'missing' : 'locked'
      return refused === 'open' ? 'missing' : refused
    }
  }
}

interface StoredSecrets {
  readonly secrets: Readonly<Record<string, string>>
}
const parts: Parts<StoredSecrets> = { secrets: record(z.string()) }
const fileName = 'secrets.json'

/**
 * Stands before every secret inside the encryption. With another key some systems decrypt to noise, one time in
 * 256, instead of failing: noise does not begin like this.
 */
const mark = 'bilet:'

/** A start does not wait longer than this for a keychain, in milliseconds. */
const patienceMs = 2000

/**
 * Secrets by key: encrypted in `secrets.json`, or in memory only. Without a cipher everything is in memory. The
 * keychain answers when it likes, a person may stand behind it; so everything is decrypted when it opens, and asked
 * for from memory.
 */
export function createVault(options: {
  readonly cipher: Cipher | null
  readonly folder: string
  /** Also hears `no-keychain` when the keychain refuses what it had said it would store. */
  readonly report: StorageReport
  readonly clock: Clock
  readonly disk?: Disk
}): Vault {
  const { cipher, clock, report } = options
  const file = new TolerantFile<StoredSecrets>({
    path: join(options.folder, fileName),
    parts,
    only: 'secrets',
    report,
    now: () => clock.now(),
    ...(options.disk ? { disk: options.disk } : {})
  })
  const stored = new Map(Object.entries(file.read()?.secrets ?? {}))
  /** All that is known in this run. */
  const secrets = new Map<string, string>()
  /** Stored ones that this keychain has read or written. */
  const readable = new Set<string>()
  /** To be stored, as soon as the keychain takes them. */
  const unwritten = new Set<string>()
  let state: KeychainState | null = null
  let asking: Promise<void> | null = null
  let writing: Promise<unknown> = Promise.resolve()
  /** Tried again where it failed: what was erased must not stay on disk. */
  const saving = new SteadyWrite(clock, () => file.write({ secrets: Object.fromEntries(stored) }))
  const save = (): void => void saving.now()

  function remove(key: string): void {
    readable.delete(key)
    if (stored.delete(key)) save()
  }

  /** False when the keychain was locked again. */
  async function read(from: Cipher, key: string, encrypted: string): Promise<boolean> {
    try {
      const plain = await from.decrypt(Buffer.from(encrypted, 'base64'))
      // Put or erased meanwhile.
      if (plain.startsWith(mark) && !secrets.has(key) && stored.get(key) === encrypted) {
        secrets.set(key, plain.slice(mark.length))
        readable.add(key)
      }
      return true
    } catch (error) {
      // Else another keychain's: `lost`.
      return !(error instanceof KeychainLocked)
    }
  }

  /** Rejects when the keychain does not take it. */
  async function write(to: Cipher, key: string): Promise<void> {
    const secret = secrets.get(key)
    if (secret === undefined || !unwritten.has(key)) return
    const encrypted = Buffer.from(await to.encrypt(mark + secret)).toString('base64')
    // Put anew or erased meanwhile.
    if (!unwritten.has(key) || secrets.get(key) !== secret) return
    unwritten.delete(key)
    readable.add(key)
    stored.set(key, encrypted)
    save()
  }

  function refused(key: string): void {
    state = 'missing'
    if (!unwritten.has(key)) return
    // An older one would pass for the true one after the next start.
    if (readable.has(key)) remove(key)
    report({ kind: 'no-keychain' }, fileName)
  }

  function writeAll(to: Cipher): Promise<unknown> {
    const all = [...unwritten].map((key) => write(to, key).catch(() => refused(key)))
    return (writing = Promise.all([writing, ...all]))
  }

  async function look(to: Cipher, mayAsk: boolean): Promise<void> {
    const found = await to.state(mayAsk).catch((): KeychainState => 'missing')
    if (found !== 'open') {
      state = found
      return
    }
    const unread = [...stored].filter(([key]) => !secrets.has(key))
    const answered = await Promise.all(unread.map(([key, encrypted]) => read(to, key, encrypted)))
    state = answered.includes(false) ? 'locked' : 'open'
    if (state === 'open') await writeAll(to)
  }

  const inTime = (work: Promise<void>): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, patienceMs)
      work
        .finally(() => {
          clock.clearTimeout(timer)
          resolve()
        })
        .catch(() => undefined)
    })

  function open(mayAsk: boolean): Promise<void> {
    if (!cipher) {
      state = 'missing'
      return Promise.resolve()
    }
    // While its owner is being asked it may be opened by other means.
    if (!mayAsk || asking) return inTime(look(cipher, false))
    asking = look(cipher, true).finally(() => (asking = null))
    return asking
  }

  return {
    get available() {
      return state === 'open' || state === 'locked'
    },
    open,
    put(key, secret, thisRunOnly) {
      secrets.set(key, secret)
      unwritten.delete(key)
      // What could not be read is not ours to throw away.
      if (thisRunOnly && readable.has(key)) remove(key)
      if (thisRunOnly) return 'memory'
      unwritten.add(key)
      if (state === 'open' && cipher) {
        void writeAll(cipher)
        return 'stored'
      }
      if (readable.has(key)) remove(key)
      return 'memory'
    },
    get(key) {
      const secret = secrets.get(key)
      if (secret !== undefined) return { kind: 'secret', secret }
      if (!stored.has(key)) return { kind: 'none' }
      return { kind: state === 'locked' || state === null ? 'locked' : 'lost' }
    },
    isStored: (key) => (unwritten.has(key) ? state === 'open' : stored.has(key)),
    keys: () => [...new Set([...stored.keys(), ...secrets.keys()])],
    erase(key) {
      secrets.delete(key)
      unwritten.delete(key)
      remove(key)
    },
    async settled() {
      await writing
    }
  }
}
