/**
 * What a later version of the app had written, and what an earlier one wrote while that was set aside, made one: nothing that
 * somebody wrote is lost, nothing is sent a second time, and what was read in one of them is read. All as they stand in the
 * files, of whatever version.
 */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../tickets/json.ts'

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** First what was written meanwhile. */
export const union = (aside: unknown, current: unknown): unknown =>
  aside === undefined && current === undefined
    ? undefined
    : [...new Set([...listOf(current), ...listOf(aside)])]

/** Of two moments. */
export const earlier = (aside: unknown, current: unknown): unknown =>
  typeof aside === 'number' && typeof current === 'number' ? Math.min(aside, current) : (current ?? aside)

/** As an account is called that was given no name, or made anew from what was found of it. */
const namelessAccount = /^Netinternet(?: \(\d+\))?$/

/** The earlier version may have made the account anew from what it found: without its name, and at first without its address. */
export function rejoinAccount(aside: unknown, current: unknown): unknown {
  if (!isRecord(aside) || !isRecord(current) || current.baseUrl === '') return aside
  const isNamed = !namelessAccount.test(String(current.name))
  return { ...aside, ...current, ...(isNamed ? {} : { name: aside.name, color: aside.color }) }
}

/** What the earlier version did not know as read, it found unread. */
export function rejoinTicketMarks(aside: unknown, current: unknown): unknown {
  if (!isRecord(aside) || !isRecord(current)) return current ?? aside
  const seen = listOf(union(aside.seen, current.seen))
  const told = listOf(union(aside.told, current.told)).filter((name) => !seen.includes(name))
  const own = union(aside.own, current.own)
  return { ...aside, ...current, seen, told, ...(own === undefined ? {} : { own }) }
}

/** Of a ticket: nobody knows what stood there. The same words may be older, and nothing proves that it is not there. */
const unknownBaseline = { isKnown: false, keys: [], lastReplyAt: null, status: '', ids: '', count: 0 }

/**
 * It may have been sent, or its words were written once more meanwhile: it goes out only when a list proves that nothing like
 * it was written since, or the person says so.
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

/** Of one reply: both. */
export function rejoinTexts(aside: unknown, current: unknown): unknown {
  if (typeof aside !== 'string' || typeof current !== 'string') return current ?? aside
  if (current.includes(aside)) return current
  return aside.includes(current) ? aside : `${current}\n\n${aside}`
}

/** There is one new ticket that is being written: what was chosen meanwhile, and the texts of both. */
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

/** New tickets that waited behind another one: those of both, each once. */
export function rejoinLater(aside: unknown, current: unknown): unknown {
  if (aside === undefined && current === undefined) return undefined
  const all = [...listOf(current), ...listOf(aside)]
  return all.filter((one, i) => all.findIndex((other) => isDeepStrictEqual(one, other)) === i)
}
