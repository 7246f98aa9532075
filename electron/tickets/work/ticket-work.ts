/** What the person keeps about a ticket on this machine: states, own title, note and tags. Nothing of it is ever sent. */
import type { EpochMs } from '../ticket.ts'

/** A ticket as it was last seen: enough to recognize what is new after a restart or an import. */
export interface KnownState {
  /** Keys of the newest staff answers, by id and by content, since either may change. */
  readonly answers: readonly string[]
  /** Time of the newest staff answer; null if there is none with a date. */
  readonly newestAt: EpochMs | null
  readonly status: string
}

/** A snoozed ticket returns; the staff has not answered by the time that was set. */
export const reminderKinds = ['snooze-over', 'follow-up'] as const
export type ReminderKind = (typeof reminderKinds)[number]

/** Reminds the person at `at`, by this machine's clock, unless the staff replies earlier. */
export interface FollowUp {
  readonly at: EpochMs
  /** Set by a rule of the account; false: by the person. */
  readonly byRule: boolean
  /** Whether the person was reminded. */
  readonly isDue: boolean
}

export interface TicketWork {
  /** Done until the staff replies or changes the status. */
  readonly done: boolean
  /** Put aside until then by this machine's clock, or until the staff replies. */
  readonly snoozedUntil: EpochMs | null
  readonly followUp: FollowUp | null
  /** Reminders that became due in quiet hours or during a pause; they are told afterwards. */
  readonly untold: readonly ReminderKind[]
  /** The ticket as it was last seen while it is done, snoozed, followed up or to be told of; anything later is new. Null before it was loaded. */
  readonly known: KnownState | null
  /** Start of the waiting time that a rule has already reminded of; null if none has. */
  readonly remindedFor: EpochMs | null
  readonly pinned: boolean
  /** No notifications, and not counted in tray and badge. */
  readonly muted: boolean
  /** Shown instead of the subject; empty for none. */
  readonly title: string
  readonly note: string
  /** Names of tags. Their colours are in the settings. */
  readonly tags: readonly string[]
}

export const noWork: TicketWork = {
  done: false,
  snoozedUntil: null,
  followUp: null,
  untold: [],
  known: null,
  remindedFor: null,
  pinned: false,
  muted: false,
  title: '',
  note: '',
  tags: []
}

export interface Tag {
  readonly name: string
  /** Index of an account colour, 0–7. */
  readonly color: number
}

export const maxTitleLength = 200
export const maxNoteLength = 10_000
export const maxTagLength = 40
export const maxTagsOfTicket = 12
export const maxTags = 200

/** A change by the person. Fields that are missing stay. */
export interface WorkChange {
  readonly done?: boolean | undefined
  readonly snoozedUntil?: EpochMs | null | undefined
  readonly followUpAt?: EpochMs | null | undefined
  readonly pinned?: boolean | undefined
  readonly muted?: boolean | undefined
  readonly title?: string | undefined
  readonly note?: string | undefined
  readonly addTags?: readonly string[] | undefined
  readonly removeTags?: readonly string[] | undefined
}

/** The part of it that a list row shows. */
export interface RowWork {
  readonly done: boolean
  readonly snoozedUntil: EpochMs | null
  readonly followUpAt: EpochMs | null
  readonly isFollowUpDue: boolean
  readonly pinned: boolean
  readonly muted: boolean
  readonly title: string
  readonly tags: readonly string[]
  readonly hasNote: boolean
}

/** Whether later changes of the ticket matter, so that its present state must be known. */
export const isWatched = ({ done, snoozedUntil, followUp, untold }: TicketWork): boolean =>
  done || snoozedUntil !== null || followUp !== null || untold.length > 0

/** `known`: the ticket as it is now; null if it is not loaded. */
export function changeWork(work: TicketWork, change: WorkChange, known: () => KnownState | null): TicketWork {
  const changed: TicketWork = {
    ...work,
    // The later of the two replaces the other.
    done: change.done ?? (change.snoozedUntil ? false : work.done),
    snoozedUntil:
      change.snoozedUntil === undefined ? (change.done ? null : work.snoozedUntil) : change.snoozedUntil,
    followUp: followUpAfter(work, change),
    untold: untoldAfter(work, change),
    pinned: change.pinned ?? work.pinned,
    muted: change.muted ?? work.muted,
    title: change.title?.trim() ?? work.title,
    note: change.note?.trim() === '' ? '' : (change.note ?? work.note),
    tags: tagsAfter(work.tags, change)
  }
  return { ...changed, known: isWatched(changed) ? known() : null }
}

function followUpAfter({ followUp }: TicketWork, { followUpAt }: WorkChange): FollowUp | null {
  if (followUpAt === undefined) return followUp
  return followUpAt === null ? null : { at: followUpAt, byRule: false, isDue: false }
}

const without = (untold: TicketWork['untold'], kind: ReminderKind): TicketWork['untold'] =>
  untold.includes(kind) ? untold.filter((other) => other !== kind) : untold

