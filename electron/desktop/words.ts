import type { TicketEvent } from '../sync/types.ts'
import { inDigits } from '../tickets/text/numbers.ts'
import { plainLine } from './plain-line.ts'
import type { Locale } from '../tickets/locale.ts'

/** What the tray, notifications and menus say. Turkish and English side by side; the compiler misses none. */
export interface Words {
  readonly unread: (count: number) => string
  readonly nothingUnread: string
  readonly offline: string
  readonly attention: string
  readonly paused: string
  readonly sending: (count: number) => string
  readonly uncertain: (count: number) => string
  readonly undecided: (count: number) => string
  readonly notShown: (count: number) => string
  readonly refused: (count: number) => string
  readonly newTicket: string
  readonly checkNow: string
  readonly pauseNotifications: string
  readonly forAnHour: string
  readonly untilTomorrow: string
  readonly untilIturnItOn: string
  readonly resume: string
  readonly inbox: string
  readonly settings: string
  readonly quit: string
  readonly replied: (ticket: number, name: string) => string
  readonly statusNow: (ticket: number, status: string) => string
  readonly closed: (ticket: number) => string
  readonly signedOut: (account: string) => string
  readonly signInAgain: string
  readonly several: (count: number) => string
  /** What came while nobody could show it. */
  readonly missed: (count: number) => string
  readonly staff: string
  readonly markAsRead: string
  readonly snoozeHour: string
  readonly reply: string
  readonly replyHere: string
  readonly test: string
  readonly testBody: string
  readonly unsentBody: string
  readonly uncertainBody: string
  readonly undecidedBody: string
  readonly stillInTray: string
  readonly stillInTrayBody: string
  /** Kinds of file in the dialog that asks where to save. */
  readonly files: { readonly text: string; readonly all: string }
  /** The first notification, with which the system asks whether there may be more. */
  readonly notificationsHere: string
  readonly notificationsHereBody: string
  /** Before a page over plain http is opened. */
  readonly openHttp: (host: string) => string
  readonly openHttpDetail: string
  readonly open: string
  readonly cancel: string
  /** The application's menu and that of a text. */
  readonly menu: {
    readonly about: string
    readonly services: string
    readonly hide: string
    readonly hideOthers: string
    readonly showAll: string
    readonly file: string
    readonly close: string
    readonly edit: string
    readonly undo: string
    readonly redo: string
    readonly cut: string
    readonly copy: string
    readonly paste: string
    readonly remove: string
    readonly selectAll: string
    readonly window: string
    readonly minimize: string
    readonly zoom: string
    readonly front: string
    readonly learn: string
  }
}

const tr: Words = {
  unread: (count) => `${inDigits(count, 'tr')} okunmamış`,
  nothingUnread: 'Okunmamış yanıt yok',
  offline: 'çevrimdışı',
  attention: 'yeniden oturum açın',
  paused: 'bildirimler duraklatıldı',
  sending: (count) => `${inDigits(count, 'tr')} gönderilmeyi bekliyor`,
  uncertain: (count) => `${inDigits(count, 'tr')} iletinin ulaşıp ulaşmadığı kontrol ediliyor`,
  undecided: (count) => `${inDigits(count, 'tr')} ileti kararınızı bekliyor`,
  notShown: (count) => `${inDigits(count, 'tr')} ileti gönderildi, sunucunun listesinde henüz görünmüyor`,
  refused: (count) => `${inDigits(count, 'tr')} gönderilemedi`,
  newTicket: 'Yeni bilet',
  checkNow: 'Şimdi denetle',
  pauseNotifications: 'Bildirimleri duraklat',
  forAnHour: '1 saat',
  untilTomorrow: 'Yarına kadar',
  untilIturnItOn: 'Ben açana kadar',
  resume: 'Bildirimleri aç',
  inbox: 'Gelen kutusu',
  settings: 'Ayarlar',
  quit: 'Çık',
  replied: (ticket, name) => `#${ticket} — ${name} yanıtladı`,
  statusNow: (ticket, status) => `#${ticket} — durum: ${status}`,
  closed: (ticket) => `#${ticket} kapatıldı`,
  signedOut: (account) => `${account}: yeniden oturum açın`,
  signInAgain: 'Sunucu bu anahtarı kabul etmedi. Panelden yeni bir anahtar alıp yapıştırın.',
  several: (count) => `${inDigits(count, 'tr')} yeni gelişme`,
  missed: (count) => `Bildirim gösterilemezken ${inDigits(count, 'tr')} yeni gelişme oldu`,
  staff: 'Destek ekibi',
  markAsRead: 'Okundu say',
  snoozeHour: '1 saat sonra anımsat',
  reply: 'Yanıtla',
  replyHere: 'Yanıtınız',
  test: 'Bilet bildirimi',
  testBody: 'Yeni yanıtlar böyle görünür.',
  unsentBody: 'Saklandı; Bilet yeniden açılınca gönderilecek.',
  uncertainBody: 'Ulaşıp ulaşmadığına Bilet yeniden açılınca bakılacak; iki kez gönderilmez.',
  undecidedBody: 'Siz karar verene kadar saklanır; kendiliğinden gönderilmez.',
  stillInTray: 'Bilet tepside çalışıyor',
  stillInTrayBody: 'Yeni yanıtları bildirmeyi sürdürür. Kapatmak için tepsideki menüden Çık’ı seçin.',
  files: { text: 'Metin', all: 'Tüm dosyalar' },
  notificationsHere: 'Yeni yanıtlar burada bildirilecek',
  notificationsHereBody: 'Destek ekibi yanıt verdiğinde haber almak için bildirimlere izin verin.',
  openHttp: (host) => `${host} açılsın mı?`,
  openHttpDetail:
    'Bağlantı şifreli değil (http): gidip gelenler yolda okunabilir ve değiştirilebilir. Açarsanız bu sunucu için bir daha sorulmaz.',
  open: 'Aç',
  cancel: 'Vazgeç',
  menu: {
    about: 'Bilet hakkında',
    services: 'Servisler',
    hide: 'Bilet’i gizle',
    hideOthers: 'Diğerlerini gizle',
    showAll: 'Tümünü göster',
    file: 'Dosya',
    close: 'Pencereyi kapat',
    edit: 'Düzen',
    undo: 'Geri al',
    redo: 'Yinele',
    cut: 'Kes',
    copy: 'Kopyala',
    paste: 'Yapıştır',
    remove: 'Sil',
    selectAll: 'Tümünü seç',
    window: 'Pencere',
    minimize: 'Simge durumuna küçült',
    zoom: 'Büyüt',
    front: 'Tümünü öne getir',
    learn: 'Sözlüğe ekle'
  }
}

