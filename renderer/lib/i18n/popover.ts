import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from '../numbers.ts'

const tr = {
  title: 'Okunmamış biletler',
  nothing: 'Okunmamış bilet yok',
  count: (count: number) => `${n.tr(count)} okunmamış bilet`,
  openAll: 'Tümünü aç',
  newTicket: 'Yeni bilet',
  reply: 'Yanıtla',
  markRead: 'Okundu olarak işaretle',
  snooze: 'Ertele',
  message: 'Yanıt',
  send: 'Gönder',
  sendAnyway: 'Yine de gönder',
  heldBack: 'Bu metnin bir kısmı değişerek gidecek ya da gidemeyecek; uygunsa yeniden gönderin.',
  queued: 'Yanıtınız giden kutusunda',
  sendingSoon: 'Yanıtınız birkaç saniye içinde gönderilecek',
  undo: 'Geri al'
}

const en: typeof tr = {
  title: 'Unread tickets',
  nothing: 'No unread tickets',
  count: (count) => `${n.en(count)} unread ${count === 1 ? 'ticket' : 'tickets'}`,
  openAll: 'Open all',
  newTicket: 'New ticket',
  reply: 'Reply',
  markRead: 'Mark as read',
  snooze: 'Snooze',
  message: 'Reply text',
  send: 'Send',
  sendAnyway: 'Send anyway',
  heldBack: 'Part of this text would be sent changed or not at all; if it is fine like this, send again.',
  queued: 'Your reply is in the outbox',
  sendingSoon: 'Your reply will be sent in a few seconds',
  undo: 'Undo'
}

export const popover: Readonly<Record<Locale, typeof tr>> = { tr, en }
