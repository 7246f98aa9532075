/** A bridge with an inbox in memory, so that tests can use the windows without main. */
import { packMatches } from '../../electron/tickets/list/more-matches.ts'
import type { AppState } from '../../electron/ipc/contract.ts'
import { highlight } from '../../electron/tickets/text/highlight.ts'
import { fold } from '../../electron/tickets/text/turkish.ts'
import type { TicketRef } from '../../electron/tickets/ticket.ts'
import type { RowWork, WorkChange } from '../../electron/tickets/work/ticket-work.ts'
import type { OutboxItem, OutboxRecord, Thread, TicketRow } from '../../electron/tickets/views.ts'
import { FakeBridge, refuse } from './fake-bridge.ts'
import { outboxOf, rowWorkOf, searchAnswerOf, searchHitOf, stateOf, threadOf } from './builders.ts'
import { manyRows } from './many-rows.ts'

export interface FakeInbox {
  readonly bridge: FakeBridge
  /** Changes a row and sends the event. */
  readonly change: (id: number, change: Partial<TicketRow>) => void
  readonly rows: () => readonly TicketRow[]
  /** Sends all outbox entries. */
  readonly deliver: () => void
  readonly outbox: () => readonly OutboxItem[]
  /** Replaces the outbox. */
  readonly setOutbox: (items: readonly OutboxItem[]) => void
}

