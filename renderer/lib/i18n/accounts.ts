/** Several accounts beside one another, what is closed in them, the panel of each, links. */
import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from '../numbers.ts'

const tr = {
  all: 'Tümü',
  accounts: 'Hesaplar',
  unread: (count: number) => (count === 0 ? 'okunmamış yok' : `${n.tr(count)} okunmamış`),
  only: (name: string) => `Hesap: ${name}`,
  noneOf: (name: string) => `${name} hesabında bilet yok`,
  noneOfHint: 'Diğer hesapların biletleri gösterilmiyor.',

  closing: (ticket: string) => `${ticket} kapatılıyor`,
  closeMany: (count: number) => `${n.tr(count)} bileti kapat`,
  andMore: (count: number) => `ve ${n.tr(count)} bilet daha`,

  openInPanel: 'Panelde aç',
  copyTitle: 'Numara ve konuyu kopyala',
  copyLink: 'Bağlantısını kopyala',

  show: 'Göster',
  showNamed: (name: string) => `${name} görselini göster`,
  save: 'Farklı kaydet',
  saveNamed: (name: string) => `${name} dosyasını farklı kaydet`,
  saved: 'Dosya kaydedildi',
  noImage: 'Burada gösterilemiyor: görsel değil ya da çok büyük. Kaydedip açabilirsiniz.',
  onlyInPanel: 'Bu dosyanın bağlantısını API vermiyor; panelde açabilirsiniz.',

  demo: 'Örnek hesap: buradaki biletler gerçek değil.',
  demoBeside: 'Örnek hesap hâlâ bağlı; biletleri gerçek değil.',
  connectReal: 'Gerçek hesabı bağla',
  leaveDemo: 'Demoyu kaldır'
}

const en: typeof tr = {
  all: 'All',
  accounts: 'Accounts',
  unread: (count) => (count === 0 ? 'nothing unread' : `${n.en(count)} unread`),
  only: (name) => `Account: ${name}`,
  noneOf: (name) => `No tickets in ${name}`,
  noneOfHint: 'Tickets of the other accounts are not shown.',

  closing: (ticket) => `Closing ${ticket}`,
  closeMany: (count) => `Close ${n.en(count)} ${count === 1 ? 'ticket' : 'tickets'}`,
  andMore: (count) => `and ${n.en(count)} more ${count === 1 ? 'ticket' : 'tickets'}`,

  openInPanel: 'Open in panel',
  copyTitle: 'Copy number and subject',
  copyLink: 'Copy link to ticket',

  show: 'Show',
  showNamed: (name) => `Show ${name}`,
  save: 'Save as',
  saveNamed: (name) => `Save as: ${name}`,
  saved: 'File saved',
  noImage: 'It cannot be shown here: it is not an image, or too large. You can save and open it.',
  onlyInPanel: 'The API gives no link to this file; it can be opened in the panel.',

  demo: 'Sample account: these tickets are not real.',
  demoBeside: 'The sample account is still connected; its tickets are not real.',
  connectReal: 'Connect your account',
  leaveDemo: 'Remove the sample'
}

export const accounts: Readonly<Record<Locale, typeof tr>> = { tr, en }
