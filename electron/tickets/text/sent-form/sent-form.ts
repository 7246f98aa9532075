/** The form in which an account's messages are sent. */
import type { SentForm, TextForm } from '../../account-rules.ts'
import type { ApiVersion, NewTicket } from '../../ticket.ts'
import type { OutboxAction } from '../../views.ts'
import { toAscii } from './ascii.ts'

/** The v1 documentation forbids Turkish letters in new tickets; replies are treated the same. v2 allows them. */
export const asksForAscii: Readonly<Record<ApiVersion, boolean>> = { v1: true, v2: false }

/** `damagesLetters`: a message sent as written came back with other letters. */
export function sentFormOf(rule: TextForm, version: ApiVersion, damagesLetters: boolean): SentForm {
  if (rule !== 'auto') return rule
  return damagesLetters || asksForAscii[version] ? 'ascii' : 'as-written'
}

/** In the form `as-written` the text is only normalized: composed letters (NFC) and `\n` as line end. */
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
