/** What of a thread is in view, and bringing it there. Messages are found by their `data-key`. */

export type Scroller = HTMLElement | undefined

/** Milliseconds that a ticket is in view before a glance has read it. */
export const glanceMs = 1000

/** Pixels of a message that make it seen: its first lines. */
const enough = 60

const messageOf = (scroller: Scroller, key: string | undefined): Element | null =>
  key === undefined ? null : (scroller?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? null)

export const isScrolledToEnd = (scroller: Scroller): boolean =>
  !scroller || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40

export const showLastArticle = (scroller: Scroller): void =>
  scroller?.querySelector('article:last-of-type')?.scrollIntoView({ block: 'nearest' })

/** Scrolls to the first unread message, else to a question, else (`isFirst`) to what was searched for, else to the end. */
export function showNews(scroller: Scroller, unread: string | undefined, isFirst: boolean): void {
  if (!scroller) return
  const target = messageOf(scroller, unread)
  const asked = scroller.querySelector('article.undecided')
  const hit = isFirst ? scroller.querySelector('[data-key] mark') : null
  if (target) target.scrollIntoView({ block: 'start' })
  else if (asked) asked.scrollIntoView({ block: 'start' })
  else if (hit) hit.scrollIntoView({ block: 'center' })
  else scroller.scrollTop = scroller.scrollHeight
}

/** The message, or its beginning, is where one can see it. True where there is none. */
export function isMessageInView(key: string | undefined, scroller: Scroller, section: Scroller): boolean {
  const message = messageOf(scroller, key)
  if (!message || !scroller || !section) return true
  const { top, height } = message.getBoundingClientRect()
  // In a low window the whole thread scrolls, not the list of messages.
  const end = Math.min(scroller.getBoundingClientRect().bottom, section.getBoundingClientRect().bottom)
  return top + Math.min(height, enough) <= end + 1
}
