import type { TicketMenuChoice } from '../ipc/contract.ts'
import type { TicketEvent } from '../sync/types.ts'
import { statusName } from '../tickets/list/status-names.ts'
import { inDigits } from '../tickets/text/numbers.ts'
import { plainLine } from './plain-line.ts'
import type { HeldBackReason } from './types.ts'
import type { Locale } from '../tickets/locale.ts'

/** Texts of the tray, notifications and menus, in Turkish and English; the compiler reports missing ones. */
export interface Words {
  readonly unread: (count: number) => string
  readonly nothingUnread: string
  readonly yourTurn: (count: number) => string
  readonly nothingWaits: string
  readonly pinned: string
  /** Stands alone, or after the number of unread tickets counted so far. */
  readonly opening: string
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
  readonly replied: (name: string, subject: string) => string
  readonly statusNow: (status: string, subject: string) => string
  readonly closed: (subject: string) => string
  readonly snoozeOver: (subject: string) => string
  readonly followUp: (subject: string) => string
  readonly signedOut: (account: string) => string
  readonly signInAgain: string
  readonly several: (count: number) => string
  /** Title of the summary of notifications that could not be shown earlier. */
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
  /** The window was closed where there is no tray: the app keeps running, or ended. */
  readonly staysUnseen: string
  readonly staysUnseenBody: string
  readonly endedWithoutTray: string
  readonly endedWithoutTrayBody: string
  readonly ticketSent: string
  readonly ticketRefused: string
  readonly renewsSoon: (service: string) => string
  /** A reply typed into a notification was kept as a draft. */
  readonly heldBack: (ticketId: number) => string
  readonly heldBackBody: Readonly<Record<HeldBackReason, string>>
  /** File types in the save dialog. */
  readonly files: { readonly text: string; readonly all: string }
  /** The first notification, at which macOS asks for permission. */
  readonly notificationsHere: string
  readonly notificationsHereBody: string
  /** Asked before a page is opened over plain http. */
  readonly openHttp: (host: string) => string
  readonly openHttpDetail: string
  readonly open: string
  /** Asked before the app talks to a server that is neither Netinternet's nor an account's. */
  readonly connectHost: (host: string) => string
  readonly connectHostDetail: (usual: string) => string
  readonly connect: string
  /** Asked before an attachment is fetched from such a server. */
  readonly fetchFrom: (host: string) => string
  readonly fetchFromDetail: string
  readonly fetchFile: string
  /** Asked before a spelling dictionary is downloaded for the first time. */
  readonly fetchDictionary: string
  readonly fetchDictionaryDetail: string
  readonly no: string
  readonly download: string
  readonly cancel: string
  /** The application menu and the context menu of texts. */
  readonly menu: {
    readonly about: string
    readonly services: string
    readonly hide: string
    readonly hideOthers: string
    readonly showAll: string
    readonly file: string
    readonly close: string
    readonly edit: string
    /** The usual name of the Edit menu on macOS in this language. */
    readonly editOnMac: string
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
    readonly view: string
    readonly largerText: string
    readonly smallerText: string
    readonly normalText: string
    readonly fullScreen: string
    readonly help: string
    readonly guide: string
    readonly news: string
    readonly shortcuts: string
    readonly report: string
    readonly learn: string
    readonly quote: string
    readonly searchFor: string
    readonly copyLink: string
    readonly copyAddress: string
  }
  /** The context menu of tickets in the list. */
  readonly ticketMenu: Readonly<Record<TicketMenuChoice, string>>
}

