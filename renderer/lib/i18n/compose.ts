import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from '../numbers.ts'

const tr = {
  title: 'Yeni bilet',
  account: 'Hesap',
  ticketTitle: 'Başlık',
  department: 'Departman',
  departmentPlaceholder: 'Departman seçin',
  service: 'Hizmet',
  servicePlaceholder: 'Hizmet seçin ya da numarasını yazın',
  serviceHint: 'Başındaki S otomatik eklenir',
  servicesUnknown: {
    timeout:
      'Hizmet listesi alınamadı: sunucu zamanında yanıt vermedi. Hizmet numarasını kendiniz yazabilirsiniz.',
    offline: 'Çevrimdışı olduğunuz için hizmet listesi alınamadı. Hizmet numarasını kendiniz yazabilirsiniz.',
    other: 'Hizmet listesi alınamadı; hizmet numarasını kendiniz yazın.'
  },
  servicesLoading: 'Hizmet listesi alınıyor…',
  tryAgain: 'Yeniden dene',
  choices: 'Seçenekler',
  choiceCount: (count: number) => (count === 0 ? 'Seçenek yok' : `${n.tr(count)} seçenek`),
  recent: 'son kullanılan',
  message: 'Mesaj',
  access: 'Sunucu erişimi',
  accessHint:
    'Yalnızca destek ekibi isterse doldurun. Bu bilgiler taslağa kaydedilmez; şifre, pencere kapanınca silinir. Gönderdiğinizde biletle birlikte destek ekibine iletilir.',
  serverIp: 'Sunucu IP adresi',
  serverUser: 'Sunucu kullanıcı adı',
  serverPassword: 'Sunucu şifresi',
  savedReplies: 'Hazır yanıtlar',
  templates: 'Şablonlar',
  send: 'Gönder',
  sending: 'Gönderiliyor…',
  held: 'Birkaç saniye içinde gönderilecek',
  /** After Send, before the window goes. */
  sent: 'Gönderildi',
  sentAs: (ticket: number) => `Gönderildi · #${ticket}`,
  waitsForNetwork: 'Giden kutusunda, bağlantı kurulunca gönderilecek',
  waitsForSignIn: 'Giden kutusunda, hesapta yeniden oturum açınca gönderilecek',
  waitsForResume: 'Giden kutusunda, hesabın duraklatılması bitince gönderilecek',
  waitsForServer: 'Giden kutusunda, sunucu yanıt verince gönderilecek',
  checking: 'Giden kutusunda, ulaşıp ulaşmadığı kontrol ediliyor',
  asksYou: 'Giden kutusunda kararınızı bekliyor',
  notSent: 'Gönderilemedi',
  edit: 'Düzenle',
  close: 'Kapat',
  offline: 'Çevrimdışısınız. Biletiniz giden kutusuna alınacak, bağlantı kurulunca gönderilecek.',
  signedOut: 'Bu hesapta yeniden oturum açmanız gerekiyor. Biletiniz o zamana kadar giden kutusunda bekler.',
  noAccount: 'Bilet göndermek için önce bir hesap bağlayın. Yazdıklarınız taslakta kalır.',
  openInbox: 'Gelen kutusunu aç',
  serverSays: (text: string) => `Sunucunun yanıtı: “${text}”`,
  draftKept: 'Esc: kapat, taslak saklanır',
  clearDraft: 'Taslağı sil',
  draftCleared: 'Taslak silindi',
  nextDraft: 'Sonraki taslak',
  newDraft: 'Yeni taslak',
  undo: 'Geri al',
  /** What the server calls a service's state, in small letters; what is not here is shown as it says it. */
  serviceStatus: {
    pending: 'Beklemede',
    active: 'Aktif',
    suspended: 'Askıya alındı',
    terminated: 'Sonlandırıldı',
    cancelled: 'İptal edildi'
  },
  error: {
    required: 'Bu alan zorunludur.',
    'service-shape':
      'Hizmet numarası yalnızca rakamdan oluşur (952157 ya da S952157); alan adı hizmetleri D ile başlar.',
    'ip-shape': 'Geçerli bir IP adresi yazın. Örnek: 203.0.113.24 ya da 2001:db8::1',
    'too-long': 'Metin bu alan için çok uzun; kısaltın.',
    'unknown-department': 'Böyle bir departman yok. Listeden birini seçin.'
  }
}

const en: typeof tr = {
  title: 'New ticket',
  account: 'Account',
  ticketTitle: 'Title',
  department: 'Department',
  departmentPlaceholder: 'Choose a department',
  service: 'Service',
  servicePlaceholder: 'Choose a service or type its number',
  serviceHint: 'The S is added for you',
  servicesUnknown: {
    timeout:
      'The list of services could not be loaded: the server did not answer in time. You can type the service number.',
    offline: 'You are offline, so the list of services could not be loaded. You can type the service number.',
    other: 'The list of services could not be loaded; type the service number.'
  },
  servicesLoading: 'Loading the services…',
  tryAgain: 'Try again',
  choices: 'Choices',
  choiceCount: (count) =>
    count === 0 ? 'No choices' : `${n.en(count)} ${count === 1 ? 'choice' : 'choices'}`,
  recent: 'used recently',
  message: 'Message',
  access: 'Server access',
  accessHint:
    'Only fill this in if the support staff ask for it. It is not saved in the draft, and the password is erased when the window closes. The staff receive it together with the ticket.',
  serverIp: 'Server IP',
  serverUser: 'Server user name',
  serverPassword: 'Server password',
  savedReplies: 'Saved replies',
  templates: 'Templates',
  send: 'Send',
  sending: 'Sending…',
  held: 'Will be sent in a few seconds',
  sent: 'Sent',
  sentAs: (ticket) => `Sent · #${ticket}`,
  waitsForNetwork: 'In the outbox; it is sent when you are back online',
  waitsForSignIn: 'In the outbox; it is sent once you sign in to the account again',
  waitsForResume: 'In the outbox; it is sent once the account is no longer paused',
  waitsForServer: 'In the outbox; it is sent when the server answers',
  checking: 'In the outbox; checking whether it arrived',
  asksYou: 'In the outbox; it waits for your decision',
  notSent: 'Not sent',
  edit: 'Edit',
  close: 'Close',
  offline: 'You are offline. Your ticket will wait in the outbox and be sent when you are back online.',
  signedOut: 'You need to sign in to this account again. Until then your ticket waits in the outbox.',
  noAccount: 'Connect an account to send tickets. What you write is kept as a draft.',
  openInbox: 'Open the inbox',
  serverSays: (text) => `The server says: “${text}”`,
  draftKept: 'Esc: close, the draft is kept',
  clearDraft: 'Discard draft',
  draftCleared: 'Draft discarded',
  nextDraft: 'Next draft',
  newDraft: 'New draft',
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
    'service-shape': 'A service number has digits only (952157 or S952157); domain services begin with D.',
    'ip-shape': 'Enter a valid IP address. Example: 203.0.113.24 or 2001:db8::1',
    'too-long': 'The text is too long for this field; shorten it.',
    'unknown-department': 'There is no such department. Choose one from the list.'
  }
}

export const compose: Readonly<Record<Locale, typeof tr>> = { tr, en }
