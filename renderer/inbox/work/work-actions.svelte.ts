/** Changes what the person keeps about tickets on this machine; each change can be undone for a while. */
import type { Args } from '../../../electron/ipc/contract.ts'
import { refOf, type EpochMs, type TicketRef } from '../../../electron/tickets/ticket.ts'
import type { OutboxItem, TicketRow } from '../../../electron/tickets/views.ts'
import type { Problem } from '../../../electron/tickets/problem.ts'
import { app } from '../../lib/app.svelte.ts'
import { bridge } from '../../lib/bridge/bridge.ts'
import { moment } from '../../lib/format.ts'
import { words } from '../../lib/i18n/index.ts'
import { ticketNames } from './ticket-names.ts'
import { isAllDone } from './work-state.ts'

type WorkChange = Args<'tickets.setWork'>['change']

interface Undoable {
  readonly id: number
  /** When it was done, epoch ms. */
  readonly at: EpochMs
  /** What was done. */
  readonly text: string
  /** Changes that restore the state before, by tickets that had the same state. */
  readonly undo: readonly { readonly refs: readonly TicketRef[]; readonly change: WorkChange }[]
}

/** The parts of the inbox's actions that a change needs. */
interface Reporting {
  readonly fail: (problem: Problem) => void
  readonly tell: (text: string) => void
  readonly clearTrouble: () => void
}

/** Milliseconds that undoing is offered. */
const undoOfferedMs = 10_000

export class WorkActions {
  readonly #report: Reporting
  /** The last change, as long as undoing it is offered. */
  undoable = $state.raw<Undoable | null>(null)
  #forgetting: ReturnType<typeof setTimeout> | undefined
  #count = 0

  constructor(report: Reporting) {
    this.#report = report
  }

  /** Marks all as done, or none if all of them are. Marking also ends a reminder that is due. */
  async toggleDone(rows: readonly TicketRow[]): Promise<boolean> {
    const say = words().work
    if (isAllDone(rows)) return this.#set(rows, { done: false }, say.told.undone)
    return this.#set(rows, { done: true, ...withoutDueReminder(rows) }, say.told.done)
  }

  /** Until `at`; null ends it. */
  async snooze(rows: readonly TicketRow[], at: EpochMs | null): Promise<boolean> {
    const say = words().work
    if (at === null) return this.#set(rows, { snoozedUntil: null }, say.told.unsnoozed)
    const change = { snoozedUntil: at, ...withoutDueReminder(rows) }
    return this.#set(rows, change, (what) => say.toldSnoozed(what, this.#time(at)))
  }

  /** Reminds at `at` if the staff has not replied by then; null removes the reminder. */
  async followUp(rows: readonly TicketRow[], at: EpochMs | null): Promise<boolean> {
    const say = words().work
    if (at === null) return this.#set(rows, { followUpAt: null }, say.told.noFollowUp)
    return this.#set(rows, { followUpAt: at }, (what) => say.toldFollowUp(what, this.#time(at)))
  }

  /** Pins all, or none if all of them are. */
  async togglePinned(rows: readonly TicketRow[]): Promise<boolean> {
    const say = words().work
    const pinned = !rows.every(({ work }) => work?.pinned)
    return this.#set(rows, { pinned }, pinned ? say.told.pinned : say.told.unpinned)
  }

  /** Mutes all, or none if all of them are. */
  async toggleMuted(rows: readonly TicketRow[]): Promise<boolean> {
    const say = words().work
    const muted = !rows.every(({ work }) => work?.muted)
    return this.#set(rows, { muted }, muted ? say.told.muted : say.told.unmuted)
  }

  /** Empty for the subject. */
  async setTitle(row: TicketRow, title: string): Promise<boolean> {
    return this.#set([row], { title }, words().work.told.titled)
  }

  async setNote(row: TicketRow, note: string, before: string): Promise<boolean> {
    return this.#set([row], { note }, words().work.told.noted, () => ({ note: before }))
  }

  async setTags(
    rows: readonly TicketRow[],
    addTags: readonly string[],
    removeTags: readonly string[]
  ): Promise<boolean> {
    const change = { addTags: [...addTags], removeTags: [...removeTags] }
    return this.#set(rows, change, words().work.told.tagged)
  }

  /** Whether the last change came after what waits in the outbox. */
  isNewerThan(items: readonly OutboxItem[]): boolean {
    const { undoable } = this
    return undoable !== null && items.every(({ queuedAt }) => queuedAt <= undoable.at)
  }

  /** Restores the state before the last change. */
  async undo(): Promise<void> {
    const undone = this.undoable
    if (!undone) return
    this.undoable = null
    for (const { refs, change } of undone.undo) if (!(await this.#send(refs, change))) return
    this.#report.tell(words().work.takenBack)
  }

  async #set(
    rows: readonly TicketRow[],
    change: WorkChange,
    text: (what: string) => string,
    before: (row: TicketRow) => WorkChange = (row) => changeBack(row, change)
  ): Promise<boolean> {
    if (rows.length === 0) return false
    this.#report.clearTrouble()
    // Read before the command, whose event replaces the rows.
    const undo = groupByChange(rows, before)
    if (!(await this.#send(rows.map(refOf), change))) return false
    this.undoable = { id: ++this.#count, at: Date.now(), text: text(ticketNames(rows)), undo }
    clearTimeout(this.#forgetting)
    this.#forgetting = setTimeout(() => (this.undoable = null), undoOfferedMs)
    return true
  }

  async #send(refs: readonly TicketRef[], change: WorkChange): Promise<boolean> {
    const sent = await bridge.invoke('tickets.setWork', { refs: [...refs], change })
    if (!sent.ok) this.#report.fail(sent.error)
    return sent.ok
  }

  #time(at: EpochMs): string {
    return moment(at, Date.now(), app.locale)
  }
}

const withoutDueReminder = (rows: readonly TicketRow[]): WorkChange =>
  rows.some(({ work }) => work?.isFollowUpDue) ? { followUpAt: null } : {}

/** The change that restores what `change` changes in this row, except its note. */
function changeBack({ work }: TicketRow, change: WorkChange): WorkChange {
  const tags = work?.tags ?? []
  return {
    // What is snoozed is not done, and the other way round: one ends the other.
    ...(change.done === undefined && change.snoozedUntil === undefined
      ? {}
      : { done: work?.done ?? false, snoozedUntil: work?.snoozedUntil ?? null }),
    ...(change.followUpAt === undefined ? {} : { followUpAt: work?.followUpAt ?? null }),
    ...(change.pinned === undefined ? {} : { pinned: work?.pinned ?? false }),
    ...(change.muted === undefined ? {} : { muted: work?.muted ?? false }),
    ...(change.title === undefined ? {} : { title: work?.title ?? '' }),
    ...(change.addTags ? { removeTags: change.addTags.filter((tag) => !tags.includes(tag)) } : {}),
    ...(change.removeTags ? { addTags: change.removeTags.filter((tag) => tags.includes(tag)) } : {})
  }
}

function groupByChange(rows: readonly TicketRow[], before: (row: TicketRow) => WorkChange): Undoable['undo'] {
  const groups = new Map<string, { readonly refs: TicketRef[]; readonly change: WorkChange }>()
  for (const row of rows) {
    const change = before(row)
    const key = JSON.stringify(change)
    const group = groups.get(key)
    if (group) group.refs.push(refOf(row))
    else groups.set(key, { refs: [refOf(row)], change })
  }
  return [...groups.values()]
}
