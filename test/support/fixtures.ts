/** Sample data for windows: rows, threads, accounts and an app's state, as main would send them. */
import type { AppState, Settings } from '../../electron/ipc/contract.ts'
import { defaultSettings } from '../../electron/ipc/defaults.ts'
import { defaultAccountRules } from '../../electron/tickets/account-rules.ts'
import type {
  AccountView,
  Connection,
  OutboxItem,
  Segment,
  Thread,
  ThreadMessage,
  TicketRow
} from '../../electron/tickets/views.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

const departments = [
  { id: 19, name: 'Hosting Hizmetleri' },
  { id: 4, name: 'Sunucu Hizmetleri' },
  { id: 7, name: 'Muhasebe' }
]

export const connectionOf = (change: Partial<Connection> = {}): Connection => ({
  state: 'ok',
  freshAt: Date.now() - 12_000,
  nextAt: Date.now() + 48_000,
  problem: null,
  brokenTickets: 0,
  ...change
})

export const accountOf = (change: Partial<AccountView> = {}): AccountView => ({
  id: 'a',
  name: 'Örnek Bilişim',
  color: 0,
  version: 'v1',
  baseUrl: 'https://api.ni.net.tr',
  auth: 'bearer',
  demo: false,
  paused: false,
  rules: defaultAccountRules,
  secretStored: true,
  connection: connectionOf(),
  unread: 0,
  departments,
  ...change
})

export const settingsOf = (change: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  language: 'en',
  snippets: [
    { name: 'Thanks', text: 'Merhaba {name},\n\n{ticket} için teşekkürler.' },
    { name: 'Access given', text: 'The access data are in the ticket’s form.' }
  ],
  ...change
})

export const stateOf = (change: Partial<AppState> = {}): AppState => ({
  info: { version: '0.1.0', platform: 'linux', host: 'electron', keychain: true, newTicketCommand: null },
  locale: 'en',
  settings: settingsOf(),
  accounts: [accountOf()],
  outbox: [],
  notices: [],
  update: { kind: 'off' },
  ...change
})

export const rowOf = (change: Partial<TicketRow> = {}): TicketRow => ({
  accountId: 'a',
  id: 272298,
  subject: 'SSH ile bağlanamıyorum',
  titleKnown: true,
  status: { kind: 'answered', text: 'Yanıtlandı' },
  department: 'Hosting Hizmetleri',
  lastSpeaker: 'staff',
  lastSpeakerName: 'Ayşe Öztürk',
  excerpt: 'Güvenlik duvarındaki kuralı düzelttik, bağlanabiliyor olmalısınız.',
  createdAt: Date.now() - day,
  lastActivityAt: Date.now() - 3 * minute,
  replyCount: 1,
  unread: 0,
  waitingFor: 'you',
  outbox: null,
  draft: false,
  gone: false,
  ...change
})

const text = (words: string): Segment => ({ kind: 'text', text: words })

export const messageOf = (change: Partial<ThreadMessage> = {}): ThreadMessage => ({
  key: 'm1',
  author: 'customer',
  name: '',
  sentAt: Date.now() - day,
  body: [text('Sunucuma SSH ile bağlanamıyorum, bağlantı zaman aşımına uğruyor.')],
  text: 'Sunucuma SSH ile bağlanamıyorum, bağlantı zaman aşımına uğruyor.',
  signature: null,
  ip: '203.0.113.24',
  attachments: [],
  unread: false,
  origin: 'server',
  ...change
})

export const staffMessageOf = (change: Partial<ThreadMessage> = {}): ThreadMessage =>
  messageOf({
    key: 'm2',
    author: 'staff',
    name: 'Ayşe Öztürk',
    sentAt: Date.now() - 3 * minute,
    body: [
      text('Merhaba,\n\nGüvenlik duvarındaki kuralı düzelttik; '),
      { kind: 'ip', text: '198.51.100.7' },
      text(' adresinden bağlanabiliyor olmalısınız. Ayrıntı: '),
      { kind: 'link', text: 'https://wiki.example.com/ssh', href: 'https://wiki.example.com/ssh' },
      text(' ya da '),
      { kind: 'mail', text: 'destek@example.com', href: 'mailto:destek@example.com' }
    ],
    text: 'Merhaba,\n\nGüvenlik duvarındaki kuralı düzelttik; 198.51.100.7 adresinden bağlanabiliyor olmalısınız.',
    signature: 'Netinternet - Teknik Birim\nAyşe Öztürk',
    ip: null,
    attachments: [{ kind: 'link', url: 'https://files.example.com/fw.png', name: 'fw.png' }],
    ...change
  })

