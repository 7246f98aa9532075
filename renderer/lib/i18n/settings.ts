import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from './numbers.ts'

const tr = {
  title: 'Ayarlar',
  back: 'Gelen kutusuna dön',
  sections: 'Bölümler',
  save: 'Kaydet',
  cancel: 'Vazgeç',
  remove: 'Kaldır',
  system: 'Sistemle aynı',
  notChanged: (why: string) => `Değişiklik yapılamadı. ${why}`,

  accounts: 'Hesaplar',
  addAccount: 'Hesap ekle',
  rename: 'Adı ve rengi düzenle',
  accountName: 'Hesap adı',
  accountColor: 'Renk',
  colors: ['Turkuaz', 'Turuncu', 'Mor', 'Yeşil', 'Pembe', 'Sarı', 'Mavi', 'Kırmızı'],
  pause: 'Duraklat',
  resume: 'Devam ettir',
  reconnect: 'Yeniden oturum aç',
  confirmRemove: (name: string) => `${name} kaldırılsın mı?`,
  removeHint:
    'Bu bilgisayardaki bilet listesi, okundu bilgileri, taslaklar ve anahtar silinir. Sunucudaki biletlere dokunulmaz.',
  removeUnsent: (count: number) =>
    `Giden kutusunda gönderilmemiş ${n.tr(count)} ileti var; onlar da silinir.`,
  memoryOnly: 'anahtar yalnızca bu oturumda',
  demoAccount: 'örnek hesap',
  connection: {
    opening: 'Açılıyor',
    connecting: 'Bağlanıyor',
    asking: 'Yenileniyor',
    ok: 'Bağlı',
    offline: 'Çevrimdışı',
    failing: 'Yanıt alınamıyor',
    'signed-out': 'Yeniden oturum açın',
    paused: 'Duraklatıldı'
  },

  notifications: 'Bildirimler',
  enabled: 'Bildirimleri göster',
  kinds: 'Şu durumlarda bildir',
  reply: 'Yeni yanıt',
  status: 'Durum değişikliği',
  closed: 'Bilet kapandı',
  sound: 'Ses',
  quiet: 'Sessiz saatler',
  quietHint: 'Bu saatlerde bildirim gösterilmez; okunmamış sayısı yine görünür.',
  from: 'Başlangıç',
  to: 'Bitiş',
  pauseTitle: 'Bildirimleri duraklat',
  notPaused: 'Bildirimler açık.',
  pausedUntil: (time: string) => `${time} saatine kadar duraklatıldı.`,
  pausedUntilOn: 'Siz açana kadar duraklatıldı.',
  pauseFor: { hour: 'Bir saat', tomorrow: 'Yarına kadar', 'until-on': 'Ben açana kadar' },
  unpause: 'Bildirimleri aç',
  test: 'Deneme bildirimi gönder',
  testing: 'Gönderiliyor…',
  outcome: {
    shown: 'Bildirim gösterildi.',
    clicked: 'Bildirim gösterildi ve tıklandı.',
    replied: 'Bildirim gösterildi ve yanıtlandı.',
    dismissed: 'Bildirim gösterildi ve kapatıldı.',
    'do-not-disturb': 'Sistemin “Rahatsız etmeyin” modu açık olduğu için gösterilmedi.',
    'no-permission': 'Sistem bildirimlere izin vermiyor. Sistem ayarlarından izin verin.',
    'no-helper': 'Bu bilgisayarda bildirim hizmeti bulunamadı.',
    failed: 'Sistem bildirimi kabul etmedi.',
    'timed-out': 'Bildirim hizmeti yanıt vermedi.'
  },
  otherOutcome: 'Bildirimin gösterilip gösterilmediği belli değil. Tanılama bölümünde ayrıntısı var.',

  general: 'Genel',
  language: 'Dil',
  theme: 'Tema',
  light: 'Açık',
  dark: 'Koyu',
  textSize: 'Yazı boyutu',
  small: 'Küçük',
  normal: 'Normal',
  large: 'Büyük',
  huge: 'Çok büyük',
  double: 'İki kat',
  poll: 'Yenileme sıklığı',
  pollHint: 'Yanıt gönderdikten sonra daha sık; pille çalışırken ve ekran kilitliyken daha seyrek yenilenir.',
  seconds: (count: number) => `${n.tr(count)} saniye`,
  minutes: (count: number) => `${n.tr(count)} dakika`,
  hours: (count: number) => `${n.tr(count)} saat`,
  shortcut: 'Yeni bilet kısayolu',
  shortcutHint: 'Hangi programda olursanız olun yeni bilet penceresini açar.',
  shortcutAsked:
    'Bu oturumda (Wayland) kısayolları masaüstünüz verir: önce size sorabilir, hiç vermeyebilir de. Tuşlar çalışmıyorsa sistem ayarlarında klavye kısayollarına şu komutu ekleyin:',
  shortcutRecord: 'Tuşlara basın… Vazgeçmek için Esc.',
  shortcutWeak: (keys: string) => `Bir tuşa şunlardan biriyle birlikte basın: ${keys}.`,
  shortcutTaken: (keys: string) => `${keys} başka bir program tarafından kullanılıyor. Başka tuşlar deneyin.`,
  shortcutInvalid: (keys: string) => `Sistem ${keys} kısayolunu kabul etmiyor. Başka tuşlar deneyin.`,
  shortcutStays: (keys: string) => `${keys} geçerli kalıyor.`,
  none: 'yok',
  launchAtLogin: 'Bilgisayar açıldığında başlat',
  openSelected: 'Klavyeyle seçilen bileti yanda aç (1 saniye sonra okundu olarak işaretlenir)',
  openNextAfterClose: 'Kapatınca sonraki bilete geç',
  closeToTray: 'Pencere kapatılınca sistem tepsisinde çalışmaya devam et',
  spelling: 'Yazarken yazım hatalarını göster',
  spellingHint:
    'Sözlük, her dil için bir kez Google’ın sunucularından indirilir; yazdıklarınız bu bilgisayarda kontrol edilir.',

  snippets: 'Hazır yanıtlar',
  snippetsHint:
    '{bilet}, {ad} ve {tarih} yerine bilet numarası, yanıtlayan kişinin adı ve bugünün tarihi yazılır.',
  snippetsNone: 'Henüz hazır yanıt yok.',
  snippetName: 'Ad',
  snippetText: 'Metin',
  snippetRequired: 'Bu alan zorunludur.',
  add: 'Ekle',
  newSnippet: 'Hazır yanıt ekle',
  edit: 'Düzenle',
  editNamed: (name: string) => `Düzenle: ${name}`,
  removeNamed: (name: string) => `Kaldır: ${name}`,
  removed: (name: string) => `“${name}” kaldırıldı.`,
  undo: 'Geri al',

  privacy: 'Gizlilik ve veriler',
  stored: [
    [
      'Biletler, okundu bilgileri, taslaklar, giden kutusu',
      'Bu bilgisayarda, kullanıcı klasörünüzde saklanır.'
    ],
    [
      'API anahtarı',
      'Sistemin anahtarlığıyla şifrelenmiş olarak saklanır. Anahtarlık yoksa yalnızca bellekte tutulur; uygulamadan çıkınca silinir.'
    ],
    [
      'Sunucu şifresi',
      'Taslağa ve günlük dosyasına yazılmaz. Gönderilmeyi beklerken yalnızca şifrelenmiş olarak saklanır; anahtarlık yoksa bellekte tutulur.'
    ],
    [
      'Ağ',
      'Yalnızca hesaplarınızın API adresine, yeni sürümleri öğrenmek için güncelleme sunucusuna, siz görmek ya da kaydetmek isteyince ekin adresine ve izin verdiyseniz yazım sözlüğünü indirmek için Google’ın sunucularına bağlanılır.'
    ]
  ],
  exportAll: 'Tüm biletleri dışa aktar',
  exportAs: (format: string) => `${format} olarak aktar`,
  exporting: (done: number, total: number) => `${n.tr(done)} / ${n.tr(total)} bilet dışa aktarıldı`,
  exported: (count: number) => `${n.tr(count)} bilet dışa aktarıldı.`,
  stopExport: 'Durdur',

  diagnostics: 'Tanılama',
  diagnosticsHint: 'Sürümler ve durumlar; mesaj, adres ve anahtar içermez. Sorun bildirirken ekleyin.',
  copy: 'Kopyala',
  copied: 'Kopyalandı.',
  saveToFile: 'Dosyaya kaydet',
  savedToFile: 'Dosyaya kaydedildi.',

  about: 'Hakkında',
  version: (version: string) => `Sürüm ${version} · MIT lisansı`,
  unofficial: 'Netinternet müşterileri içindir; Netinternet’in kendi ürünü değildir.',
  licences: 'Açık kaynak lisansları'
}

