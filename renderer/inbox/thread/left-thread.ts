/** A thread as it was when the window was let go. */
import type { ThreadView } from '../list/kept-view.svelte.ts'
import { isScrolledToEnd, type Scroller } from './scroll.ts'

interface Keyed {
  readonly key: string
}

/**
 * The messages that were not there before: when the thread was loaded last, or when the window was let go, of which only
 * the newest message (`newestLeft`) is known.
 */
export function freshMessages<Message extends Keyed>(
  messages: readonly Message[],
  before: readonly Keyed[] | null,
  newestLeft: string | null
): readonly Message[] {
  if (before === null && newestLeft !== null)
    return messages.slice(messages.findIndex(({ key }) => key === newestLeft) + 1)
  const known = new Set(before?.map(({ key }) => key))
  return messages.filter(({ key }) => !known.has(key))
}

/** The parts that a click folds and unfolds, in the order of the page. */
const foldable = (scroller: Scroller): readonly HTMLDetailsElement[] => [
  ...(scroller?.querySelectorAll('details') ?? [])
]

/** How far a thread is scrolled, in CSS pixels, and which of its parts are unfolded. */
export const scrollView = (scroller: Scroller): Pick<ThreadView, 'top' | 'isAtEnd' | 'openParts'> => ({
  top: scroller?.scrollTop ?? 0,
  isAtEnd: isScrolledToEnd(scroller),
  openParts: foldable(scroller).flatMap((part, at) => (part.open ? [at] : []))
})

/** Shows a thread as it was left: what was unfolded, and scrolled to where it was. */
export function showAsLeft(scroller: Scroller, left: Pick<ThreadView, 'top' | 'openParts'>): void {
  for (const [at, part] of foldable(scroller).entries()) part.open = left.openParts.includes(at)
  if (scroller) scroller.scrollTop = left.top
}
