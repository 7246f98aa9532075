import type { DesktopState, TrayTicket } from '../../../electron/desktop/types.ts'
import type { NotificationText } from '../../../electron/desktop/notifications/notification.ts'
import type { TicketEvent } from '../../../electron/sync/types.ts'

export const platforms = ['darwin', 'win32', 'linux'] as const

export const ref = (ticketId = 272298, accountId = 'one'): { accountId: string; ticketId: number } => ({
  accountId,
  ticketId
})

export const state = (change: Partial<DesktopState> = {}): DesktopState => ({
  locale: 'en',
  counted: 0,
  counts: 'unread',
  isOpening: false,
  newest: [],
  pinned: [],
  connection: 'ok',
  sending: 0,
  uncertain: 0,
  refused: 0,
  undecided: 0,
  notificationsPausedUntil: null,
  shortcut: 'Alt+Shift+N',
  ...change
})

export const unreadTicketOf = (change: Partial<TrayTicket> = {}): TrayTicket => ({
  ref: ref(),
  subject: 'SSH ile bağlanamıyorum',
  speaker: 'Ayşe',
  account: '',
  ...change
})

export const replyFound = (
  ticketId = 272298,
  excerpt = 'İlgileniyoruz.',
  name = 'Ayşe Öztürk'
): TicketEvent => ({
  kind: 'reply',
  ref: ref(ticketId),
  subject: 'SSH ile bağlanamıyorum',
  name,
  excerpt
})

export const text = (change: Partial<NotificationText> = {}): NotificationText => ({
  title: 'Ayşe Öztürk replied — SSH ile bağlanamıyorum',
  body: '#272298 · Ajans Beta\nİlgileniyoruz.',
  ref: ref(),
  silent: false,
  group: 'ticket-one-272298',
  buttons: [
    { kind: 'mark-read', label: 'Okundu olarak işaretle' },
    { kind: 'snooze', label: '1 saat sonra hatırlat' }
  ],
  reply: { label: 'Yanıtla', placeholder: 'Yanıtınız' },
  ...change
})