const en: typeof tr = {
  title: 'Settings',
  back: 'Back to the inbox',
  sections: 'Sections',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Remove',
  system: 'Same as system',
  notChanged: (why) => `This could not be changed. ${why}`,

  accounts: 'Accounts',
  addAccount: 'Add account',
  rename: 'Edit name and colour',
  accountName: 'Account name',
  accountColor: 'Colour',
  colors: ['Teal', 'Orange', 'Purple', 'Green', 'Pink', 'Yellow', 'Blue', 'Red'],
  pause: 'Pause',
  resume: 'Resume',
  reconnect: 'Sign in again',
  confirmRemove: (name) => `Remove ${name}?`,
  removeHint:
    'The ticket list, read marks, drafts and the token are erased from this computer. Tickets on the server are not affected.',
  removeUnsent: (count) =>
    count === 1
      ? 'One message in the outbox has not been sent yet; it is erased too.'
      : `${n.en(count)} messages in the outbox have not been sent yet; they are erased too.`,
  memoryOnly: 'token for this session only',
  demoAccount: 'sample account',
  connection: {
    opening: 'Opening',
    connecting: 'Connecting',
    asking: 'Checking',
    ok: 'Connected',
    offline: 'Offline',
    failing: 'No response',
    'signed-out': 'Sign in again',
    paused: 'Paused'
  },

  notifications: 'Notifications',
  enabled: 'Show notifications',
  kinds: 'Notify me about',
  reply: 'New reply',
  status: 'Status change',
  closed: 'Ticket closed',
  sound: 'Sound',
  quiet: 'Quiet hours',
  quietHint: 'No notifications are shown during these hours; the unread count still is.',
  from: 'From',
  to: 'To',
  pauseTitle: 'Pause notifications',
  notPaused: 'Notifications are on.',
  pausedUntil: (time) => `Paused until ${time}.`,
  pausedUntilOn: 'Paused until you turn them on.',
  pauseFor: { hour: 'One hour', tomorrow: 'Until tomorrow', 'until-on': 'Until I turn them on' },
  unpause: 'Turn notifications on',
  test: 'Send a test notification',
  testing: 'Sending…',
  outcome: {
    shown: 'The notification was shown.',
    clicked: 'The notification was shown and clicked.',
    replied: 'The notification was shown and replied to.',
    dismissed: 'The notification was shown and dismissed.',
    'do-not-disturb': 'Not shown because the system’s Do Not Disturb mode is on.',
    'no-permission': 'The system does not allow notifications. Allow them in its settings.',
    'no-helper': 'This computer has no notification service.',
    failed: 'The system did not accept the notification.',
    'timed-out': 'The notification service did not respond.'
  },
  otherOutcome: 'It is not clear whether the notification was shown. See Diagnostics for details.',

  general: 'General',
  language: 'Language',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  textSize: 'Text size',
  small: 'Small',
  normal: 'Normal',
  large: 'Large',
  huge: 'Very large',
  double: 'Twice as large',
  poll: 'Check interval',
  pollHint:
    'Checked more often after you send a reply, less often on battery power and while the screen is locked.',
  seconds: (count) => `${n.en(count)} ${count === 1 ? 'second' : 'seconds'}`,
  minutes: (count) => `${n.en(count)} ${count === 1 ? 'minute' : 'minutes'}`,
  hours: (count) => `${n.en(count)} ${count === 1 ? 'hour' : 'hours'}`,
  shortcut: 'New-ticket shortcut',
  shortcutHint: 'Opens the new-ticket window from any program.',
  shortcutAsked:
    'In this session (Wayland) your desktop assigns shortcuts: it may ask you first, or assign none. If the keys do not work, add this command to the keyboard shortcuts in your system’s settings:',
  shortcutRecord: 'Press the keys… Esc cancels.',
  shortcutWeak: (keys) => `Press a key together with one of ${keys}.`,
  shortcutTaken: (keys) => `${keys} is used by another program. Try other keys.`,
  shortcutInvalid: (keys) => `The system does not accept ${keys}. Try other keys.`,
  shortcutStays: (keys) => `Still using ${keys}.`,
  none: 'none',
  launchAtLogin: 'Launch at login',
  openSelected: 'Open the ticket selected by keyboard beside the list (read after 1 second)',
  openNextAfterClose: 'After closing a ticket, go to the next one',
  closeToTray: 'Keep running in the tray when the window is closed',
  spelling: 'Check spelling as you type',
  spellingHint:
    'The dictionary is downloaded from Google’s servers, once per language; what you write is checked on this computer.',

  snippets: 'Saved replies',
  snippetsHint:
    '{ticket}, {name} and {date} are replaced with the ticket number, the name of the person who replied and today’s date.',
  snippetsNone: 'No saved replies yet.',
  snippetName: 'Name',
  snippetText: 'Text',
  snippetRequired: 'This field is required.',
  add: 'Add',
  newSnippet: 'Add saved reply',
  edit: 'Edit',
  editNamed: (name) => `Edit ${name}`,
  removeNamed: (name) => `Remove ${name}`,
  removed: (name) => `“${name}” was removed.`,
  undo: 'Undo',

  privacy: 'Privacy and data',
  stored: [
    ['Tickets, read marks, drafts, outbox', 'On this computer, in your user folder.'],
    [
      'API token',
      'Encrypted with the system’s keychain. Without a keychain it is kept in memory only and erased when you quit Bilet.'
    ],
    [
      'Server password',
      'Never written to a draft or a log file. While waiting to be sent it is stored encrypted only; without a keychain it is kept in memory.'
    ],
    [
      'Network',
      'Bilet connects only to the API address of your accounts, to the update server to learn about new versions, to the address of an attachment when you show or save it, and, if you agreed, to Google’s servers to download the spelling dictionary.'
    ]
  ],
  exportAll: 'Export all tickets',
  exportAs: (format) => `Export as ${format}`,
  exporting: (done, total) =>
    `${n.en(done)} of ${n.en(total)} ${total === 1 ? 'ticket' : 'tickets'} exported`,
  exported: (count) => `${n.en(count)} ${count === 1 ? 'ticket' : 'tickets'} exported.`,
  stopExport: 'Stop',

  diagnostics: 'Diagnostics',
  diagnosticsHint:
    'Versions and states; contains no messages, addresses or tokens. Add it when you report a problem.',
  copy: 'Copy',
  copied: 'Copied.',
  saveToFile: 'Save to a file',
  savedToFile: 'Saved to the file.',

  about: 'About',
  version: (version) => `Bilet ${version} · MIT licence`,
  unofficial: 'For customers of Netinternet; not an official Netinternet product.',
  licences: 'Open-source licences'
}

export const settings: Readonly<Record<Locale, typeof tr>> = { tr, en }

/** Each in its own words, so that everybody finds theirs. */
export const languageNames: Readonly<Record<Locale, string>> = { tr: 'Türkçe', en: 'English' }
