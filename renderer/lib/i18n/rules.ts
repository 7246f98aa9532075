/** The rules of one account, in the settings. */
import type { TextForm } from '../../../electron/tickets/account-rules.ts'
import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from '../numbers.ts'

const tr = {
  rules: 'Hesap kuralları',
  rulesOf: (name: string) => `${name}: hesap kuralları`,
  notifications: 'Bildirimler',
  notify: 'Bu hesap için bildirim göster',
  sound: 'Bildirim sesi çal',
  badge: 'Okunmamışları sistem tepsisinde ve simgede say',
  badgeHint: 'Kapalıyken gelen kutusunda yine görünür.',
  quiet: 'Sessiz saatler',
  quietChoice: {
    general: 'Genel ayardaki gibi',
    own: 'Bu hesaba özel saatler',
    never: 'Bu hesapta yok'
  },
  poll: 'Yenileme sıklığı',
  pollGeneral: (span: string) => `Genel ayardaki gibi (${span})`,
  followUp: 'Yanıt gelmezse hatırlat',
  followUpHint:
    'Destek ekibi bu süre içinde yanıtlamazsa bildirim gelir. Departmana özel kural önceliklidir.',
  followUpHours: 'Saat',
  followUpDepartment: 'Departman',
  everyDepartment: 'Her departman',
  addFollowUp: 'Hatırlatma kuralı ekle',
  removeRule: 'Kaldır',
  removeFollowUp: (number: number) => `${n.tr(number)}. hatırlatma kuralını kaldır`,
  newTickets: 'Yeni biletler',
  department: 'Varsayılan departman',
  none: 'Yok',
  unknownDepartment: (id: number) => `Listede olmayan departman (${id})`,
  service: 'Varsayılan hizmet',
  serviceHint: 'Listeden seçin ya da numarasını yazın; isteğe bağlı.',
  serviceShape:
    'Hizmet numarası yalnızca rakamdan oluşur (952157 ya da S952157); alan adı hizmetleri D ile başlar.',
  panel: 'Müşteri paneli',
  panelUrl: 'Panelde bilet adresi',
  panelHint: 'Panelde bir bilet açın, adresini buraya yapıştırın ve numaranın yerine {id} yazın.',
  panelNeeded: '“Panelde aç” için bu hesabın panel adresi gerekli. Adresi buraya yazın.',
  panelError: {
    'no-address':
      'Adres https:// ile başlamalı, kullanıcı adı ve şifre içermemeli. Örnek: https://panel.ornek.com/viewticket.php?id={id}',
    'no-number': 'Bilet numarasının yerine {id} yazın. Örnek: https://panel.ornek.com/viewticket.php?id={id}'
  },
  saved: 'Kaydedildi'
}

const en: typeof tr = {
  rules: 'Account rules',
  rulesOf: (name) => `${name}: account rules`,
  notifications: 'Notifications',
  notify: 'Show notifications for this account',
  sound: 'Play a sound',
  badge: 'Count unread tickets in the tray and on the icon',
  badgeHint: 'Turned off, the inbox still shows them.',
  quiet: 'Quiet hours',
  quietChoice: {
    general: 'As in the general settings',
    own: 'Hours of this account’s own',
    never: 'None for this account'
  },
  poll: 'Check every',
  pollGeneral: (span) => `As in the general settings (${span})`,
  followUp: 'Remind me if there is no reply',
  followUpHint:
    'You are notified when the support staff have not replied for this long. A rule for a department goes first.',
  followUpHours: 'Hours',
  followUpDepartment: 'Department',
  everyDepartment: 'Every department',
  addFollowUp: 'Add a reminder rule',
  removeRule: 'Remove',
  removeFollowUp: (number) => `Remove reminder rule ${n.en(number)}`,
  newTickets: 'New tickets',
  department: 'Default department',
  none: 'None',
  unknownDepartment: (id) => `A department that is not listed (${id})`,
  service: 'Default service',
  serviceHint: 'Choose from the list or type its number. Optional.',
  serviceShape: 'A service number has digits only (952157 or S952157); those of domains begin with D.',
  panel: 'Customer panel',
  panelUrl: 'Address of a ticket in the panel',
  panelHint: 'Open a ticket in the panel, paste its address here, and replace its number with {id}.',
  panelNeeded: '“Open in panel” needs the address of this account’s panel. Write it here.',
  panelError: {
    'no-address':
      'The address must begin with https:// and have no user name and password in it. Example: https://panel.example.com/viewticket.php?id={id}',
    'no-number':
      'Write {id} instead of the ticket number, for example: https://panel.example.com/viewticket.php?id={id}'
  },
  saved: 'Saved'
}

export const rules: Readonly<Record<Locale, typeof tr>> = { tr, en }

/** How an account's texts go. */
interface TextFormWords {
  readonly label: string
  /** The form that `auto` currently means. */
  readonly autoAsked: string
  readonly autoAsWritten: string
  readonly autoDamaged: string
  readonly ascii: string
  readonly 'as-written': string
  readonly hint: Readonly<Record<TextForm, string>>
}

export const textForm: Readonly<Record<Locale, TextFormWords>> = {
  tr: {
    label: 'Türkçe karakterler',
    autoAsked: 'Otomatik (API v1: çevriliyor)',
    autoAsWritten: 'Otomatik (olduğu gibi)',
    autoDamaged: 'Otomatik (harfler bozuldu)',
    ascii: 'Her zaman çevir (ş → s)',
    'as-written': 'Her zaman olduğu gibi gönder',
    hint: {
      auto: 'Sunucu bir iletinizdeki harfleri bozarsa çevirmeye otomatik olarak geçilir.',
      ascii: 'İletileriniz burada yine yazdığınız gibi görünür.',
      'as-written': 'Sunucu harfleri bozarsa destek ekibi bozuk metni görür.'
    }
  },
  en: {
    label: 'Turkish letters',
    autoAsked: 'Automatic (API v1: replaced)',
    autoAsWritten: 'Automatic (as written)',
    autoDamaged: 'Automatic (letters damaged)',
    ascii: 'Always replace (ş → s)',
    'as-written': 'Always send as written',
    hint: {
      auto: 'If the server damages the letters of a message, they are replaced from then on.',
      ascii: 'Here you still see your messages as you typed them.',
      'as-written': 'If the server damages letters, the support staff see the damaged text.'
    }
  }
}