export const threadOf = (row: TicketRow, change: Partial<Thread> = {}): Thread => ({
  service: 'S952157',
  messages: [messageOf(), staffMessageOf({ unread: row.unread > 0 })],
  waitingSince: Date.now() - 3 * minute,
  firstResponseMs: 11 * minute,
  lastResponseMs: 2 * hour,
  draft: '',
  ...change
})

export const outboxOf = (change: Partial<OutboxItem> = {}): OutboxItem => ({
  id: 'o1',
  accountId: 'a',
  action: { kind: 'reply', ticketId: 272298, text: 'Teşekkürler, şimdi çalışıyor.' },
  state: 'queued',
  queuedAt: Date.now() - minute,
  attempts: 0,
  problem: null,
  nextAttemptAt: null,
  question: null,
  acknowledgedAt: null,
  batch: null,
  ...change
})

export const newTicketOutbox = (change: Partial<OutboxItem> = {}): OutboxItem =>
  outboxOf({
    id: 'o2',
    action: {
      kind: 'create',
      draft: {
        title: 'Yedekleme görevi başarısız',
        departmentId: 19,
        service: '952157',
        message: 'Gece yedeği hatayla bitti.',
        serverIp: '',
        serverUser: ''
      },
      hasPassword: false
    },
    ...change
  })

const subjects = [
  'SSH ile bağlanamıyorum',
  'DNS kayıtları güncellenmiyor',
  'Wildcard SSL sertifikamızın süresi doluyor',
  'E-postalarımız bir kısım alıcıya ulaşmıyor',
  'Aylık yedek alanımız %94 doldu',
  'Ekim faturası iki kez tahsil edildi',
  'KVM erişimi rica ediyoruz',
  'PHP sürümünün 8.3’e yükseltilmesi ve opcache ayarlarının gözden geçirilmesi',
  'Gece yarısından sonra disk G/Ç’si yükseliyor'
] as const
const staff = ['Ayşe Öztürk', 'İrem Aksoy', 'Çiğdem Şahin', 'Uğur Güneş', 'Emre Yıldız'] as const
const statuses = [
  { kind: 'answered', text: 'Yanıtlandı' },
  { kind: 'open', text: 'Açık' },
  { kind: 'closed', text: 'Kapalı' },
  { kind: 'in-progress', text: 'İşlemler Sürüyor' },
  { kind: 'closed', text: 'Kapalı' },
  { kind: 'on-hold', text: 'Beklemede' },
  { kind: 'customer-reply', text: 'Müşteri Yanıtı' }
] as const

/** Rows of every kind, newest first; the same for the same count. */
export function manyRows(count: number, now = Date.now()): readonly TicketRow[] {
  return Array.from({ length: count }, (_, i): TicketRow => {
    const status = statuses[i % statuses.length] ?? statuses[0]
    const isAnswered = status.kind === 'answered'
    const at = now - (3 * minute + i * i * 11 * minute)
    return rowOf({
      id: 272298 - i * 7,
      subject: subjects[i % subjects.length] ?? subjects[0],
      titleKnown: i % 3 === 0,
      status,
      department: i % 4 === 3 ? null : (departments[i % departments.length]?.name ?? null),
      lastSpeaker: isAnswered || status.kind === 'closed' ? 'staff' : 'customer',
      lastSpeakerName: isAnswered || status.kind === 'closed' ? (staff[i % staff.length] ?? '') : '',
      excerpt:
        i % 2 === 0
          ? 'Güvenlik duvarındaki kuralı düzelttik, şu an bağlanabiliyor olmalısınız.'
          : 'Ekran görüntüsünü ekledim; sabah 10.20’den beri böyle.',
      createdAt: at - day,
      lastActivityAt: at,
      unread: isAnswered && i < 10 ? 1 : 0,
      waitingFor: status.kind === 'closed' ? 'nobody' : isAnswered ? 'you' : 'staff',
      outbox: i === 3 ? 'queued' : null
    })
  })
}
