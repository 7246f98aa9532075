/** What the outbox and its questions say; read only once one of them is shown. */
import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from './numbers.ts'

const tr = {
  title: 'Giden kutusu',
  back: 'Gelen kutusuna dön',
  needsYou: 'Sizi bekleyenler',
  waiting: 'Gönderilmeyi bekleyenler',
  sent: 'Gönderildi, listede henüz görünmüyor',
  history: 'Geçmiş',
  nothing: 'Giden kutusu boş',
  nothingHint: 'Gönderdiğiniz her ileti, sunucunun listesinde görünene kadar burada durur.',
  noHistory: 'Henüz bir şey gönderilmedi.',
  retryAll: 'Hepsini yeniden gönder',
  cancelAll: 'Hepsini iptal et',
  confirmCancel: (count: number) => `${n.tr(count)} ileti iptal edilsin mi?`,
  confirmCancelHint:
    'Yanıtlar biletlerinin taslağına, yeni bilet kendi taslağına döner. Gönderilmekte olan ya da ulaşmış olabilecek iletiler kalır.',
  cancelled: (count: number) => `${n.tr(count)} ileti iptal edildi`,
  keep: 'Vazgeç',
  moreOf: (count: number) => `${n.tr(count)} ileti daha göster`,
  openTicket: (id: number) => `#${id} numaralı bileti aç`,
  reply: 'Yanıt',
  create: 'Yeni bilet',
  close: 'Kapatma isteği',
  queuedAt: (time: string) => `${time} yazıldı`,
  attempts: (count: number) => `${n.tr(count)} deneme`,
  copyText: 'Metni kopyala',
  showWhole: 'Tamamını göster',
  showLess: 'Kısalt',
  writeAgain: 'Yeniden yaz',
  ends: {
    shown: 'Ulaştı; sunucunun listesinde',
    hidden: 'Ulaştı; sunucu yanıtları listelemiyor',
    confirmed: 'Ulaştı; siz onayladınız',
    'kept-as-draft': 'Taslağa alındı',
    'taken-back': 'Geri alındı, gönderilmedi',
    discarded: 'Silindi',
    refused: 'Sunucu kabul etmedi'
  },

  isThisYourReply: 'Yanıtınız bu mu?',
  isThisYourTicket: 'Açtığınız bilet bu mu?',
  similarReply:
    'Yanıtınız gönderilirken sunucudan kesin bir sonuç gelmedi. Sunucuda sizden gelen, ama metni tam aynı olmayan bir yanıt var.',
  similarTicket:
    'Biletiniz gönderilirken sunucudan kesin bir sonuç gelmedi. Sunucuda sizin açtığınız, ama metni tam aynı olmayan bir bilet var.',
  didItArrive: 'Ulaştı mı?',
  notShown: 'Sunucu aldığını bildirdi, ama listesinde hâlâ görünmüyor. Panelden kontrol edebilirsiniz.',
  cannotTell:
    'Gönderilirken sunucudan kesin bir sonuç gelmedi; ulaşıp ulaşmadığı buradan anlaşılamıyor. Panelden kontrol edebilirsiniz. Otomatik olarak yeniden gönderilmez.',
  yours: 'Sizin yazdığınız',
  atServer: 'Sunucudaki',
  atServerTicket: (id: number) => `Sunucudaki, #${id}`,
  differences: 'Farklı kelimeler işaretlidir.',
  noTime: 'zamanı bilinmiyor',
  which: (at: number, count: number) => `${n.tr(at)} / ${n.tr(count)}`,
  previous: 'Önceki ileti',
  next: 'Sonraki ileti',
  arrived: 'Evet, ulaştı',
  fine: 'Sorun yok, ulaştı',
  notThis: 'Hayır, yeniden gönder',
  sendAgain: 'Yeniden gönder',
  keepAsDraft: 'Taslağa al',
  discard: 'İsteği sil',
  remove: 'Sil',
  secondCopy: 'Yeniden gönderirseniz ve ilki ulaşmışsa, destek ekibi aynı iletiyi iki kez görür.'
}

const en: typeof tr = {
  title: 'Outbox',
  back: 'Back to the inbox',
  needsYou: 'Waiting for you',
  waiting: 'Waiting to be sent',
  sent: 'Sent, not in the list yet',
  history: 'History',
  nothing: 'The outbox is empty',
  nothingHint: 'Everything you send stays here until it appears in the server’s list.',
  noHistory: 'Nothing has been sent yet.',
  retryAll: 'Send all again',
  cancelAll: 'Cancel all',
  confirmCancel: (count) => `Cancel ${n.en(count)} ${count === 1 ? 'message' : 'messages'}?`,
  confirmCancelHint:
    'Replies go back to their tickets as drafts, a new ticket to the new-ticket draft. Messages that are being sent or may have arrived stay.',
  cancelled: (count) => `${n.en(count)} ${count === 1 ? 'message' : 'messages'} cancelled`,
  keep: 'Back',
  moreOf: (count) => `Show ${n.en(count)} more`,
  openTicket: (id) => `Open ticket #${id}`,
  reply: 'Reply',
  create: 'New ticket',
  close: 'Close request',
  queuedAt: (time) => `written ${time}`,
  attempts: (count) => `${n.en(count)} ${count === 1 ? 'attempt' : 'attempts'}`,
  copyText: 'Copy text',
  showWhole: 'Show all',
  showLess: 'Show less',
  writeAgain: 'Write again',
  ends: {
    shown: 'Arrived; in the server’s list',
    hidden: 'Arrived; the server does not list replies',
    confirmed: 'Arrived; you confirmed it',
    'kept-as-draft': 'Kept as draft',
    'taken-back': 'Cancelled, not sent',
    discarded: 'Deleted',
    refused: 'Refused by the server'
  },

  isThisYourReply: 'Is this your reply?',
  isThisYourTicket: 'Is this your ticket?',
  similarReply:
    'The server gave no clear result when your reply was sent. It has a reply from you whose text is not quite the same.',
  similarTicket:
    'The server gave no clear result when your ticket was sent. It has a ticket from you whose text is not quite the same.',
  didItArrive: 'Did it arrive?',
  notShown: 'The server confirmed it, but it is still not in the server’s list. You can check in the panel.',
  cannotTell:
    'The server gave no clear result when it was sent, so it is not known whether it arrived. You can check in the panel. It is not sent again automatically.',
  yours: 'What you wrote',
  atServer: 'On the server',
  atServerTicket: (id) => `On the server, #${id}`,
  differences: 'Different words are highlighted.',
  noTime: 'time unknown',
  which: (at, count) => `${n.en(at)} of ${n.en(count)}`,
  previous: 'Previous message',
  next: 'Next message',
  arrived: 'Yes, it arrived',
  fine: 'It’s fine, it arrived',
  notThis: 'No, send again',
  sendAgain: 'Send again',
  keepAsDraft: 'Keep as draft',
  discard: 'Delete request',
  remove: 'Delete',
  secondCopy:
    'If you send it again and the first one did arrive, the support staff will see the same message twice.'
}

export const outbox: Readonly<Record<Locale, typeof tr>> = { tr, en }
