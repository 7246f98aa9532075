import type { StoredEntry } from '../../storage/schemas.ts'
import type { Drafts } from '../../storage/types.ts'
import { appendParagraph } from '../../tickets/text/text.ts'

/**
 * Puts a reply's words behind what its draft holds, and a new ticket before the one that is being written; answers what
 * undoes it. A reply to an account or a customer that is gone (`isOrphan`) has no draft.
 */
export function returnToDraft(
  drafts: Drafts,
  { accountId, action }: Pick<StoredEntry, 'accountId' | 'action'>,
  isOrphan: boolean
): () => void {
  if (action.kind === 'create')
    return drafts.putInFront({ accountId: isOrphan ? null : accountId, draft: action.draft })
  if (action.kind !== 'reply' || isOrphan) return () => undefined
  const { ticketId, text } = action
  const before = drafts.reply(accountId, ticketId)
  drafts.setReply(accountId, ticketId, appendParagraph(before, text))
  return () => drafts.setReply(accountId, ticketId, before)
}
