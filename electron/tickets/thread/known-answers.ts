/** Recognizes known staff answers that a thread now shows with other ids, times or texts. */
import { dayMs, hasTime } from '../text/dates.ts'
import type { EpochMs, Ticket } from '../ticket.ts'
import { contentKeys, impliedAnswerKey, replyKeys } from './unread.ts'

/** A staff reply, or an answer that is only implied by the status and the time of the last reply. */
export interface StaffAnswer {
  readonly key: string
  /** Key by time and text; for an implied answer its key. */
  readonly content: string
  readonly sentAt: EpochMs | null
}

/** The content keys of a thread, computed on demand, since there may be thousands of long texts. */
class ThreadContents {
  readonly #replies: Ticket['replies']
  #keys: readonly string[] | null = null

  constructor(replies: Ticket['replies']) {
    this.#replies = replies
  }

  at(i: number): string {
    return (this.#keys ??= contentKeys(this.#replies))[i] ?? ''
  }
}

class WrittenAnswer implements StaffAnswer {
  readonly key: string
  readonly sentAt: EpochMs | null
  readonly #contents: ThreadContents
  readonly #place: number

  constructor(key: string, sentAt: EpochMs | null, contents: ThreadContents, place: number) {
    this.key = key
    this.sentAt = sentAt
    this.#contents = contents
    this.#place = place
  }

  get content(): string {
    return this.#contents.at(this.#place)
  }
}

/** Oldest first, like `staffKeys`. */
export function staffAnswers(ticket: Ticket): readonly StaffAnswer[] {
  const contents = new ThreadContents(ticket.replies)
  const answers: StaffAnswer[] = []
  for (const [i, key] of replyKeys(ticket.replies).entries()) {
    const reply = ticket.replies[i]
    if (reply?.author === 'staff') answers.push(new WrittenAnswer(key, reply.sentAt, contents, i))
  }
  const implied = impliedAnswerKey(ticket)
  if (implied !== null) answers.push({ key: implied, content: implied, sentAt: ticket.lastReplyAt })
  return answers
}

interface AnswerContent {
  /** Null if the server gave no date. */
  readonly at: EpochMs | null
  /** Hash of the text; null for an implied answer. */
  readonly text: string | null
}

/** Time and text hash of a content key; null for a key by id. */
export function parseContentKey(name: string): AnswerContent | null {
  const [, implied, at, text] = /^(?:at:(\d+)|(-?\d+)~([0-9a-z]+)(?:~\d+)?)$/.exec(name) ?? []
  if (implied !== undefined) return { at: Number(implied), text: null }
  if (at === undefined || text === undefined) return null
  return { at: Number(at) === 0 ? null : Number(at), text }
}

const hourMs = 3600_000
/** Largest difference between two time zones, in hours. */
const maxZoneDifference = 26

/** Whether the times are equal; a date without a time equals any time of its day. */
const isAt = (at: EpochMs, moment: EpochMs): boolean =>
  at === moment || (!hasTime(at) && moment > at && moment < at + dayMs)

type Matcher = (known: AnswerContent, now: AnswerContent) => boolean

/** Same text at another time of about the same day: a time zone or clock was corrected. */
const hasMovedTime: Matcher = (known, now) =>
  known.text !== null &&
  known.text === now.text &&
  (known.at === null || now.at === null || Math.abs(known.at - now.at) <= maxZoneDifference * hourMs)

/** Same time to the second with another text: it was edited or decoded differently. */
const hasNewText: Matcher = (known, now) =>
  known.text !== null && now.text !== null && known.at !== null && known.at === now.at && hasTime(known.at)

/** Same time, and only one of the two has a text. */
const hasGainedText: Matcher = (known, now) =>
  (known.text === null) !== (now.text === null) &&
  known.at !== null &&
  now.at !== null &&
  (isAt(known.at, now.at) || isAt(now.at, known.at))

/** Two implied answers whole hours apart. Not for times in whole minutes, which match too often by chance. */
const hasMovedZone: Matcher = (known, now) =>
  known.text === null &&
  now.text === null &&
  known.at !== null &&
  now.at !== null &&
  hasTime(known.at) &&
  known.at % 60_000 !== 0 &&
  (now.at - known.at) % hourMs === 0 &&
  Math.abs(now.at - known.at) <= maxZoneDifference * hourMs

/**
 * Matches `unknown` answers of a thread with `known` ones (by content key), each at most once. Known answers that the thread
 * still shows unchanged are not matched with others, so a repeated answer counts as new.
 */
export function matchKnownAnswers<T>(
  unknown: readonly StaffAnswer[],
  thread: readonly StaffAnswer[],
  known: ReadonlyMap<string, T>
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  const remaining = new Map(known)
  const unknownKeys = new Set(unknown.map(({ key }) => key))
  for (const { key, content } of thread) {
    const value = remaining.get(content)
    if (value !== undefined && unknownKeys.has(key)) found.set(key, value)
    remaining.delete(content)
  }
  const leftover = new ContentKeyIndex(remaining.keys())
  for (const isSame of [hasGainedText, hasMovedTime, hasNewText, hasMovedZone])
    // Newest first, since an implied answer is the last one.
    for (const { key, content } of [...unknown].reverse()) {
      const now = found.has(key) ? null : parseContentKey(content)
      const name = now && leftover.take(now, isSame)
      const value = name === null ? undefined : remaining.get(name)
      if (value !== undefined) found.set(key, value)
    }
  return found
}

/** Index of contents by text and time, since a thread may have thousands. Each content can be taken once. */
class ContentKeyIndex {
  readonly #contents = new Map<string, AnswerContent>()
  readonly #withoutText = new Set<string>()
  readonly #byText = new Map<string, Set<string>>()
  readonly #byMoment = new Map<EpochMs, Set<string>>()

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const content = parseContentKey(name)
      if (!content) continue
      this.#contents.set(name, content)
      if (content.text === null) this.#withoutText.add(name)
      else addTo(this.#byText, content.text, name)
      if (content.at !== null) addTo(this.#byMoment, content.at, name)
    }
  }

  /** Removes the first content that matches and returns its key; null if none matches. */
  take(now: AnswerContent, isSame: Matcher): string | null {
    for (const name of this.#candidates(now, isSame)) {
      const known = this.#contents.get(name)
      if (!known || !isSame(known, now)) continue
      this.#remove(name, known)
      return name
    }
    return null
  }

  #candidates(now: AnswerContent, isSame: Matcher): Iterable<string> {
    if (isSame === hasMovedTime) return this.#byText.get(now.text ?? '') ?? []
    if (isSame === hasNewText) return this.#byMoment.get(now.at ?? NaN) ?? []
    // At most one answer of a thread has no text.
    return now.text === null ? this.#contents.keys() : this.#withoutText
  }

  #remove(name: string, { at, text }: AnswerContent): void {
    this.#contents.delete(name)
    this.#withoutText.delete(name)
    this.#byText.get(text ?? '')?.delete(name)
    this.#byMoment.get(at ?? NaN)?.delete(name)
  }
}

function addTo<K>(groups: Map<K, Set<string>>, key: K, name: string): void {
  const group = groups.get(key)
  if (group) group.add(name)
  else groups.set(key, new Set([name]))
}
