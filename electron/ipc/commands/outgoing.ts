import type { Engine } from '../../sync/types.ts'
import { emptyNewTicket, isEmptyTicket, type AccountId, type TicketRef } from '../../tickets/ticket.ts'
import type { OutboxItem } from '../../tickets/views.ts'
import type { ComposeStart } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import type { ShownTicket } from './shown-ticket.ts'
import { done, succeed } from './outcomes.ts'

/** Milliseconds before a close request is sent, so that it can be undone. */
const undoMs = 6000

/**
 * The account preselected for a new ticket: that of a non-empty draft, else of the open ticket, else of the newest outbox
 * entry, else the first account. The sample account only if there is no other.
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

/** Commands for replies, closing, new tickets, drafts and the outbox. */
export function outgoingCommands({
  engine,
  shown,
  broadcast
}: {
  readonly engine: Engine
  readonly shown: ShownTicket
  readonly broadcast: Broadcast
}) {
  /** An empty draft is replaced by the next waiting one. */
  function composeStart(): ComposeStart {
    const { title = '', message = '' } = engine.outgoing.composeDraft()?.draft ?? {}
    if (`${title}${message}`.trim() === '') engine.outgoing.nextComposeDraft(null)
    const accountId = composeAccount(engine, shown.ref)
    const kept = engine.outgoing.composeDraft()
    // Choices in an empty draft of another account do not apply to this account.
    const isItsOwn = kept && (!isEmptyTicket(kept.draft) || kept.accountId === accountId)
    return {
      accountId,
      draft: isItsOwn ? kept.draft : emptyNewTicket,
      later: engine.outgoing.composeLater(),
      recentDepartments: engine.tickets.recentDepartments(),
      recentServices: engine.tickets.recentServices()
    }
  }

  /** Tells windows that the engine appended the entry's text to the reply draft; a reply box may be showing it. */
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
