import { join } from 'node:path'
import { z } from 'zod'
import { JsonFile, type Disk, type StorageReport } from './file.ts'
import type { Cipher, Vault } from './port.ts'

/** Electron's safeStorage, as far as it is needed. */
interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  getSelectedStorageBackend?(): string
}

/** On Linux `basic_text` encrypts with a password everybody knows: that is no keychain. */
export const safeStorageCipher = (safeStorage: SafeStorage): Cipher => ({
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend?.() !== 'basic_text',
  encrypt: (plain) => safeStorage.encryptString(plain),
  decrypt: (encrypted) => safeStorage.decryptString(Buffer.from(encrypted))
})

const schema = z.record(z.string(), z.string())

/** Secrets by key: encrypted in `secrets.json`, or in memory only. Without a cipher everything is in memory. */
export function createVault(options: {
  readonly cipher: Cipher | null
  readonly folder: string
  readonly report: StorageReport
  readonly now: () => number
  readonly disk?: Disk
}): Vault {
  const { cipher } = options
  const file = new JsonFile({
    path: join(options.folder, 'secrets.json'),
    parse: (data) => schema.safeParse(data).data ?? null,
    report: options.report,
    now: options.now,
    ...(options.disk ? { disk: options.disk } : {})
  })
  const stored = new Map(Object.entries(file.read() ?? {}))
  const memory = new Map<string, string>()
  const available = cipher?.isAvailable() ?? false
  const save = (): boolean => file.write(Object.fromEntries(stored))

  return {
    available,
    put(key, secret, thisRunOnly) {
      if (cipher && available && !thisRunOnly) {
        stored.set(key, Buffer.from(cipher.encrypt(secret)).toString('base64'))
        if (save()) {
          memory.delete(key)
          return 'stored'
        }
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
      if (!cipher || !available) return { kind: 'lost' }
      try {
        return { kind: 'secret', secret: cipher.decrypt(Buffer.from(encrypted, 'base64')) }
      } catch {
        return { kind: 'lost' }
      }
    },
    isStored: (key) => stored.has(key),
    erase(key) {
      memory.delete(key)
      if (stored.delete(key)) save()
    }
  }
}
