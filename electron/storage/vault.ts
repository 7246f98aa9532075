import { join } from 'node:path'
import { z } from 'zod'
import { JsonFile, type Disk, type StorageReport } from './file.ts'
import type { Cipher, Clock, Vault } from './port.ts'
import { SteadyWrite } from './steady-write.ts'

/** Electron's safeStorage, as far as it is needed. */
interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  /** Linux only. */
  getSelectedStorageBackend?(): string
}

/**
 * On Linux `basic_text` encrypts with a password everybody knows, and `unknown` is what is said before the app is
 * ready: both are no keychain.
 */
export const safeStorageCipher = (safeStorage: SafeStorage): Cipher => ({
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() &&
    !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend?.() ?? ''),
  encrypt: (plain) => safeStorage.encryptString(plain),
  decrypt: (encrypted) => safeStorage.decryptString(Buffer.from(encrypted))
})

const schema = z.record(z.string(), z.string())

/**
 * Stands before every secret inside the encryption. With another key some systems decrypt to noise, one time in
 * 256, instead of failing: noise does not begin like this.
 */
const mark = 'bilet:'

/** Secrets by key: encrypted in `secrets.json`, or in memory only. Without a cipher everything is in memory. */
export function createVault(options: {
  readonly cipher: Cipher | null
  readonly folder: string
  readonly report: StorageReport
  readonly clock: Clock
  readonly disk?: Disk
}): Vault {
  const file = new JsonFile({
    path: join(options.folder, 'secrets.json'),
    parse: (data) => schema.safeParse(data).data ?? null,
    report: options.report,
    now: () => options.clock.now(),
    ...(options.disk ? { disk: options.disk } : {})
  })
  const stored = new Map(Object.entries(file.read() ?? {}))
  const memory = new Map<string, string>()
  const cipher = options.cipher && works(options.cipher) ? options.cipher : null
  /** Tried again where it failed: what was erased must not stay on disk. */
  const writing = new SteadyWrite(options.clock, () => file.write(Object.fromEntries(stored)))
  const save = (): boolean => writing.now()

  /** False when the keychain refuses, or the file cannot be written. */
  function store(key: string, secret: string): boolean {
    if (!cipher) return false
    try {
      stored.set(key, Buffer.from(cipher.encrypt(mark + secret)).toString('base64'))
    } catch {
      return false
    }
    return save()
  }

  return {
    available: cipher !== null,
    put(key, secret, thisRunOnly) {
      if (!thisRunOnly && store(key, secret)) {
        memory.delete(key)
        return 'stored'
      }
      if (stored.delete(key)) save()
      memory.set(key, secret)
      return 'memory'
    },
    get(key) {
      const kept = memory.get(key)
      if (kept !== undefined) return { kind: 'secret', secret: kept }
      const encrypted = stored.get(key)
      if (encrypted === undefined) return { kind: 'none' }
      const plain = cipher && decrypted(cipher, encrypted)
      return plain?.startsWith(mark) ? { kind: 'secret', secret: plain.slice(mark.length) } : { kind: 'lost' }
    },
    isStored: (key) => stored.has(key),
    keys: () => [...stored.keys(), ...memory.keys()],
    erase(key) {
      memory.delete(key)
      if (stored.delete(key)) save()
    }
  }
}

/** Some keychains say that they are there, and fail at the first use: locked for good, or their helper is gone. */
function works(cipher: Cipher): boolean {
  try {
    return cipher.isAvailable() && cipher.decrypt(cipher.encrypt(mark)) === mark
  } catch {
    return false
  }
}

function decrypted(cipher: Cipher, encrypted: string): string | null {
  try {
    return cipher.decrypt(Buffer.from(encrypted, 'base64'))
  } catch {
    return null
  }
}
