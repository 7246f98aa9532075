import type { Locale } from '../../tickets/locale.ts'
import type { Act, DesktopState, Platform, TrayTicket } from '../types.ts'
import { plainLine } from '../plain-line.ts'
import { wordsOf } from '../words.ts'
import { plainContent, type MenuEntry, type TrayContent } from './tray-content.ts'
import { trayIconName } from './tray-icon.ts'

/** Maximum lengths of a menu line's parts, so that each part stays visible. */
const maxSubject = 40
const maxName = 20

/** Number, subject, speaker and account. `&` is doubled on Windows and Linux, where it would underline a letter. */
export function ticketLabel({ ref, subject, speaker, account }: TrayTicket, platform: Platform): string {
  const names = [speaker, account].map((name) => plainLine(name, maxName)).filter((name) => name !== '')
  const whose = names.length > 0 ? ` — ${names.join(' · ')}` : ''
  const label = `#${ref.ticketId} ${plainLine(subject, maxSubject)}${whose}`
  return platform === 'darwin' ? label : label.replaceAll('&', '&&')
}

/** Outbox counts; entries that need a decision come first. */
function outboxLines(state: DesktopState): readonly string[] {
  const words = wordsOf(state.locale)
  const line = (count: number, text: (count: number) => string): readonly string[] =>
    count > 0 ? [text(count)] : []
  return [
    ...line(state.undecided, words.undecided),
    ...line(state.refused, words.refused),
    ...line(state.sending, words.sending),
    ...line(state.uncertain, words.uncertain)
  ]
}

/** The number of counted tickets in words, which is not 0. */
export function countText({ locale, counted, counts }: DesktopState): string {
  const words = wordsOf(locale)
  return counts === 'unread' ? words.unread(counted) : words.yourTurn(counted)
}

/** That there is nothing is shown only after all accounts were opened. */
function countLine(state: DesktopState): string {
  const { counted, counts, isOpening } = state
  const words = wordsOf(state.locale)
  const nothing = counts === 'unread' ? words.nothingUnread : words.nothingWaits
  const line = counted > 0 ? [countText(state)] : isOpening ? [] : [nothing]
  return [...line, ...(isOpening ? [words.opening] : [])].join(', ')
}

export function trayMenu(state: DesktopState, platform: Platform, act: Act): MenuEntry[] {
  const words = wordsOf(state.locale)
  const separator: MenuEntry = { type: 'separator' }
  const lineOf = (ticket: TrayTicket): MenuEntry => ({
    id: `${ticket.ref.accountId}/${ticket.ref.ticketId}`,
    label: ticketLabel(ticket, platform),
    click: () => act({ kind: 'open-ticket', ref: ticket.ref })
  })
  const tickets = state.newest.slice(0, 5).map(lineOf)
  const pinned = state.pinned.slice(0, 5).map(lineOf)
  const pause = (label: string, length: 'hour' | 'tomorrow' | 'until-on' | 'off'): MenuEntry => ({
    label,
    click: () => act({ kind: 'pause-notifications', for: length })
  })
  return [
    { label: countLine(state), enabled: false },
    ...outboxLines(state).map((label) => ({ label, click: () => act({ kind: 'outbox' }) })),
    ...(state.connection === 'offline' ? [{ label: words.offline, enabled: false }] : []),
    ...(state.connection === 'attention'
      ? [{ label: words.attention, click: () => act({ kind: 'settings' }) }]
      : []),
    ...tickets,
    ...(pinned.length > 0 ? [separator, { label: words.pinned, enabled: false }, ...pinned] : []),
    separator,
    {
      label: words.newTicket,
      ...(state.shortcut ? { accelerator: state.shortcut } : {}),
      click: () => act({ kind: 'new-ticket' })
    },
    { label: words.checkNow, click: () => act({ kind: 'check-now' }) },
    {
      label: words.pauseNotifications,
      submenu: [
        ...(state.notificationsPausedUntil === null ? [] : [pause(words.resume, 'off')]),
        pause(words.forAnHour, 'hour'),
        pause(words.untilTomorrow, 'tomorrow'),
        pause(words.untilIturnItOn, 'until-on')
      ]
    },
    separator,
    { label: words.inbox, click: () => act({ kind: 'inbox' }) },
    { label: words.settings, click: () => act({ kind: 'settings' }) },
    { label: words.quit, click: () => act({ kind: 'quit' }) }
  ]
}

/** The tooltip names every state that the icon can show. */
export function trayTooltip(state: DesktopState): string {
  const words = wordsOf(state.locale)
  const parts = [
    countLine(state),
    ...(state.connection === 'offline' ? [words.offline] : []),
    ...(state.connection === 'attention' ? [words.attention] : []),
    ...(state.connection === 'paused' || state.notificationsPausedUntil !== null ? [words.paused] : []),
    ...outboxLines(state)
  ]
  return `Bilet — ${parts.join(', ')}`
}

/** Text beside the icon in macOS' menu bar; empty if nothing is unread. */
export const trayTitle = (unread: number): string => (unread > 99 ? '99+' : unread > 0 ? String(unread) : '')

export const trayContent = (state: DesktopState, platform: Platform, act: Act): TrayContent => ({
  icon: trayIconName(state),
  tooltip: trayTooltip(state),
  entries: trayMenu(state, platform, act),
  title: platform === 'darwin' ? trayTitle(state.counted) : ''
})

/** Shown until the accounts were read: without count, and what needs them waits. */
export function startingContent(locale: Locale, act: Act): TrayContent {
  const words = wordsOf(locale)
  return {
    ...plainContent,
    tooltip: `Bilet — ${words.opening}`,
    entries: [
      { label: words.opening, enabled: false },
      { type: 'separator' },
      { label: words.quit, click: () => act({ kind: 'quit' }) }
    ]
  }
}
