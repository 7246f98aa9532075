import type { ThreadMessage } from '../../../../electron/tickets/views.ts'
import type { Actions } from '../../commands/actions.svelte.ts'

const messagesIn = (scroller: HTMLElement | undefined): readonly HTMLElement[] => [
  ...(scroller?.querySelectorAll<HTMLElement>('article[data-key]') ?? [])
]
const focusedAt = (messages: readonly HTMLElement[]): number =>
  messages.findIndex((message) => message.contains(document.activeElement))

/** Copies the message that has the focus, or something in it; else the last one. */
export function copyMessageOf(
  scroller: HTMLElement | undefined,
  messages: readonly ThreadMessage[],
  actions: Pick<Actions, 'copy'>
): void {
  const elements = messagesIn(scroller)
  const key = elements[focusedAt(elements)]?.dataset.key
  const message = messages.find((one) => one.key === key) ?? messages.at(-1)
  if (message && message.text !== '') void actions.copy(message.text)
}

/** The staff's last message with a text, else the last one of all. */
export const messageToQuote = (messages: readonly ThreadMessage[]): ThreadMessage | undefined =>
  messages.findLast(({ author, text }) => author === 'staff' && text !== '') ?? messages.at(-1)

/** Gives the focus to the next or the previous message; to the last one where none has it. */
export function moveToMessage(scroller: HTMLElement | undefined, step: 1 | -1): void {
  const messages = messagesIn(scroller)
  const at = focusedAt(messages)
  const message = at === -1 ? messages.at(-1) : messages[at + step]
  message?.focus({ preventScroll: true })
  message?.scrollIntoView({ block: 'nearest' })
}
