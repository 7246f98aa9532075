import type { StoredEntry } from '../../storage/schemas.ts'
import type { Drafts } from '../../storage/types.ts'
import { appendParagraph } from '../../tickets/text/text.ts'

/**
 * Appends a reply's text to its draft, or shows a new ticket before the current draft. Returns a function that undoes it.
 * A reply of a removed account or customer (`isOrphan`) has no draft: nothing is done.
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