/** What the person has dealt with is not told any more. */
function untoldAfter({ untold }: TicketWork, change: WorkChange): TicketWork['untold'] {
  if (change.done) return noWork.untold
  const left = change.snoozedUntil === undefined ? untold : without(untold, 'snooze-over')
  return change.followUpAt === undefined ? left : without(left, 'follow-up')
}

function tagsAfter(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: WorkChange
): readonly string[] {
  if (addTags.length + removeTags.length === 0) return tags
  const removed = new Set(removeTags.map((tag) => tag.trim()))
  const left = tags.filter((tag) => !removed.has(tag))
  const added = addTags.map((tag) => tag.trim()).filter((tag) => tag !== '' && !left.includes(tag))
  // An import may have brought more than a person can add.
  return [...left, ...[...new Set(added)].slice(0, Math.max(0, maxTagsOfTicket - left.length))]
}

/** What has happened to a ticket since it was last seen. */
export interface News {
  /** The staff has answered. */
  readonly answer: boolean
  /** The staff has changed the status. */
  readonly status: boolean
  readonly isClosed: boolean
  /** Since when the customer waits for the staff; null if they do not. */
  readonly waitingSince: EpochMs | null
}

/** The work after the ticket was seen again, as `known` now, with these news. */
export function workAfterNews(work: TicketWork, news: News, known: KnownState): TicketWork {
  const { answer, status } = news
  const isFollowed = !isFollowUpOver(work, news)
  const left = isFollowed ? work.untold : without(work.untold, 'follow-up')
  const changed: TicketWork = {
    ...work,
    done: work.done && !answer && !status,
    snoozedUntil: answer ? null : work.snoozedUntil,
    followUp: isFollowed ? work.followUp : null,
    untold: answer ? noWork.untold : left
  }
  if (!isWatched(changed)) return { ...changed, known: null }
  return { ...changed, known: work.known && isSameState(work.known, known) ? work.known : known }
}

const isSameState = (a: KnownState, b: KnownState): boolean =>
  a.newestAt === b.newestAt &&
  a.status === b.status &&
  a.answers.length === b.answers.length &&
  a.answers.every((name, at) => name === b.answers[at])

/** Whether nothing was changed; fields that did not change are the same objects. */
export const isSameWork = (a: TicketWork, b: TicketWork): boolean =>
  Object.entries(a).every(([name, value]) => value === b[name as keyof TicketWork])

function isFollowUpOver({ followUp, remindedFor }: TicketWork, news: News): boolean {
  if (news.answer || news.isClosed) return true
  return followUp?.byRule === true && news.waitingSince !== remindedFor
}

/** The work at `now`: a snoozed ticket returns, a follow-up is due. What has become due is still to be told. */
export function workAfterReminder(work: TicketWork, now: EpochMs): TicketWork {
  const { snoozedUntil, followUp } = work
  const changed: TicketWork = {
    ...work,
    snoozedUntil: snoozedUntil !== null && snoozedUntil <= now ? null : snoozedUntil,
    followUp: followUp && followUp.at <= now ? { ...followUp, isDue: true } : followUp
  }
  const isBack = changed.snoozedUntil !== snoozedUntil
  const isDue = changed.followUp?.isDue !== followUp?.isDue
  const due = reminderKinds.filter((kind) => (kind === 'snooze-over' ? isBack : isDue))
  return { ...changed, untold: [...new Set([...work.untold, ...due])] }
}

/** The work after the person was told of `kinds`. */
export function workAfterTelling(work: TicketWork, kinds: readonly ReminderKind[]): TicketWork {
  const changed: TicketWork = { ...work, untold: kinds.reduce(without, work.untold) }
  return isWatched(changed) ? changed : { ...changed, known: null }
}

/** When the person is to be reminded next; null for never. */
export function nextReminderAt({ snoozedUntil, followUp }: TicketWork): EpochMs | null {
  const times = [snoozedUntil, followUp && !followUp.isDue ? followUp.at : null].flatMap((at) => at ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

const fieldCount = Object.keys(noWork).length

/** Whether nothing of it needs to be kept. Fields of a later version of the app do. */
export const isEmptyWork = (work: TicketWork): boolean =>
  Object.keys(work).length === fieldCount &&
  !isWatched(work) &&
  !work.pinned &&
  !work.muted &&
  work.remindedFor === null &&
  work.title === '' &&
  work.note === '' &&
  work.tags.length === 0

/** Null if there is nothing to show. */
export const rowWorkOf = (work: TicketWork): RowWork | null =>
  isEmptyWork({ ...work, remindedFor: null, untold: [] })
    ? null
    : {
        done: work.done,
        snoozedUntil: work.snoozedUntil,
        followUpAt: work.followUp?.at ?? null,
        isFollowUpDue: work.followUp?.isDue ?? false,
        pinned: work.pinned,
        muted: work.muted,
        title: work.title,
        tags: work.tags,
        hasNote: work.note !== ''
      }