const tr: Words = {
  unread: (count) => `${inDigits(count, 'tr')} okunmamış`,
  nothingUnread: 'Okunmamış yanıt yok',
  yourTurn: (count) => `${inDigits(count, 'tr')} bilet sizi bekliyor`,
  nothingWaits: 'Sizi bekleyen bilet yok',
  pinned: 'Sabitlenenler',
  opening: 'biletler açılıyor…',
  offline: 'çevrimdışı',
  attention: 'yeniden oturum açın',
  paused: 'bildirimler duraklatıldı',
  sending: (count) => `${inDigits(count, 'tr')} ileti gönderilmeyi bekliyor`,
  uncertain: (count) => `${inDigits(count, 'tr')} iletinin ulaşıp ulaşmadığı kontrol ediliyor`,
  undecided: (count) => `${inDigits(count, 'tr')} ileti kararınızı bekliyor`,
  notShown: (count) => `${inDigits(count, 'tr')} ileti gönderildi, sunucunun listesinde henüz görünmüyor`,
  refused: (count) => `${inDigits(count, 'tr')} ileti gönderilemedi`,
  newTicket: 'Yeni bilet',
  checkNow: 'Şimdi yenile',
  pauseNotifications: 'Bildirimleri duraklat',
  forAnHour: '1 saat',
  untilTomorrow: 'Yarına kadar',
  untilIturnItOn: 'Ben açana kadar',
  resume: 'Bildirimleri aç',
  inbox: 'Gelen kutusu',
  settings: 'Ayarlar',
  quit: 'Çık',
  replied: (name, subject) => `${name} yanıtladı — ${subject}`,
  statusNow: (status, subject) => `Durum: ${status} — ${subject}`,
  closed: (subject) => `Kapatıldı — ${subject}`,
  snoozeOver: (subject) => `Hatırlatma — ${subject}`,
  followUp: (subject) => `Hâlâ yanıt yok — ${subject}`,
  signedOut: (account) => `${account}: yeniden oturum açın`,
  signInAgain: 'Sunucu bu anahtarı kabul etmedi. Panelden yeni bir anahtar alıp yapıştırın.',
  several: (count) => `${inDigits(count, 'tr')} yeni gelişme`,
  missed: (count) => `Bildirim gösterilemezken ${inDigits(count, 'tr')} yeni gelişme oldu`,
  staff: 'Destek ekibi',
  markAsRead: 'Okundu olarak işaretle',
  snoozeHour: '1 saat sonra hatırlat',
  reply: 'Yanıtla',
  replyHere: 'Yanıtınız',
  test: 'Deneme bildirimi',
  testBody: 'Yeni yanıtlar böyle görünür.',
  unsentBody: 'Kaydedildi; uygulama yeniden açılınca gönderilecek.',
  uncertainBody: 'Ulaşıp ulaşmadığı, uygulama yeniden açılınca kontrol edilecek; iki kez gönderilmez.',
  undecidedBody: 'Siz karar verene kadar saklanır; otomatik olarak gönderilmez.',
  stillInTray: 'Bilet uygulaması sistem tepsisinde çalışıyor',
  stillInTrayBody: 'Yeni yanıtları bildirmeye devam edecek. Kapatmak için simgenin menüsünden Çık’ı seçin.',
  staysUnseen: 'Bilet uygulaması arka planda çalışıyor',
  staysUnseenBody:
    'Yeni yanıtları bildirmeye devam edecek. Pencereyi geri getirmek için uygulamayı yeniden açın.',
  endedWithoutTray: 'Bilet uygulaması kapandı',
  endedWithoutTrayBody:
    'Bu masaüstünde sistem tepsisi yok: uygulama kapalıyken yeni yanıtlar bildirilmez. Arka planda çalışması için Ayarlar → Bildirimler’e bakın.',
  ticketSent: 'Biletiniz gönderildi',
  ticketRefused: 'Biletiniz gönderilemedi',
  renewsSoon: (service) => `Yakında yenilenecek: ${service}`,
  heldBack: (ticketId) => `#${ticketId}: yanıtınız gönderilmedi, taslakta duruyor`,
  heldBackBody: {
    'lost-characters': 'İçinde gönderilemeyen karakterler var. Bakıp gönderebilirsiniz.',
    'changed-words':
      'Şifre, yol, adres ya da komut olabilecek bir kelime değişerek gidecekti. Bakıp gönderebilirsiniz.'
  },
  files: { text: 'Metin', all: 'Tüm dosyalar' },
  notificationsHere: 'Yeni yanıtlar burada bildirilecek',
  notificationsHereBody: 'Destek ekibi yanıt verdiğinde haber almak için bildirimlere izin verin.',
  openHttp: (host) => `${host} açılsın mı?`,
  openHttpDetail:
    'Bağlantı şifreli değil (http): gönderilen ve alınan bilgiler yolda okunabilir, değiştirilebilir. Açarsanız bu sunucu için bir daha sorulmaz.',
  open: 'Aç',
  connectHost: (host) => `${host} sunucusuna bağlanılsın mı?`,
  connectHostDetail: (usual) =>
    `Bu, Netinternet’in adresi (${usual}) değil. API anahtarınız ve yazdıklarınız bu sunucuya gönderilir. Adresi kendiniz yazmadıysanız vazgeçin.`,
  connect: 'Bağlan',
  fetchFrom: (host) => `Dosya ${host} sunucusundan alınsın mı?`,
  fetchFromDetail:
    'Bu sunucu hesaplarınızdan birinin sunucusu değil; IP adresinizi ve dosyaya baktığınızı görür. Anahtarınız gönderilmez. Kabul ederseniz uygulama kapanana kadar bu sunucu için bir daha sorulmaz.',
  fetchFile: 'Dosyayı al',
  fetchDictionary: 'Yazım kontrolü için sözlük indirilsin mi?',
  fetchDictionaryDetail:
    'Sözlük, her dil için bir kez Google’ın sunucularından indirilir; Google IP adresinizi ve dili görür. Yazdıklarınız bu bilgisayarda kontrol edilir, gönderilmez. Seçiminizi Ayarlar → Genel’den değiştirebilirsiniz.',
  no: 'Hayır',
  download: 'İndir',
  cancel: 'Vazgeç',
  menu: {
    about: 'Uygulama hakkında',
    services: 'Servisler',
    hide: 'Uygulamayı gizle',
    hideOthers: 'Diğerlerini gizle',
    showAll: 'Tümünü göster',
    file: 'Dosya',
    close: 'Pencereyi kapat',
    edit: 'Düzenle',
    editOnMac: 'Düzen',
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
    view: 'Görünüm',
    largerText: 'Yazıyı büyüt',
    smallerText: 'Yazıyı küçült',
    normalText: 'Normal yazı boyutu',
    fullScreen: 'Tam ekran',
    help: 'Yardım',
    guide: 'Kullanım kılavuzu',
    news: 'Yenilikler',
    shortcuts: 'Klavye kısayolları',
    report: 'Sorun bildir…',
    learn: 'Sözlüğe ekle',
    quote: 'Alıntıla',
    searchFor: 'Bunu ara',
    copyLink: 'Bağlantıyı kopyala',
    copyAddress: 'E-posta adresini kopyala'
  },
  ticketMenu: {
    open: 'Aç',
    reply: 'Yanıtla',
    read: 'Okundu olarak işaretle',
    unread: 'Okunmadı olarak işaretle',
    close: 'Bileti kapat',
    done: 'Tamam olarak işaretle',
    undone: 'Tamam işaretini kaldır',
    snooze: 'Ertele…',
    'follow-up': 'Yanıt gelmezse hatırlat…',
    pin: 'Başa sabitle',
    unpin: 'Sabitlemeyi kaldır',
    tags: 'Etiketler…',
    title: 'Kendi başlığınız…',
    note: 'Not…',
    mute: 'Sessize al',
    unmute: 'Sesini aç',
    'copy-number': 'Numarayı kopyala',
    'copy-title': 'Numara ve konuyu kopyala',
    'copy-link': 'Bağlantısını kopyala',
    panel: 'Panelde aç'
  }
}

