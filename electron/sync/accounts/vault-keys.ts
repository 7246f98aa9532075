import type { Vault } from '../../storage/types.ts'

/** The ids in the vault's keys with this prefix. */
export const idsUnder = (vault: Vault, prefix: string): readonly string[] =>
  vault.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []))

/** Erases the secrets with this prefix, except for these ids. */
export function eraseUnneeded(vault: Vault, prefix: string, ids: readonly string[]): void {
  const needed = new Set(ids)
  for (const id of idsUnder(vault, prefix)) if (!needed.has(id)) vault.erase(prefix + id)
}
