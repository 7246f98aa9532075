import type { Engine } from '../../sync/types.ts'
import { emptyNewTicket, isEmptyTicket, type AccountId, type TicketRef } from '../../tickets/ticket.ts'
import type { OutboxItem } from '../../tickets/views.ts'
import type { ComposeStart } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import type { ShownTicket } from './shown-ticket.ts'
import { done, succeed } from './outcomes.ts'

/** How long a request to close waits before it is sent: time enough to notice a slip. */
const undoMs = 6000

/**
 * Whose a new ticket is: of a half written one as it was; else of the open ticket, else of what was written last, else the
 * first one. Never the sample beside a real account.
 */
function composeAccount({ accounts, outgoing }: Engine, shown: TicketRef | null): AccountId | null {
  const kept = outgoing.composeDraft()
  const all = accounts.list()
  if (kept && !isEmptyTicket(kept.draft) && all.some(({ id }) => id === kept.accountId)) return kept.accountId
  const real = all.filter(({ demo }) => !demo)
  const candidates = real.length > 0 ? real : all
  const isCandidate = (accountId: AccountId): boolean => candidates.some(({ id }) => id === accountId)
  if (shown && isCandidate(shown.accountId)) return shown.accountId
  const [last] = [...outgoing.items(), ...outgoing.history()]
    .filter(({ accountId }) => isCandidate(accountId))
    .sort((a, b) => b.queuedAt - a.queuedAt)
  return last?.accountId ?? candidates[0]?.id ?? null
}

/** Writing: replies, closing, new tickets, their drafts, and the outbox they wait in. */
export function outgoingCommands({
  engine,
  shown,
  broadcast
}: {
  readonly engine: Engine
  readonly shown: ShownTicket
  readonly broadcast: Broadcast
}) {
  /** Where nothing is written in the window, what waits comes to the front. */
  function composeStart(): ComposeStart {
    const { title = '', message = '' } = engine.outgoing.composeDraft()?.draft ?? {}
    if (`${title}${message}`.trim() === '') engine.outgoing.nextComposeDraft(null)
    const accountId = composeAccount(engine, shown.ref)
    const kept = engine.outgoing.composeDraft()
    // Where nothing was written, what was chosen for another account says nothing about this one.
    const isItsOwn = kept && (!isEmptyTicket(kept.draft) || kept.accountId === accountId)
    return {
      accountId,
      draft: isItsOwn ? kept.draft : emptyNewTicket,
      later: engine.outgoing.composeLater(),
      recentDepartments: engine.tickets.recentDepartments(),
      recentServices: engine.tickets.recentServices()
    }
  }

  /** The engine made it part of the draft, which a reply box may be showing. */
  function broadcastDraft({ accountId, action }: Pick<OutboxItem, 'accountId' | 'action'>): void {
    if (action.kind === 'reply')
      broadcast('draft', { accountId, ticketId: action.ticketId, added: action.text })
  }

  return {
    'tickets.reply': ({ ref, text }) => engine.outgoing.reply(ref, text),
    'tickets.replyAndClose': ({ ref, text }) => engine.outgoing.replyAndClose(ref, text, undoMs),
    'tickets.close': ({ refs }) => engine.outgoing.close(refs, undoMs),
    'tickets.create': ({ accountId, draft, password }) => engine.outgoing.create(accountId, draft, password),

    'outbox.retry': ({ id }) => engine.outgoing.retry(id),
    'outbox.cancel': async ({ id }) => {
      const taken = await engine.outgoing.cancel(id)
      if (taken.ok) broadcastDraft(taken.value)
      return taken
    },
    'outbox.retryAll': ({ ids }) => engine.outgoing.retryAll(ids),
    'outbox.cancelAll': async ({ ids }) => {
      const taken = await engine.outgoing.cancelAll(ids)
      if (!taken.ok) return taken
      for (const item of taken.value) broadcastDraft(item)
      return succeed({ cancelled: taken.value.length })
    },
    'outbox.decide': async ({ id, decision, candidateKey }) => {
      const item = engine.outgoing.items().find((entry) => entry.id === id)
      const decided = await engine.outgoing.decide(id, decision, candidateKey)
      if (decided.ok && item && decision === 'keep-as-draft') broadcastDraft(item)
      return decided
    },
    'outbox.history': () => succeed(engine.outgoing.history()),
    'outbox.writeAgain': ({ id }) => {
      const written = engine.outgoing.writeAgain(id)
      if (written.ok) broadcastDraft(written.value)
      return written
    },

    'drafts.reply': ({ ref, text }) => {
      engine.outgoing.setReplyDraft(ref, text)
      return done
    },
    'compose.start': () => succeed(composeStart()),
    'compose.next': ({ accountId }) => succeed(engine.outgoing.nextComposeDraft(accountId)),
    'compose.draft': ({ accountId, draft }) => {
      engine.outgoing.setComposeDraft(accountId, draft)
      return done
    }
  } satisfies Partial<Handlers>
}
