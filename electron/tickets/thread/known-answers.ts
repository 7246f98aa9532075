/** Staff answers that are known again in a thread that shows them otherwise: with other numbers, times or words. */
import { dayMs, hasTime } from '../text/dates.ts'
import type { EpochMs, Ticket } from '../ticket.ts'
import { contentKeys, impliedAnswerKey, replyKeys } from './unread.ts'

/** A reply of the staff's, or an answer that shows only in the status and the moment of the last reply. */
export interface StaffAnswer {
  readonly key: string
  /** Its name by moment and text; of an answer without words its key. */
  readonly content: string
  readonly sentAt: EpochMs | null
}

/** Oldest first, as `staffKeys`. A content is made when it is asked for: there may be thousands of long texts. */
export function staffAnswers(ticket: Ticket): readonly StaffAnswer[] {
  let contents: readonly string[] | null = null
  const answers = replyKeys(ticket.replies).flatMap((key, i): readonly StaffAnswer[] => {
    const reply = ticket.replies[i]
    if (reply?.author !== 'staff') return []
    return [
      {
        key,
        get content() {
          return (contents ??= contentKeys(ticket.replies))[i] ?? ''
        },
        sentAt: reply.sentAt
      }
    ]
  })
  const implied = impliedAnswerKey(ticket)
  if (implied === null) return answers
  return [...answers, { key: implied, content: implied, sentAt: ticket.lastReplyAt }]
}

interface Content {
  /** Null where the server gave none. */
  readonly at: EpochMs | null
  /** Null of an answer without words. */
  readonly text: string | null
}

/** What a name of an answer says of it; null for one by number. */
export function readContent(name: string): Content | null {
  const [, implied, at, text] = /^(?:at:(\d+)|(-?\d+)~([0-9a-z]+)(?:~\d+)?)$/.exec(name) ?? []
  if (implied !== undefined) return { at: Number(implied), text: null }
  if (at === undefined || text === undefined) return null
  return { at: Number(at) === 0 ? null : Number(at), text }
}

const hourMs = 3600_000
/** As far as two time zones can lie apart, in hours. */
const furthestZones = 26

/** The moment itself; of a date without a time any of its day. */
const isAt = (at: EpochMs, moment: EpochMs): boolean =>
  at === moment || (!hasTime(at) && moment > at && moment < at + dayMs)

type IsSame = (known: Content, now: Content) => boolean

/** The same words, at another time of about the same day: a time zone or a clock was corrected. */
const isMoved: IsSame = (known, now) =>
  known.text !== null &&
  known.text === now.text &&
  (known.at === null || now.at === null || Math.abs(known.at - now.at) <= furthestZones * hourMs)

/** The same moment, to the second, in other words: edited, or read in another encoding. */
const isReworded: IsSame = (known, now) =>
  known.text !== null && now.text !== null && known.at !== null && known.at === now.at && hasTime(known.at)

/** One of the two shows its moment only. */
const isShownNow: IsSame = (known, now) =>
  (known.text === null) !== (now.text === null) &&
  known.at !== null &&
  now.at !== null &&
  (isAt(known.at, now.at) || isAt(now.at, known.at))

/** Whole hours; a server that counts in minutes has too many of them by chance. */
const isZoneCorrected: IsSame = (known, now) =>
  known.text === null &&
  now.text === null &&
  known.at !== null &&
  now.at !== null &&
  hasTime(known.at) &&
  known.at % 60_000 !== 0 &&
  (now.at - known.at) % hourMs === 0 &&
  Math.abs(now.at - known.at) <= furthestZones * hourMs

/**
 * Which of the `unknown` answers of a thread are among the `known` ones, each of which is one at most. `known` are by
 * content; those that the thread still shows are no other answer, however alike: a repeated answer is a new one.
 */
export function knownAgain<T>(
  unknown: readonly StaffAnswer[],
  thread: readonly StaffAnswer[],
  known: ReadonlyMap<string, T>
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  const left = new Map(known)
  const asked = new Set(unknown.map(({ key }) => key))
  for (const { key, content } of thread) {
    const one = left.get(content)
    if (one !== undefined && asked.has(key)) found.set(key, one)
    left.delete(content)
  }
  for (const isSame of [isShownNow, isMoved, isReworded, isZoneCorrected])
    // The newest first: an answer without words is the last one.
    for (const { key, content } of [...unknown].reverse()) {
      const now = found.has(key) ? null : readContent(content)
      if (!now) continue
      for (const [name, one] of left) {
        const before = readContent(name)
        if (!before || !isSame(before, now)) continue
        found.set(key, one)
        left.delete(name)
        break
      }
    }
  return found
}