export function fakeInbox(
  options: {
    readonly state?: AppState
    readonly rows?: readonly TicketRow[]
    readonly thread?: (row: TicketRow) => Thread
    readonly history?: readonly OutboxRecord[]
  } = {}
): FakeInbox {
  const state = options.state ?? stateOf()
  const rows = new Map((options.rows ?? manyRows(28)).map((row) => [row.id, row]))
  const drafts = new Map<number, string>()
  const notes = new Map<number, string>()
  let settings = state.settings
  let outbox: readonly OutboxItem[] = state.outbox
  let next = 1

  const bridge = new FakeBridge({
    'app.state': () => ({ ...state, settings, outbox }),
    'settings.change': (patch) => {
      const notifications = { ...settings.notifications, ...patch.notifications }
      const inbox = { ...settings.inbox, ...patch.inbox }
      settings = { ...settings, ...patch, notifications, inbox }
      bridge.emit('settings', { settings, locale: state.locale })
      return settings
    },
    'tickets.setWork': ({ refs, change: wanted }) => {
      for (const { ticketId } of refs) setWork(ticketId, wanted)
      return null
    },
    'window.view': () => null,
    'tickets.rows': ({ from, count }) => [...rows.values()].slice(from, from + count),
    'tickets.thread': ({ ticketId }) => {
      const row = rows.get(ticketId) ?? refuse('unknown-ticket')
      const thread = options.thread?.(row) ?? threadOf(row)
      return {
        ...thread,
        draft: drafts.get(ticketId) ?? thread.draft,
        note: notes.get(ticketId) ?? thread.note,
        outbox: outbox.filter(({ action }) => action.kind !== 'create' && action.ticketId === ticketId)
      }
    },
    'tickets.read': ({ refs }) => mark(refs, 0),
    'tickets.unread': ({ refs }) => mark(refs, 1),
    // Held back as in main; `deliver` sends it.
    'tickets.close': ({ refs }) => {
      const batch = `b${next++}`
      const items = refs.map(({ accountId, ticketId }): OutboxItem => {
        const item = itemOf(accountId, { kind: 'close', ticketId })
        return { ...item, nextAttemptAt: item.queuedAt + 6000, batch }
      })
      tellOutbox([...outbox, ...items])
      for (const { ticketId } of refs) change(ticketId, { outbox: 'queued' })
      return items
    },
    'tickets.reply': ({ ref, text }) => {
      const reply = itemOf(ref.accountId, { kind: 'reply', ticketId: ref.ticketId, text })
      const holdMs = state.settings.undoSendSeconds * 1000
      const item = holdMs > 0 ? { ...reply, nextAttemptAt: reply.queuedAt + holdMs } : reply
      drafts.delete(ref.ticketId)
      tellOutbox([...outbox, item])
      change(ref.ticketId, { outbox: 'queued' })
      return item
    },
    // Both are held back as in main, the reply first.
    'tickets.replyAndClose': ({ ref, text }) => {
      const { accountId, ticketId } = ref
      const items = [
        itemOf(accountId, { kind: 'reply', ticketId, text }),
        itemOf(accountId, { kind: 'close', ticketId })
      ]
      drafts.delete(ticketId)
      tellOutbox([...outbox, ...items])
      change(ticketId, { outbox: 'queued' })
      return items
    },
    'tickets.search': ({ query }) => {
      const words = fold(query).split(/\s+/).filter(Boolean)
      const hits = [...rows.values()].filter((row) => {
        const all = fold(`${row.id} ${row.subject} ${row.excerpt}`)
        return words.every((word) => all.includes(word))
      })
      return searchAnswerOf({
        hits: hits
          .slice(0, 200)
          .map((row) => searchHitOf(row, { excerpt: row.excerpt, ranges: highlight(words, row.excerpt) })),
        more: packMatches(hits.slice(200)),
        unknownFilters: words.filter((word) => /^(is|before|after):/.test(word)),
        searched: words
      })
    },
    'outbox.cancel': ({ id }) => {
      const item = outbox.find((candidate) => candidate.id === id) ?? refuse('in-flight')
      tellOutbox(outbox.filter((candidate) => candidate.id !== id))
      returnToDraft(item)
      if (item.action.kind !== 'create') change(item.action.ticketId, { outbox: null })
      return item
    },
    'outbox.cancelAll': ({ ids }) => {
      const taken = outbox.filter(({ id, state }) => ids.includes(id) && state === 'queued')
      tellOutbox(outbox.filter((item) => !taken.includes(item)))
      for (const item of taken) {
        returnToDraft(item)
        if (item.action.kind !== 'create') change(item.action.ticketId, { outbox: null })
      }
      return { cancelled: taken.length }
    },
    'outbox.decide': ({ id }) => {
      tellOutbox(outbox.filter((entry) => entry.id !== id))
      return null
    },
    'outbox.history': () => options.history ?? [],
    'drafts.reply': ({ ref, text }) => {
      drafts.set(ref.ticketId, text)
      return null
    }
  })

  const itemOf = (accountId: string, action: OutboxItem['action']): OutboxItem =>
    outboxOf({ id: `r${next++}`, accountId, action, queuedAt: Date.now() })
  function returnToDraft({ accountId, action }: OutboxItem): void {
    if (action.kind !== 'reply') return
    const { ticketId, text } = action
    const before = drafts.get(ticketId) ?? ''
    drafts.set(ticketId, before === '' ? text : `${before}\n\n${text}`)
    bridge.emit('draft', { accountId, ticketId, added: text })
  }
  function deliver(): void {
    const sent = outbox
    tellOutbox([])
    for (const { action } of sent) {
      if (action.kind === 'close')
        change(action.ticketId, {
          status: { kind: 'closed', text: 'Kapalı' },
          waitingFor: 'nobody',
          outbox: null
        })
      if (action.kind === 'reply') change(action.ticketId, { lastSpeaker: 'customer', outbox: null })
    }
  }

  function tellOutbox(items: readonly OutboxItem[]): void {
    const before = new Set(outbox)
    const after = new Set(items.map(({ id }) => id))
    const removed = outbox.flatMap(({ id }) => (after.has(id) ? [] : [id]))
    outbox = items
    bridge.emit('outbox', { changed: items.filter((item) => !before.has(item)), removed })
  }
  function change(id: number, changed: Partial<TicketRow>): void {
    const row = rows.get(id)
    if (!row) return
    const now = { ...row, ...changed }
    rows.set(id, now)
    bridge.emit('rows', { accountId: row.accountId, changed: [now], removed: [] })
  }
  /** As main does, without deciding what is new. */
  function setWork(id: number, { addTags = [], removeTags = [], note, ...wanted }: WorkChange): void {
    const before = rows.get(id)?.work ?? rowWorkOf()
    if (note !== undefined) notes.set(id, note)
    const tags = [...new Set([...before.tags, ...addTags])].filter((tag) => !removeTags.includes(tag))
    const work: RowWork = {
      ...before,
      done: wanted.snoozedUntil ? false : before.done,
      snoozedUntil: wanted.done ? null : before.snoozedUntil,
      ...(Object.fromEntries(Object.entries(wanted)) as Partial<RowWork>),
      isFollowUpDue: wanted.followUpAt === undefined && before.isFollowUpDue,
      tags,
      hasNote: note === undefined ? before.hasNote : note !== ''
    }
    change(id, { work: JSON.stringify(work) === JSON.stringify(rowWorkOf()) ? null : work })
  }
  function mark(refs: readonly TicketRef[], unread: number): null {
    for (const { ticketId } of refs) change(ticketId, { unread })
    return null
  }

  return {
    bridge,
    change,
    rows: () => [...rows.values()],
    deliver,
    outbox: () => outbox,
    setOutbox: tellOutbox
  }
}
