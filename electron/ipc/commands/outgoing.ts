import type { Engine } from '../../sync/types.ts'
import type { OutboxItem } from '../../tickets/views.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { Settings } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import { succeed } from './outcomes.ts'

/** Least time in milliseconds before a close request is sent: one ticket is closed without a question. */
const closeUndoMs = 6000

/** Commands for replies, closing, new tickets and the outbox. */
export function outgoingCommands({
  engine,
  settings,
  broadcast
}: {
  readonly engine: Engine
  readonly settings: Pick<SettingsStore<Settings>, 'current'>
  readonly broadcast: Broadcast
}) {
  const sendUndoMs = (): number => settings.current().undoSendSeconds * 1000
  const closeHoldMs = (): number => Math.max(closeUndoMs, sendUndoMs())

  /** Tells windows that the engine appended the entry's text to the reply draft; a reply box may be showing it. */
  function broadcastDraft({ accountId, action }: Pick<OutboxItem, 'accountId' | 'action'>): void {
    if (action.kind === 'reply')
      broadcast('draft', { accountId, ticketId: action.ticketId, added: action.text })
  }

  return {
    'tickets.reply': ({ ref, text }) => engine.outgoing.reply(ref, text, 'draft', sendUndoMs()),
    'tickets.replyAndClose': ({ ref, text }) => engine.outgoing.replyAndClose(ref, text, closeHoldMs()),
    'tickets.close': ({ refs }) => engine.outgoing.close(refs, closeHoldMs()),
    'tickets.create': ({ accountId, draft, password }) =>
      engine.outgoing.create(accountId, draft, password, sendUndoMs()),

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
    }
  } satisfies Partial<Handlers>
}