const en: Words = {
  unread: (count) => `${inDigits(count, 'en')} unread`,
  nothingUnread: 'No unread replies',
  offline: 'offline',
  attention: 'sign in again',
  paused: 'notifications paused',
  sending: (count) => `${inDigits(count, 'en')} waiting to be sent`,
  uncertain: (count) => `${inDigits(count, 'en')} being looked for at the server`,
  undecided: (count) => `${inDigits(count, 'en')} waiting for your decision`,
  notShown: (count) => `${inDigits(count, 'en')} sent, but not in the server’s list yet`,
  refused: (count) => `${inDigits(count, 'en')} not sent`,
  newTicket: 'New ticket',
  checkNow: 'Check now',
  pauseNotifications: 'Pause notifications',
  forAnHour: '1 hour',
  untilTomorrow: 'Until tomorrow',
  untilIturnItOn: 'Until I turn it on',
  resume: 'Turn notifications on',
  inbox: 'Inbox',
  settings: 'Settings',
  quit: 'Quit',
  replied: (ticket, name) => `#${ticket} — ${name} replied`,
  statusNow: (ticket, status) => `#${ticket} — status: ${status}`,
  closed: (ticket) => `#${ticket} was closed`,
  signedOut: (account) => `${account}: sign in again`,
  signInAgain: 'The server did not accept this token. Get a new one from the panel and paste it here.',
  several: (count) => `${inDigits(count, 'en')} ${count === 1 ? 'update' : 'updates'}`,
  missed: (count) =>
    `${inDigits(count, 'en')} ${count === 1 ? 'update' : 'updates'} while notifications could not be shown`,
  staff: 'Support staff',
  markAsRead: 'Mark as read',
  snoozeHour: 'Remind me in 1 hour',
  reply: 'Reply',
  replyHere: 'Your reply',
  test: 'Bilet notification',
  testBody: 'New replies look like this.',
  unsentBody: 'Kept, and sent when Bilet is opened again.',
  uncertainBody: 'Looked for again when Bilet is opened; nothing is sent twice.',
  undecidedBody: 'Kept until you decide; not sent by itself.',
  stillInTray: 'Bilet goes on in the tray',
  stillInTrayBody: 'It keeps telling you about new replies. To end it, choose Quit in the tray’s menu.',
  files: { text: 'Text', all: 'All files' },
  notificationsHere: 'New replies are announced here',
  notificationsHereBody: 'Allow notifications to hear of it when the support staff reply.',
  openHttp: (host) => `Open ${host}?`,
  openHttpDetail:
    'The connection is not encrypted (http): what goes there can be read and changed on the way. If you open it, you will not be asked again for this server.',
  open: 'Open',
  cancel: 'Cancel',
  menu: {
    about: 'About Bilet',
    services: 'Services',
    hide: 'Hide Bilet',
    hideOthers: 'Hide others',
    showAll: 'Show all',
    file: 'File',
    close: 'Close window',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    remove: 'Delete',
    selectAll: 'Select all',
    window: 'Window',
    minimize: 'Minimize',
    zoom: 'Zoom',
    front: 'Bring all to front',
    learn: 'Add to dictionary'
  }
}

const wordsByLocale: Readonly<Record<Locale, Words>> = { tr, en }

export const wordsOf = (locale: Locale): Words => wordsByLocale[locale]

/** Title and body of one alert: one plain line each. */
export function alertText(
  alert: TicketEvent,
  locale: Locale
): { readonly title: string; readonly body: string } {
  const words = wordsOf(locale)
  const name = (text: string): string => plainLine(text, 60)
  const body = (text: string): string => plainLine(text, 140)
  switch (alert.kind) {
    case 'reply':
      return {
        title: words.replied(alert.ref.ticketId, name(alert.name) || words.staff),
        body: body(alert.excerpt) || body(alert.subject)
      }
    case 'status':
      return {
        title: words.statusNow(alert.ref.ticketId, name(alert.status.text)),
        body: body(alert.subject)
      }
    case 'closed':
      return { title: words.closed(alert.ref.ticketId), body: body(alert.subject) }
    case 'signed-out':
      return { title: words.signedOut(name(alert.accountName)), body: words.signInAgain }
  }
}