/** A number of messages with the right plural. */
const messages = (count: number): string => `${inDigits(count, 'en')} ${count === 1 ? 'message' : 'messages'}`

const en: Words = {
  unread: (count) => `${inDigits(count, 'en')} unread`,
  nothingUnread: 'No unread replies',
  yourTurn: (count) => `${inDigits(count, 'en')} waiting for you`,
  nothingWaits: 'Nothing waits for you',
  pinned: 'Pinned',
  opening: 'opening the tickets…',
  offline: 'offline',
  attention: 'sign in again',
  paused: 'notifications paused',
  sending: (count) => `${messages(count)} waiting to be sent`,
  uncertain: (count) => `Checking whether ${messages(count)} arrived`,
  undecided: (count) => `${messages(count)} waiting for your decision`,
  notShown: (count) => `${messages(count)} sent, but not in the server’s list yet`,
  refused: (count) => `${messages(count)} not sent`,
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
  replied: (name, subject) => `${name} replied — ${subject}`,
  statusNow: (status, subject) => `Status: ${status} — ${subject}`,
  closed: (subject) => `Closed — ${subject}`,
  snoozeOver: (subject) => `Reminder — ${subject}`,
  followUp: (subject) => `Still no answer — ${subject}`,
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
  test: 'Test notification',
  testBody: 'New replies look like this.',
  unsentBody: 'Saved; will be sent when Bilet is opened again.',
  uncertainBody: 'Will be checked when Bilet is opened again; nothing is sent twice.',
  undecidedBody: 'Kept until you decide; not sent automatically.',
  stillInTray: 'Bilet is still running in the tray',
  stillInTrayBody: 'It will keep notifying you about new replies. To quit, choose Quit in the icon’s menu.',
  staysUnseen: 'Bilet is still running in the background',
  staysUnseenBody: 'It will keep notifying you about new replies. Open Bilet again to bring its window back.',
  endedWithoutTray: 'Bilet was closed',
  endedWithoutTrayBody:
    'This desktop has no tray: while Bilet is closed, you are not notified about new replies. To keep it running, see Settings → Notifications.',
  ticketSent: 'Your ticket was sent',
  ticketRefused: 'Your ticket was not sent',
  renewsSoon: (service) => `Renews soon: ${service}`,
  heldBack: (ticketId) => `#${ticketId}: your reply was not sent, it is kept as a draft`,
  heldBackBody: {
    'lost-characters': 'It contains characters that cannot be sent. Check it, then send it.',
    'changed-words':
      'A word that may be a password, path, address or command would have been changed. Check it, then send it.'
  },
  files: { text: 'Text', all: 'All files' },
  notificationsHere: 'New replies will appear here',
  notificationsHereBody: 'Allow notifications to know when the support staff reply.',
  openHttp: (host) => `Open ${host}?`,
  openHttpDetail:
    'The connection is not encrypted (http): what is sent and received can be read and changed on the way. If you open it, you will not be asked again for this server.',
  open: 'Open',
  connectHost: (host) => `Connect to ${host}?`,
  connectHostDetail: (usual) =>
    `This is not Netinternet’s address (${usual}). Your API token and what you write are sent to this server. If you did not type the address yourself, cancel.`,
  connect: 'Connect',
  fetchFrom: (host) => `Fetch the file from ${host}?`,
  fetchFromDetail:
    'This server is not one of your accounts’. It sees your IP address and that you look at the file; your token is not sent. If you agree, you will not be asked again for this server until Bilet is closed.',
  fetchFile: 'Fetch file',
  fetchDictionary: 'Download the dictionary for checking spelling?',
  fetchDictionaryDetail:
    'It is downloaded from Google’s servers, once per language; Google sees your IP address and the language. What you write is checked on this computer and not sent. You can change this in Settings → General.',
  no: 'No',
  download: 'Download',
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
    editOnMac: 'Edit',
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
    view: 'View',
    largerText: 'Larger text',
    smallerText: 'Smaller text',
    normalText: 'Normal text size',
    fullScreen: 'Full screen',
    help: 'Help',
    guide: 'User guide',
    news: 'What is new',
    shortcuts: 'Keyboard shortcuts',
    report: 'Report a problem…',
    learn: 'Add to dictionary',
    quote: 'Quote',
    searchFor: 'Search for this',
    copyLink: 'Copy link',
    copyAddress: 'Copy e-mail address'
  },
  ticketMenu: {
    open: 'Open',
    reply: 'Reply',
    read: 'Mark as read',
    unread: 'Mark as unread',
    close: 'Close ticket',
    done: 'Mark as done',
    undone: 'Mark as not done',
    snooze: 'Snooze…',
    'follow-up': 'Remind me if there is no reply…',
    pin: 'Pin to the top',
    unpin: 'Unpin',
    tags: 'Tags…',
    title: 'Your own title…',
    note: 'Note…',
    mute: 'Mute',
    unmute: 'Unmute',
    'copy-number': 'Copy number',
    'copy-title': 'Copy number and subject',
    'copy-link': 'Copy link to ticket',
    panel: 'Open in panel'
  }
}

