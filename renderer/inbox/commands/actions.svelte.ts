/** What a person can do in the inbox, by whatever way they ask: a button, a key, the palette. */
import { ticketLink } from '../../../electron/tickets/ticket-link.ts'
import { refOf, type TicketRef } from '../../../electron/tickets/ticket.ts'
import type { Problem } from '../../../electron/tickets/problem.ts'
import type { OutboxItem, OutboxRecord, TicketRow } from '../../../electron/tickets/views.ts'
import { titleOf } from '../../../electron/tickets/work/title.ts'
import { app, call } from '../../lib/app.svelte.ts'
import { bridge } from '../../lib/bridge/bridge.ts'
import { clock } from '../../lib/format.ts'
import { words } from '../../lib/i18n/index.ts'
import { WorkActions } from '../work/work-actions.svelte.ts'

/** A request to close this ticket waits, is on its way, or is with the server. */
export const isClosing = ({ accountId, id }: TicketRow): boolean =>
  app.outbox
    .ofTicket(accountId, id)
    .some(({ action, state }) => action.kind === 'close' && state !== 'refused' && state !== 'undecided')

/** Milliseconds that taking back is offered; longer than main holds a request, for one that waits for the network. */
const undoOfferedMs = 12_000
/** Milliseconds that it stays in view what was done: long enough to be read. */
const toldMs = 5000
const linesKept = 5

interface Line {
  readonly id: number
  readonly text: string
}

/** Held back so that sending it can be undone. */
const isHeld = ({ state, attempts, nextAttemptAt }: OutboxItem): boolean =>
  state === 'queued' && attempts === 0 && nextAttemptAt !== null

function undoneWords(items: readonly OutboxItem[], cancelled: number): string {
  const say = words().inbox
  const has = (kind: OutboxItem['action']['kind']): boolean =>
    items.some(({ action }) => action.kind === kind)
  if (has('create')) return say.undoneNewTicket
  if (!has('reply')) return say.undone(cancelled)
  return has('close') ? say.undoneReplyAndClose : say.undoneReply
}

