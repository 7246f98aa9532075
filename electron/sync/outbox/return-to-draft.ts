import type { StoredEntry } from '../../storage/schemas.ts'
import type { Drafts } from '../../storage/types.ts'
import { appendParagraph } from '../../tickets/text/text.ts'

/**
 * Puts an entry's words behind what its draft holds; answers what undoes it. Null where another new ticket is being
 * written. A reply to an account or a customer that is gone (`isOrphan`) has no draft.
 */
export function returnToDraft(
  drafts: Drafts,
  { accountId, action }: Pick<StoredEntry, 'accountId' | 'action'>,
  isOrphan: boolean
): (() => void) | null {
  if (action.kind === 'create') {
    const before = drafts.compose()
    const { title = '', message = '' } = before?.draft ?? {}
    if (title.trim() !== '' || message.trim() !== '') return null
    drafts.setCompose(isOrphan ? null : accountId, action.draft)
    return () => {
      if (before) drafts.setCompose(before.accountId, before.draft)
      else drafts.forgetCompose()
    }
  }
  if (action.kind !== 'reply' || isOrphan) return () => undefined
  const { ticketId, text } = action
  const before = drafts.reply(accountId, ticketId)
  drafts.setReply(accountId, ticketId, appendParagraph(before, text))
  return () => drafts.setReply(accountId, ticketId, before)
}