const wordsByLocale: Readonly<Record<Locale, Words>> = { tr, en }

export const wordsOf = (locale: Locale): Words => wordsByLocale[locale]

/**
 * Title and body of one event's notification, as plain lines: title with name and subject; body with number, account
 * (`accountName`, null if there is only one) and the start of the message.
 */
export function eventText(
  event: TicketEvent,
  accountName: string | null,
  locale: Locale
): { readonly title: string; readonly body: string } {
  const words = wordsOf(locale)
  const name = (text: string): string => plainLine(text, 60)
  if (event.kind === 'signed-out')
    return { title: words.signedOut(name(event.accountName)), body: words.signInAgain }
  const subject = plainLine(event.subject, 60)
  const number = `#${event.ref.ticketId}`
  const where = accountName === null ? number : `${number} · ${name(accountName)}`
  const withExcerpt = ({ excerpt }: { readonly excerpt: string }): string => {
    const start = plainLine(excerpt, 140)
    return start === '' ? where : `${where}\n${start}`
  }
  switch (event.kind) {
    case 'reply':
      return { title: words.replied(name(event.name) || words.staff, subject), body: withExcerpt(event) }
    case 'snooze-over':
      return { title: words.snoozeOver(subject), body: withExcerpt(event) }
    case 'follow-up':
      return { title: words.followUp(subject), body: where }
    case 'status':
      return { title: words.statusNow(name(statusName(event.status, locale)), subject), body: where }
    case 'closed':
      return { title: words.closed(subject), body: where }
  }
}
