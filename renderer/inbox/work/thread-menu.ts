import type { TicketRow } from '../../../electron/tickets/views.ts'
import { app } from '../../lib/app.svelte.ts'
import { moment } from '../../lib/format.ts'
import { words } from '../../lib/i18n/index.ts'
import type { Actions } from '../commands/actions.svelte.ts'
import type { WorkCommands } from './work-commands.svelte.ts'

interface MenuItem {
  readonly label: string
  readonly onpick: () => void
}

/** Entries of a ticket's menu about what is kept about it. Done and snoozing have buttons beside the menu. */
export function workMenu(row: TicketRow, actions: Actions, work: WorkCommands): readonly MenuItem[] {
  const say = words().work
  return [
    { label: say.followUp, onpick: () => work.ask('follow-up', [row]) },
    {
      label: row.work?.pinned ? say.unpin : say.pin,
      onpick: () => void actions.work.togglePinned([row])
    },
    { label: say.editTags, onpick: () => work.ask('tags', [row]) },
    { label: row.work?.hasNote ? say.changeNote : say.editNote, onpick: () => work.askAbout('note', row) },
    { label: say.editTitle, onpick: () => work.askAbout('title', row) },
    {
      label: row.work?.muted ? say.unmute : say.mute,
      onpick: () => void actions.work.toggleMuted([row])
    }
  ]
}

/** The same for several tickets; a title and a note are those of one. */
export function workBulkMenu(
  rows: readonly TicketRow[],
  actions: Actions,
  work: WorkCommands
): readonly MenuItem[] {
  const say = words().work
  return [
    { label: say.snooze, onpick: () => work.ask('snooze', rows) },
    { label: say.followUp, onpick: () => work.ask('follow-up', rows) },
    {
      label: rows.every((row) => row.work?.pinned) ? say.unpin : say.pin,
      onpick: () => void actions.work.togglePinned(rows)
    },
    { label: say.editTags, onpick: () => work.ask('tags', rows) },
    {
      label: rows.every((row) => row.work?.muted) ? say.unmute : say.mute,
      onpick: () => void actions.work.toggleMuted(rows)
    }
  ]
}

/** What is kept about a ticket, in words for its header. */
export function workFacts(
  { work }: TicketRow,
  now: number
): readonly { readonly text: string; readonly isUrgent: boolean }[] {
  if (work === null) return []
  const say = words().work
  const time = (at: number): string => moment(at, now, app.locale)
  const fact = (text: string, isUrgent = false) => ({ text, isUrgent })
  return [
    ...(work.done ? [fact(say.done)] : []),
    ...(work.snoozedUntil === null ? [] : [fact(say.snoozedUntil(time(work.snoozedUntil)))]),
    ...(work.isFollowUpDue
      ? [fact(say.followUpDue, true)]
      : work.followUpAt === null
        ? []
        : [fact(say.followUpAt(time(work.followUpAt)))]),
    ...(work.pinned ? [fact(say.pinned)] : []),
    ...(work.muted ? [fact(say.muted)] : [])
  ]
}
