/** What the person and the staff do during the simulated days, one after the other. */
import { serialize } from 'node:v8'
import type { AccountView } from '../../../electron/tickets/views.ts'
import type { Engine } from '../../../electron/sync/types.ts'
import type { TicketId, TicketRef } from '../../../electron/tickets/ticket.ts'
import { newTicketOf } from '../../support/builders.ts'
import type { Deed } from './protocol.ts'
import type { Servers } from './servers.ts'

interface PeopleParts {
  readonly engine: Engine
  readonly servers: Servers
  readonly accounts: readonly AccountView[]
  readonly now: () => number
}

const hourMs = 3600_000
/** Tickets that the list of an account has. */
export const ticketsOfAccount = 12
/** Steps between two tickets that something happens to. */
const stride = 7

export class People {
  readonly #parts: PeopleParts
  readonly #lists: (readonly TicketId[])[] = []

  constructor(parts: PeopleParts) {
    this.#parts = parts
  }

  /** The change with this number. Each account gets each kind of change in turn, on one of its tickets. */
  async change(at: number): Promise<void> {
    const { accounts } = this.#parts
    const account = at % accounts.length
    await this.#act(account, { kind: 'look' })
    const round = Math.floor(at / accounts.length)
    await this.#changes[round % this.#changes.length]?.(round, account, this.#ref(account, round))
  }

  /** A window opens, shows the list, threads and a search, and is closed and let go. */
  async openWindow(at: number): Promise<void> {
    const { engine, accounts } = this.#parts
    const account = at % accounts.length
    await this.#act(account, { kind: 'look' })
    void engine.control.check('opened')
    serialize(engine.tickets.rows())
    for (let i = 0; i < 5; i++) serialize(engine.tickets.thread(this.#ref(account, at + i)))
    serialize(engine.tickets.search(at % 2 === 0 ? 'gecikme' : 'is:snoozed'))
    serialize(engine.outgoing.history())
    engine.outgoing.setReplyDraft(this.#ref(account, at), `Taslak ${at}`)
  }

  /** Ends what `openWindow` began. */
  closeWindow(at: number): void {
    const account = at % this.#parts.accounts.length
    this.#parts.engine.outgoing.setReplyDraft(this.#ref(account, at), '')
  }

  readonly #changes: readonly ((round: number, account: number, ref: TicketRef) => unknown)[] = [
    (round, account, { ticketId: id }) =>
      this.#act(account, { kind: 'staff-reply', id, text: `Yanıt ${round}: bakıyoruz.` }),
    (_round, _account, ref) => this.#parts.engine.tickets.markRead([ref]),
    (round, account, { ticketId: id }) =>
      this.#act(account, { kind: 'status', id, status: round % 4 === 2 ? 'on-hold' : 'open' }),
    (round, _account, ref) => this.#reply(round, ref),
    (round, _account, ref) =>
      this.#parts.engine.tickets.setWork([ref], {
        snoozedUntil: this.#parts.now() + (1 + (round % 5)) * hourMs
      }),
    (round, _account, ref) =>
      this.#parts.engine.tickets.setWork([ref], { note: `Not ${round}`, addTags: [`etiket ${round % 8}`] }),
    (round, _account, ref) =>
      this.#parts.engine.tickets.setWork([ref], { note: '', pinned: round % 2 === 0 }),
    (_round, _account, ref) =>
      this.#parts.engine.tickets.setWork([ref], {
        done: true,
        followUpAt: this.#parts.now() + 2 * hourMs
      }),
    (round, account) => this.#open(round, account),
    (_round, account) => this.#close(account)
  ]

  async #act(account: number, deed: Deed): Promise<void> {
    this.#lists[account] = await this.#parts.servers.act(account, this.#parts.now(), deed)
  }

  #ref(account: number, at: number): TicketRef {
    const ids = this.#lists[account] ?? []
    return {
      accountId: this.#parts.accounts[account]?.id ?? '',
      ticketId: ids[(at * stride) % ids.length] ?? 0
    }
  }

  /** Every fourth reply is held and taken back; its text, which is a draft again, is discarded. */
  async #reply(round: number, ref: TicketRef): Promise<void> {
    const { outgoing } = this.#parts.engine
    const isHeld = round % 40 === 3
    const queued = await outgoing.reply(ref, `Müşteri yanıtı ${round}`, 'draft', isHeld ? hourMs : 0)
    if (!isHeld || !queued.ok) return
    await outgoing.cancel(queued.value.id)
    outgoing.setReplyDraft(ref, '')
  }

  /** Every second new ticket is opened here, the others in the panel. */
  async #open(round: number, account: number): Promise<void> {
    const { engine, accounts } = this.#parts
    if (round % 20 < 10) {
      await this.#act(account, { kind: 'open', text: `(${round})` })
      return
    }
    const draft = newTicketOf({
      title: `Sorun ${round}`,
      message: `Sunucu ${round} yavaş.`,
      departmentId: 20
    })
    await engine.outgoing.create(accounts[account]?.id ?? '', { ...draft, service: '952157' }, '')
  }

  /** The tickets that were closed the last time leave the list, since old ones do; the oldest of the others is closed. */
  async #close(account: number): Promise<void> {
    await this.#act(account, { kind: 'archive', keep: ticketsOfAccount })
    const ticketId = this.#lists[account]?.at(-1) ?? 0
    await this.#parts.engine.outgoing.close([
      { accountId: this.#parts.accounts[account]?.id ?? '', ticketId }
    ])
  }
}
