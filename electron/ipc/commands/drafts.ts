import type { Engine } from '../../sync/types.ts'
import { emptyNewTicket, isEmptyTicket, type AccountId, type TicketRef } from '../../tickets/ticket.ts'
import type { ComposeStart } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import type { ShownTicket } from './shown-ticket.ts'
import { done, succeed } from './outcomes.ts'

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

/** Commands for drafts of replies and of new tickets. */
export function draftCommands({
  engine,
  shown,
  broadcast
}: {
  readonly engine: Engine
  readonly shown: ShownTicket
  readonly broadcast: Broadcast
}) {
  function composeStart(): ComposeStart {
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

  return {
    'drafts.reply': ({ ref, text }) => {
      engine.outgoing.setReplyDraft(ref, text)
      return done
    },
    'compose.start': () => {
      // An empty draft is replaced by the next waiting one.
      const { title = '', message = '' } = engine.outgoing.composeDraft()?.draft ?? {}
      if (`${title}${message}`.trim() === '') engine.outgoing.nextComposeDraft(null)
      return succeed(composeStart())
    },
    'compose.new': () => {
      engine.drafts.startNew()
      return succeed(composeStart())
    },
    'drafts.list': () => succeed(engine.drafts.list()),
    'drafts.open': ({ id }) => succeed(engine.drafts.open(id)),
    'drafts.discard': (draft) => {
      const before = engine.outgoing.composeDraft()
      const isDiscarded = engine.drafts.discard(draft)
      // The new-ticket window may be showing the draft.
      if (engine.outgoing.composeDraft() !== before) broadcast('composeDraft', null)
      return succeed(isDiscarded)
    },
    'drafts.restore': () => succeed(engine.drafts.restore()),
    'compose.next': ({ accountId }) => succeed(engine.outgoing.nextComposeDraft(accountId)),
    'compose.draft': ({ accountId, draft }) => {
      engine.outgoing.setComposeDraft(accountId, draft)
      return done
    }
  } satisfies Partial<Handlers>
}
