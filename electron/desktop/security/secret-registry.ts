import { parseJson } from '../../tickets/json.ts'
import type { Vault } from '../../storage/types.ts'

export interface WatchedVault extends Vault {
  /** How the keychain answered last; null while nobody asked. */
  lastOutcome(): 'stored' | 'memory' | 'secret' | 'none' | 'locked' | 'lost' | null
}

/** Credentials are kept as a JSON list: the kind first, then the secret parts; a header's name before its value is none. */
function partsOf(secret: string): readonly string[] {
  const list = parseJson(secret)
  if (!Array.isArray(list)) return [secret]
  const parts = list.slice(list[0] === 'header' ? 2 : 1).filter((part) => typeof part === 'string')
  // It may also be a password that looks like such a list.
  return [secret, ...parts]
}

/** `seen` collects every secret of this run, to be struck from what is written down. */
export function watchVault(vault: Vault, secrets: Set<string>): WatchedVault {
  let last: ReturnType<WatchedVault['lastOutcome']> = null
  const remember = (secret: string): void => {
    for (const part of partsOf(secret)) secrets.add(part)
  }
  return {
    get available() {
      return vault.available
    },
    open: (mayAsk) => vault.open(mayAsk),
    put(key, secret, thisRunOnly) {
      remember(secret)
      last = vault.put(key, secret, thisRunOnly)
      return last
    },
    get(key) {
      const found = vault.get(key)
      if (found.kind === 'secret') remember(found.secret)
      last = found.kind
      return found
    },
    isStored: (key) => vault.isStored(key),
    keys: () => vault.keys(),
    erase: (key) => vault.erase(key),
    settled: () => vault.settled(),
    lastOutcome: () => last
  }
}
