import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { TicketMenuChoice } from '../../ipc/contract.ts'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'

/** The menu's close callback may precede the click by up to this many milliseconds. */
const maxClickDelayMs = 200

/** Groups of menu items: open, change, what is kept about it here, copy, leave the app. */
const groups: Readonly<Record<TicketMenuChoice, number>> = {
  open: 0,
  reply: 0,
  read: 1,
  unread: 1,
  close: 1,
  done: 2,
  undone: 2,
  snooze: 2,
  'follow-up': 2,
  pin: 2,
  unpin: 2,
  tags: 2,
  title: 2,
  note: 2,
  mute: 2,
  unmute: 2,
  'copy-number': 3,
  'copy-title': 3,
  'copy-link': 3,
  panel: 4
}

export function ticketMenu(
  choices: readonly TicketMenuChoice[],
  locale: Locale,
  choose: (choice: TicketMenuChoice) => void
): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  return choices.flatMap((choice, i): MenuItemConstructorOptions[] => {
    const before = choices[i - 1]
    const item = { id: choice, label: words.ticketMenu[choice], click: () => choose(choice) }
    return before !== undefined && groups[before] !== groups[choice] ? [{ type: 'separator' }, item] : [item]
  })
}

/** `at`: position in the page, in CSS pixels. Resolves with null if the menu was closed without a choice. */
export function chooseFromTicketMenu(
  choices: readonly TicketMenuChoice[],
  at: { readonly x: number; readonly y: number },
  windowId: number | null,
  locale: Locale
): Promise<TicketMenuChoice | null> {
  const window = windowId === null ? null : BrowserWindow.fromId(windowId)
  if (!window) return Promise.resolve(null)
  return new Promise((resolve) => {
    const zoom = window.webContents.getZoomFactor()
    Menu.buildFromTemplate(ticketMenu(choices, locale, resolve)).popup({
      window,
      x: Math.round(at.x * zoom),
      y: Math.round(at.y * zoom),
      callback: () => setTimeout(() => resolve(null), maxClickDelayMs)
    })
  })
}
