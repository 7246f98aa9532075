/** In which form an account's messages go to the server. */
import type { SentForm, TextForm } from '../../account-rules.ts'
import type { ApiVersion, NewTicket } from '../../ticket.ts'
import type { OutboxAction } from '../../views.ts'
import { toAscii } from './ascii.ts'

/** v1 asks for no Turkish letters where a ticket is created, and a reply goes into the same system; v2 does not. */
const asksForAscii: Readonly<Record<ApiVersion, boolean>> = { v1: true, v2: false }

/** `damagesLetters`: a message that was sent as written came back with other letters. */
export function sentFormOf(rule: TextForm, version: ApiVersion, damagesLetters: boolean): SentForm {
  if (rule !== 'auto') return rule
  return damagesLetters || asksForAscii[version] ? 'ascii' : 'as-written'
}

/** As written, letters are composed and line ends are `\n`: the same text, in the form that every server expects. */
export const inSentForm = (text: string, form: SentForm): string =>
  form === 'ascii' ? toAscii(text) : text.normalize('NFC').replace(/\r\n?/g, '\n')

const draftInSentForm = (draft: NewTicket, form: SentForm): NewTicket => ({
  ...draft,
  title: inSentForm(draft.title, form),
  message: inSentForm(draft.message, form)
})

export function actionInSentForm(action: OutboxAction, form: SentForm): OutboxAction {
  switch (action.kind) {
    case 'create':
      return { ...action, draft: draftInSentForm(action.draft, form) }
    case 'reply':
      return { ...action, text: inSentForm(action.text, form) }
    case 'close':
      return action
  }
}
