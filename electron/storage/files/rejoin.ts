/**
 * Merges data of a later version that was set aside with data that an earlier version wrote meanwhile. No text is lost,
 * nothing is sent twice, and what is read in either is read. All values are as in the files, of any version.
 * files, of whatever version.
 */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../tickets/json.ts'

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** Both lists without duplicates, the current one first. */
export const union = (aside: unknown, current: unknown): unknown =>
  aside === undefined && current === undefined
    ? undefined
    : [...new Set([...listOf(current), ...listOf(aside)])]

/** The earlier of two times. */
export const earlier = (aside: unknown, current: unknown): unknown =>
  typeof aside === 'number' && typeof current === 'number' ? Math.min(aside, current) : (current ?? aside)

/** The default name of an account. */
const namelessAccount = /^Netinternet(?: \(\d+\))?$/

/** The earlier version may have rebuilt the account without its name and address, which are restored here. */
export function rejoinAccount(aside: unknown, current: unknown): unknown {
  if (!isRecord(aside) || !isRecord(current) || current.baseUrl === '') return aside
  const isNamed = !namelessAccount.test(String(current.name))
  return { ...aside, ...current, ...(isNamed ? {} : { name: aside.name, color: aside.color }) }
}

/** Seen in either version is seen. */
export function rejoinTicketMarks(aside: unknown, current: unknown): unknown {
  if (!isRecord(aside) || !isRecord(current)) return current ?? aside
  const seen = listOf(union(aside.seen, current.seen))
  const told = listOf(union(aside.told, current.told)).filter((name) => !seen.includes(name))
  const own = union(aside.own, current.own)
  return { ...aside, ...current, seen, told, ...(own === undefined ? {} : { own }) }
}

/** Baseline of a ticket whose state before the attempt is unknown: a list can then prove nothing. */
const unknownBaseline = { isKnown: false, keys: [], lastReplyAt: null, status: '', ids: '', count: 0 }

/**
 * Makes an entry uncertain, because it may have been sent or written again meanwhile: it is sent only after a list has
 * proven its absence, or when the person decides so.
 */
export function doubtEntry(entry: unknown): unknown {
  if (!isRecord(entry) || !['queued', 'sending', 'uncertain'].includes(String(entry.state))) return entry
  const atLeastOnce = (count: unknown): number => (typeof count === 'number' ? Math.max(1, count) : 1)
  const isNew = isRecord(entry.action) && entry.action.kind === 'create'
  return {
    ...entry,
    state: 'uncertain',
    attempts: atLeastOnce(entry.attempts),
    unknowns: atLeastOnce(entry.unknowns),
    baseline: entry.baseline ?? (isNew ? null : unknownBaseline)
  }
}

export const rejoinEntry = (aside: unknown, current: unknown): unknown => current ?? doubtEntry(aside)

/** Both drafts of a reply, unless one contains the other. */
export function rejoinTexts(aside: unknown, current: unknown): unknown {
  if (typeof aside !== 'string' || typeof current !== 'string') return current ?? aside
  if (current.includes(aside)) return current
  return aside.includes(current) ? aside : `${current}\n\n${aside}`
}

/** The draft of a new ticket: current choices, and the texts of both. */
export function rejoinCompose(aside: unknown, current: unknown): unknown {
  const [before, now] = [aside, current].map((compose) => (isRecord(compose) ? compose.draft : null))
  if (!isRecord(before) || !isRecord(now)) return isRecord(now) ? current : aside
  const filled = Object.entries(now).filter(([, value]) => value !== '' && value !== 0)
  const draft = {
    ...before,
    ...Object.fromEntries(filled),
    message: rejoinTexts(before.message, now.message)
  }
  return { ...(isRecord(aside) ? aside : {}), ...(isRecord(current) ? current : {}), draft }
}

/** The queued drafts of new tickets of both, without duplicates. */
export function rejoinLater(aside: unknown, current: unknown): unknown {
  if (aside === undefined && current === undefined) return undefined
  const all = [...listOf(current), ...listOf(aside)]
  return all.filter((one, i) => all.findIndex((other) => isDeepStrictEqual(one, other)) === i)
}
