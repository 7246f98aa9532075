const messagesIn = (scroller: HTMLElement | undefined): readonly HTMLElement[] => [
  ...(scroller?.querySelectorAll<HTMLElement>('article[data-key]') ?? [])
]
const focusedAt = (messages: readonly HTMLElement[]): number =>
  messages.findIndex((message) => message.contains(document.activeElement))

/** The key of the message that has the focus, or something in it; undefined where none has. */
export function focusedMessage(scroller: HTMLElement | undefined): string | undefined {
  const messages = messagesIn(scroller)
  return messages[focusedAt(messages)]?.dataset.key
}

/** Gives the focus to the next or the previous message; to the last one where none has it. */
export function moveToMessage(scroller: HTMLElement | undefined, step: 1 | -1): void {
  const messages = messagesIn(scroller)
  const at = focusedAt(messages)
  const message = at === -1 ? messages.at(-1) : messages[at + step]
  message?.focus({ preventScroll: true })
  message?.scrollIntoView({ block: 'nearest' })
}
