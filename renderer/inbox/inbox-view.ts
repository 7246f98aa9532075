/** What the inbox shows beyond what main knows, for when its window is let go and opened again. */
import type { FocusView, ListPlace, ListView, ThreadView } from './list/kept-view.svelte.ts'
import type { Tickets } from './list/tickets.svelte.ts'
import { bridge } from '../lib/bridge/bridge.ts'
import type { Settings } from '../../electron/ipc/contract.ts'

interface InboxView {
  readonly list: ListView
  /** Chosen in this run, stored in the settings or not. */
  readonly chosen: Partial<Settings['inbox']>
  readonly place: ListPlace | null
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
export function inboxView(tickets: Tickets): string | null {
  if (document.querySelector(unrepeatable)) return null
  const { view } = tickets
  const shown: InboxView = {
    list: tickets.listView(),
    chosen: view.chosen,
    place: view.list,
    thread: view.readThread?.() ?? null,
    focus: focusView()
  }
  return JSON.stringify(shown)
}

/** Starts the list, with what an earlier page of the same run showed when its window was let go. */
export async function startAsLeft(tickets: Tickets): Promise<void> {
  const view = await bridge.invoke('window.view')
  if (view.ok && view.value !== null) restore(tickets, view.value)
  await tickets.start()
}

function restore(tickets: Tickets, view: string): void {
  const { list, chosen, place, thread, focus } = JSON.parse(view) as InboxView
  tickets.view.chosen = chosen
  tickets.view.list = place
  tickets.view.leftThread = thread
  tickets.view.leftFocus = focus
  tickets.restore(list)
}
