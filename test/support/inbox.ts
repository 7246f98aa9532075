/** The inbox window on a fake inbox, with functions that read what it shows. English UI. */
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { expect, vi } from 'vitest'
import App from '../../renderer/main-window/App.svelte'
import { loadNeeded } from '../../renderer/inbox/banners/seldom.ts'
import { ShownScreen } from '../../renderer/main-window/shown-screen.svelte.ts'
import { Tickets } from '../../renderer/inbox/list/tickets.svelte.ts'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import { fakeInbox, type FakeInbox } from './fake-inbox.ts'

export interface OpenInbox extends FakeInbox {
  readonly user: UserEvent
}

/** happy-dom has no layout: the list gets the height of ten rows. */
function setListHeight(): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500)
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
}

/** Mounts the inbox like `renderer/main-window/window.ts` does when main answers late. */
export async function renderInbox(): Promise<void> {
  const tickets = new Tickets()
  const shownScreen = new ShownScreen()
  shownScreen.startAsLeft(tickets).catch(() => undefined)
  render(App, { tickets, screen: shownScreen })
  await app.start()
  await loadNeeded()
}

/** Opens the window and waits for `until`; default: until rows are shown. */
export async function openInbox(
  options: Parameters<typeof fakeInbox>[0] = {},
  until: () => unknown = () => screen.getAllByRole('option')
): Promise<OpenInbox> {
  setListHeight()
  const inbox = fakeInbox(options)
  setBridge(inbox.bridge)
  const user = userEvent.setup()
  await renderInbox()
  await waitFor(until)
  return { ...inbox, user }
}

export const list = (): HTMLElement => screen.getByRole('listbox', { name: 'Tickets' })
export const options = (): readonly HTMLElement[] => within(list()).getAllByRole('option')
/** Ticket numbers in the list, in order. */
export const ids = (): readonly number[] =>
  options().map((option) => Number(/#(\d+)/.exec(option.textContent)?.[1]))
export const row = (id: number): HTMLElement => {
  const found = options().find((option) => option.textContent.includes(`#${id}`))
  if (!found) throw new Error(`No row of #${id}`)
  return found
}
/** Ticket number of the row with the keyboard focus. */
export function selectedId(): number | null {
  const id = list().getAttribute('aria-activedescendant')
  const element = id === null ? null : document.getElementById(id)
  return element ? Number(/#(\d+)/.exec(element.textContent)?.[1]) : null
}
export const thread = (): HTMLElement => screen.getByRole('region', { name: 'Conversation' })
export const messages = (): readonly HTMLElement[] => within(thread()).getAllByRole('article')
export const replyBox = (): HTMLElement => screen.getByRole('textbox', { name: 'Message' })
export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })

export async function openTicket({ user }: OpenInbox, id: number): Promise<void> {
  await user.click(row(id))
  await waitFor(() => expect(messages().length).toBeGreaterThan(0))
}
