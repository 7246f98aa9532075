import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from './numbers.ts'

const tr = {
  title: 'Yeni bilet',
  account: 'Hesap',
  ticketTitle: 'Başlık',
  department: 'Departman',
  departmentPlaceholder: 'Yazarak arayın',
  service: 'Hizmet',
  servicePlaceholder: 'S952157',
  serviceHint: 'S kendiliğinden eklenir',
  servicesUnknown: 'Hizmet listesi alınamadı; numarayı elle yazın.',
  choices: 'Seçenekler',
  choiceCount: (count: number) => (count === 0 ? 'Seçenek yok' : `${n.tr(count)} seçenek`),
  recent: 'son kullanılan',
  message: 'Mesaj',
  access: 'Sunucu erişimi',
  accessHint:
    'Yalnızca destek ekibi isterse doldurun. Bunlar taslağa yazılmaz, şifre pencere kapanınca silinir; bilet metniyle birlikte destek ekibine ulaşır.',
  serverIp: 'Sunucu IP adresi',
  serverUser: 'Sunucu kullanıcısı',
  serverPassword: 'Sunucu şifresi',
  savedReplies: 'Hazır yanıtlar',
  preview: 'API düz harf istiyor; şöyle gönderilecek:',
  send: 'Gönder',
  sending: 'Gönderiliyor…',
  offline: 'Çevrimdışısınız. Biletiniz giden kutusuna konur, bağlantı gelince gönderilir.',
  signedOut: 'Bu hesapta yeniden oturum açmanız gerekiyor. Biletiniz o zamana kadar giden kutusunda bekler.',
  noAccount: 'Bilet göndermek için önce bir hesap bağlayın. Yazdıklarınız taslakta kalır.',
  openInbox: 'Gelen kutusunu aç',
  serverSays: (text: string) => `Sunucunun yanıtı: “${text}”`,
  draftKept: 'Esc kapatır, taslak kalır',
  clearDraft: 'Taslağı sil',
  draftCleared: 'Taslak silindi',
  undo: 'Geri al',
  /** What the server calls a service's state, in small letters; what is not here is shown as it says it. */
  serviceStatus: {
    pending: 'Beklemede',
    active: 'Etkin',
    suspended: 'Askıda',
    terminated: 'Sonlandırıldı',
    cancelled: 'İptal edildi'
  },
  error: {
    required: 'Bu alan gerekli.',
    'service-shape': 'Hizmet numarası rakamlardan oluşur: 952157 ya da S952157; alan adları D ile başlar.',
    'ip-shape': 'Bu bir IP adresi değil. Örneğin 203.0.113.24 ya da 2001:db8::1 yazın.',
    'too-long': 'Bu alan için çok uzun. Kısaltın.',
    'unknown-department': 'Böyle bir departman yok. Listeden birini seçin.'
  }
}

const en: typeof tr = {
  title: 'New ticket',
  account: 'Account',
  ticketTitle: 'Title',
  department: 'Department',
  departmentPlaceholder: 'Type to search',
  service: 'Service',
  servicePlaceholder: 'S952157',
  serviceHint: 'The S is added for you',
  servicesUnknown: 'The services could not be listed; type the number.',
  choices: 'Choices',
  choiceCount: (count) =>
    count === 0 ? 'No choices' : `${n.en(count)} ${count === 1 ? 'choice' : 'choices'}`,
  recent: 'used recently',
  message: 'Message',
  access: 'Server access',
  accessHint:
    'Fill this in only when the staff ask for it. None of it is kept in the draft, and the password goes when the window closes; the staff get it together with the ticket.',
  serverIp: 'Server IP',
  serverUser: 'Server user',
  serverPassword: 'Server password',
  savedReplies: 'Saved replies',
  preview: 'The API wants plain letters; it is sent like this:',
  send: 'Send',
  sending: 'Sending…',
  offline: 'You are offline. Your ticket goes into the outbox and is sent when you are back.',
  signedOut: 'This account asks you to sign in again. Until then your ticket waits in the outbox.',
  noAccount: 'Connect an account to send tickets. What you write is kept as a draft.',
  openInbox: 'Open the inbox',
  serverSays: (text) => `The server says: “${text}”`,
  draftKept: 'Esc closes, the draft stays',
  clearDraft: 'Clear the draft',
  draftCleared: 'The draft was cleared',
  undo: 'Undo',
  serviceStatus: {
    pending: 'Pending',
    active: 'Active',
    suspended: 'Suspended',
    terminated: 'Terminated',
    cancelled: 'Cancelled'
  },
  error: {
    required: 'This field is required.',
    'service-shape': 'A service number is digits: 952157 or S952157; domains begin with D.',
    'ip-shape': 'This is not an IP address. Write for example 203.0.113.24 or 2001:db8::1.',
    'too-long': 'This is too long for the field. Shorten it.',
    'unknown-department': 'There is no such department. Choose one from the list.'
  }
}

export const compose: Readonly<Record<Locale, typeof tr>> = { tr, en }
