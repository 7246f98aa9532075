import type { TicketMenuChoice } from '../../../electron/ipc/contract.ts'
import { refOf } from '../../../electron/tickets/ticket.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { call } from '../../lib/app.svelte.ts'
import type { WorkCommands } from '../work/work-commands.svelte.ts'
import type { Actions } from './actions.svelte.ts'

/** Menu commands that the inbox handles; the others are actions. */
interface InboxCommands {
  readonly open: (row: TicketRow) => void
  readonly reply: (row: TicketRow) => void
  readonly unread: (rows: readonly TicketRow[]) => void
  readonly close: (rows: readonly TicketRow[]) => void
  readonly work: WorkCommands
}

/** The system's menu of tickets, and what follows from a choice in it. */
export class TicketMenu {
  readonly #inbox: InboxCommands

  constructor(inbox: InboxCommands) {
    this.#inbox = inbox
  }

  /** `at`: of the page, in its pixels. */
  async offer(
    rows: readonly TicketRow[],
    at: { readonly x: number; readonly y: number },
    actions: Actions
  ): Promise<void> {
    const choice = await call(actions.fail, 'tickets.menu', { refs: rows.map(refOf), ...at })
    const [first] = rows
    if (choice !== null && first) await this.#do(choice, first, rows, actions)
  }

  async #do(
    choice: TicketMenuChoice,
    first: TicketRow,
    rows: readonly TicketRow[],
    actions: Actions
  ): Promise<void> {
    switch (choice) {
      case 'open':
        this.#inbox.open(first)
        break
      case 'reply':
        this.#inbox.reply(first)
        break
      case 'read':
        await actions.markRead(rows.map(refOf))
        break
      case 'unread':
        this.#inbox.unread(rows)
        break
      case 'close':
        this.#inbox.close(rows)
        break
      case 'done':
      case 'undone':
        this.#inbox.work.done(rows)
        break
      case 'snooze':
      case 'follow-up':
      case 'tags':
        this.#inbox.work.ask(choice, rows)
        break
      case 'title':
      case 'note':
        this.#inbox.work.askAbout(choice, first)
        break
      case 'pin':
      case 'unpin':
        await actions.work.togglePinned(rows)
        break
      case 'mute':
      case 'unmute':
        await actions.work.toggleMuted(rows)
        break
      case 'copy-number':
        await actions.copy(String(first.id))
        break
      case 'copy-title':
        await actions.copyTitle(first)
        break
      case 'copy-link':
        await actions.copyLink(first)
        break
      case 'panel':
        await actions.openInPanel(first)
        break
    }
  }
}
