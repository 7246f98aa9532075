/** What the inbox shows beyond what main knows, for when its window is let go and opened again. */
import type { FocusView, ListPlace, ListView, ThreadPlace, ThreadView } from './list/kept-view.svelte.ts'
import type { Tickets } from './list/tickets.svelte.ts'
import type { Settings } from '../../electron/ipc/contract.ts'

export interface InboxView {
  readonly list: ListView
  /** Chosen in this run, stored in the settings or not. */
  readonly chosen: Partial<Settings['inbox']>
  readonly place: ListPlace | null
  /** Where the thread was scrolled to; another screen was shown since. */
  readonly threadPlace: ThreadPlace | null
  readonly thread: ThreadView | null
  readonly focus: FocusView | null
}

/** What cannot be shown again as it was: dialogs, fetched images, messages about failures, questions half answered. */
const unrepeatable = 'dialog[open], .thread img, .thread [role="alert"], article.undecided'

const isField = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement

function focusView(): FocusView | null {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const [start, end] = isField(element) ? [element.selectionStart, element.selectionEnd] : [null, null]
  const range = { start: start ?? 0, end: end ?? 0 }
  if (element instanceof HTMLTextAreaElement && element.closest('.reply')) return { part: 'reply', ...range }
  if (element.closest('.thread')) return { part: 'thread', ...range }
  if (element instanceof HTMLInputElement) return { part: 'search', ...range }
  return { part: 'list', ...range }
}

/** Null where something would be lost. */
export function inboxView(tickets: Tickets): InboxView | null {
  if (document.querySelector(unrepeatable)) return null
  const { view } = tickets
  return {
    list: tickets.listView(),
    chosen: view.chosen,
    place: view.list,
    threadPlace: view.thread,
    thread: view.readThread?.() ?? null,
    focus: focusView()
  }
}

/** Call it before `tickets.start`. */
export function restoreInbox(
  tickets: Tickets,
  { list, chosen, place, threadPlace, thread, focus }: InboxView
): void {
  tickets.view.chosen = chosen
  tickets.view.list = place
  tickets.view.thread = threadPlace
  tickets.view.leftThread = thread
  tickets.view.leftFocus = focus
  tickets.restore(list)
}
