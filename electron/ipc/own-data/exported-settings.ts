/** Which settings go into a file of own data, and how those of a file are added to the present ones. */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../tickets/json.ts'
import type { Settings } from '../contract.ts'

/** Bound to this machine: ids of accounts here, keys and login items of the system, what was shown in this folder. */
const boundToMachine: ReadonlySet<string> = new Set<keyof Settings>([
  'inboxAccount',
  'shortcut',
  'launchAtLogin',
  'newsShownFor',
  'dismissedHints'
])

export function exportedSettings(settings: Settings): Readonly<Record<string, unknown>> {
  const { pausedUntil: _, ...notifications } = settings.notifications
  const kept = Object.entries({ ...settings, notifications })
  return Object.fromEntries(kept.filter(([name]) => !boundToMachine.has(name)))
}

/** Tags are the same if they have the same name, others if all of their fields but the id are the same. */
function identityOf(list: string, item: unknown): unknown {
  if (!isRecord(item)) return item
  if (list === 'tags') return item.name
  const { id: _, ...fields } = item
  return fields
}

/** The items of here, then those of the file that are not here. An id that is taken here gets a number. */
function mergedList(name: string, here: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const merged = [...here]
  const idsOf = (items: readonly unknown[]): readonly unknown[] =>
    items.flatMap((item) => (isRecord(item) && typeof item.id === 'string' ? item.id : []))
  for (const item of added) {
    const isHere = merged.some((one) => isDeepStrictEqual(identityOf(name, one), identityOf(name, item)))
    if (isHere) continue
    const taken = idsOf(merged)
    if (!isRecord(item) || !taken.includes(item.id)) merged.push(item)
    else {
      let number = 2
      while (taken.includes(`${String(item.id)}-${number}`)) number += 1
      merged.push({ ...item, id: `${String(item.id)}-${number}` })
    }
  }
  return merged
}

/** A patch of the present settings: those of the file, with lists added to those of here. Applying it again changes nothing. */
export function mergedSettings(
  here: Settings,
  imported: Readonly<Record<string, unknown>>
): Readonly<Record<string, unknown>> {
  const present: Readonly<Record<string, unknown>> = { ...here }
  const entries = Object.entries(imported).filter(
    ([name]) => Object.hasOwn(present, name) && !boundToMachine.has(name)
  )
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const own = present[name]
      return [name, Array.isArray(own) && Array.isArray(value) ? mergedList(name, own, value) : value]
    })
  )
}