export class Actions {
  /** The last error; null after something succeeded. */
  trouble = $state<string | null>(null)
  /** Announcements for screen readers, oldest first; one element each, so that repeated texts are read again. */
  lines = $state.raw<readonly Line[]>([])
  /** Result of the last command, shown for a few seconds. */
  told = $state.raw<Line | null>(null)
  #count = 0
  #fading: ReturnType<typeof setTimeout> | undefined
  /** Several tickets that are to be closed, when the person says yes. */
  closing = $state.raw<readonly TicketRow[] | null>(null)
  exporting = $state.raw<{ readonly done: number; readonly total: number } | null>(null)
  checking = $state(false)
  /** Outbox ids of what was queued last: replies, new tickets, requests to close. */
  #queued = $state.raw<readonly string[]>([])
  #forgetting: ReturnType<typeof setTimeout> | undefined
  /** What can be taken back: queued a moment ago, and not on its way yet. */
  readonly undoable = $derived(
    this.#queued.flatMap((id) => {
      const item = app.outbox.get(id)
      return item?.state === 'queued' ? [item] : []
    })
  )

  readonly work = new WorkActions({
    fail: (problem) => this.fail(problem),
    tell: (text) => this.tell(text),
    clearTrouble: () => (this.trouble = null)
  })

  /** Answers the function that ends it. */
  listen(): () => void {
    const stops = [
      bridge.on('progress', ({ done, total }) => (this.exporting = done < total ? { done, total } : null)),
      // A new ticket is sent in a window of its own; taking it back is offered here as well.
      bridge.on('outbox', ({ changed }) => {
        const sent = changed.filter((item) => item.action.kind === 'create' && isHeld(item))
        if (sent.length > 0) this.#offerUndo(sent)
      })
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Says it to who cannot see. */
  announce(text: string): Line {
    const line = { id: ++this.#count, text }
    this.lines = [...this.lines, line].slice(-linesKept)
    return line
  }

  /** Says and shows it. */
  tell(text: string): void {
    this.told = this.announce(text)
    clearTimeout(this.#fading)
    this.#fading = setTimeout(() => (this.told = null), toldMs)
  }

  readonly fail = (problem: Problem): void => {
    this.trouble = problem.serverMessage
      ? `${words().problems[problem.kind]} ${words().inbox.serverSays(problem.serverMessage)}`
      : words().problems[problem.kind]
  }

  async check(): Promise<void> {
    if (this.checking) return
    this.checking = true
    this.trouble = null
    await call(this.fail, 'sync.check')
    this.checking = false
    this.#tellWait()
  }

  /** Nothing was asked of a server that named a time, and the button must not seem broken. */
  #tellWait(): void {
    const until = app.accounts
      .flatMap(({ connection }) => connection.problem?.retryAt ?? [])
      .filter((at) => at > Date.now())
    if (until.length > 0) this.tell(words().inbox.serverWaits(clock(Math.min(...until), app.locale)))
  }

  /** A check that the person asked for ends then as well. */
  async stopLoading(accountId: string): Promise<void> {
    await call(this.fail, 'sync.stopLoading', { accountId })
  }

  /** `template`: the name of the template to begin with. */
  async compose(template?: string): Promise<void> {
    await call(this.fail, 'window.open', {
      window: 'compose',
      ...(template === undefined ? {} : { template })
    })
  }

  async markRead(refs: readonly TicketRef[]): Promise<void> {
    await call(this.fail, 'tickets.read', { refs: [...refs] })
  }

  async markUnread(refs: readonly TicketRef[]): Promise<void> {
    await call(this.fail, 'tickets.unread', { refs: [...refs] })
  }

  /** Closes one ticket at once and asks about several first. True if the close requests were queued. */
  async close(rows: readonly TicketRow[]): Promise<boolean> {
    const open = rows.filter((row) => row.status.kind !== 'closed' && !isClosing(row))
    if (open.length > 1) this.closing = open
    else if (open.length === 1) return this.#close(open)
    else if (rows.length > 0) this.tell(words().inbox.alreadyClosed)
    return false
  }

  /** The person said yes. Answers whether it is on its way. */
  async confirmClose(): Promise<boolean> {
    const rows = this.closing ?? []
    this.closing = null
    return this.#close(rows)
  }

  /** Answers whether it is on its way. `onProblem` is told why it is not. */
  async reply(row: TicketRow, text: string, onProblem: (problem: Problem) => void): Promise<boolean> {
    const queued = await call(onProblem, 'tickets.reply', { ref: refOf(row), text })
    if (!queued) return false
    if (isHeld(queued)) this.#offerUndo([queued])
    return true
  }

  /** Queues both, the reply first; one undo takes back both. Answers whether they are on their way. */
  async replyAndClose(row: TicketRow, text: string): Promise<boolean> {
    this.trouble = null
    return this.#offerUndo(await call(this.fail, 'tickets.replyAndClose', { ref: refOf(row), text }))
  }

  async #close(rows: readonly TicketRow[]): Promise<boolean> {
    this.trouble = null
    return this.#offerUndo(await call(this.fail, 'tickets.close', { refs: rows.map(refOf) }))
  }

  #offerUndo(queued: readonly OutboxItem[] | null): boolean {
    if (!queued) return false
    this.#queued = queued.map(({ id }) => id)
    clearTimeout(this.#forgetting)
    this.#forgetting = setTimeout(() => (this.#queued = []), undoOfferedMs)
    return true
  }

  /**
   * Takes back what was queued last, as far as it is still here. Its text is a draft again: a new ticket's is shown; answers
   * the ticket of a reply, to be shown by the caller.
   */
  async undo(): Promise<TicketRef | null> {
    const items = this.undoable
    this.#queued = []
    const [first] = items
    if (!first || !(await this.#takeBack(items))) return null
    const { accountId, action } = first
    if (action.kind === 'create') await this.compose()
    return action.kind === 'reply' ? { accountId, ticketId: action.ticketId } : null
  }

  /** The close requests among these that are not being sent yet. */
  async stopClosing(ids: readonly string[]): Promise<void> {
    await this.#takeBack(ids.flatMap((id) => app.outbox.get(id) ?? []))
  }

  /** Answers whether anything was taken back; what is being sent already stays. */
  async #takeBack(items: readonly OutboxItem[]): Promise<boolean> {
    if (items.length === 0) return false
    this.trouble = null
    const ids = items.map(({ id }) => id)
    app.outbox.takingBack(ids)
    const taken = await call(this.fail, 'outbox.cancelAll', { ids })
    if (!taken) return false
    if (taken.cancelled === 0) this.fail({ kind: 'in-flight' })
    else this.tell(undoneWords(items, taken.cancelled))
    return taken.cancelled > 0
  }

  /** Null means every ticket. */
  async export(refs: readonly TicketRef[] | null, format: 'markdown' | 'json'): Promise<void> {
    this.trouble = null
    const count = await call(this.fail, 'tickets.export', { refs: refs && [...refs], format })
    this.exporting = null
    if (count !== null) this.tell(words().inbox.exported(count))
  }

  async stopExport(): Promise<void> {
    await call(this.fail, 'tickets.cancelExport')
    this.exporting = null
    this.tell(words().inbox.exportStopped)
  }

  async copy(text: string): Promise<void> {
    const copied = await bridge.invoke('clipboard.write', { text })
    if (copied.ok) this.tell(words().inbox.copied)
    else this.fail(copied.error)
  }

  /** Makes a draft of what was not sent. Answers whether it is one; a new ticket's is shown. */
  async writeAgain({ id, action }: OutboxRecord): Promise<boolean> {
    this.trouble = null
    const written = await bridge.invoke('outbox.writeAgain', { id })
    if (!written.ok) this.fail(written.error)
    else if (action.kind === 'create') await this.compose()
    return written.ok
  }

  /** The sample account, which holds nothing of worth: without a question. */
  async leaveDemo(accountId: string): Promise<void> {
    this.trouble = null
    await call(this.fail, 'accounts.remove', { accountId })
  }

  async openInPanel({ accountId, id }: TicketRow): Promise<void> {
    this.trouble = null
    await call(this.fail, 'tickets.openInPanel', { accountId, ticketId: id })
  }

  copyTitle(row: TicketRow): Promise<void> {
    return this.copy(`#${row.id} – ${titleOf(row)}`)
  }

  copyLink(row: TicketRow): Promise<void> {
    return this.copy(ticketLink({ ticketId: row.id }, app.accounts.length > 1 ? row.accountId : null))
  }

  /** Takes a ticket that waits back into the new-ticket window; one that is being written there waits behind it. */
  async editNewTicket(item: OutboxItem): Promise<void> {
    this.trouble = null
    const back = await bridge.invoke('outbox.cancel', { id: item.id })
    if (back.ok) await this.compose()
    else this.fail(back.error)
  }
}
