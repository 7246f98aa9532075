import type { OutboxItem } from '../../../electron/tickets/views.ts'
import { app } from '../../lib/app.svelte.ts'
import { clock } from '../../lib/format.ts'
import { words } from '../../lib/i18n/index.ts'
import { withoutRetrySentence } from '../../lib/i18n/problems.ts'
import { problemWords } from '../banners/problem-words.ts'

/** Cannot be sent: its account was removed or belongs to another customer now. */
export function isStranded({ accountId, problem }: OutboxItem): boolean {
  return problem?.kind === 'other-customer' || !app.accounts.some(({ id }) => id === accountId)
}

/** It can be sent again without a second copy: the server has not taken it. */
export const canRetry = (item: OutboxItem): boolean =>
  !isStranded(item) && (item.state === 'refused' || (item.state === 'queued' && item.problem !== null))

/** Where an entry of the outbox stands, and what follows. */
export function pendingWords(item: OutboxItem): string {
  const say = words().inbox
  const { state, problem } = item
  // A past time is not over: a closing waits for its reply, for example.
  const nextAttemptAt = (item.nextAttemptAt ?? 0) > app.lately ? item.nextAttemptAt : null
  if (problem?.kind === 'other-customer') return say.otherCustomer
  if (isStranded(item)) return say.orphan
  // Delayed so that it can be undone.
  if (item.attempts === 0 && nextAttemptAt !== null && state === 'queued' && !problem)
    return item.action.kind === 'close' ? say.closingSoon : say.sendingSoon
  switch (state) {
    // A network error does not tell whether the message arrived.
    case 'sending':
    case 'sent':
    case 'uncertain':
    case 'undecided':
      return say.outboxState[state]
    case 'refused': {
      if (!problem) return say.outboxState[state]
      const own = item.action.kind === 'close' ? say.closeRefused : say.writeRefused
      const text = own[problem.kind] ?? withoutRetrySentence(words().problems[problem.kind], app.locale)
      const more = problem.serverMessage ? [say.serverSays(problem.serverMessage)] : []
      return [`${say.outboxState[state]}:`, text, ...more].join(' ')
    }
    case 'queued': {
      if (!problem)
        return nextAttemptAt === null
          ? say.outboxState[state]
          : `${say.outboxState[state]}. ${say.nextTry(clock(nextAttemptAt, app.locale))}`
      const { what, next } = problemWords(problem, nextAttemptAt)
      return [`${say.outboxState[state]}:`, ...what, ...next].join(' ')
    }
  }
}
