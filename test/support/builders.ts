/**
 * Builders of complete, plausible objects, of which a test sets only the fields it needs. A new field of these types is added
 * here only (checked by `test/unit/build/builders.test.ts`).
 */
import { packMatches } from '../../electron/tickets/list/more-matches.ts'
import type { Statistics } from '../../electron/tickets/list/statistics.ts'
import type { AppState, Settings } from '../../electron/ipc/contract.ts'
import { defaultSettings } from '../../electron/ipc/defaults.ts'
import { hints } from '../../electron/ipc/settings-schema.ts'
import type { Block, Segment } from '../../electron/tickets/text/message-parts.ts'
import { defaultAccountRules } from '../../electron/tickets/account-rules.ts'
import type { RowWork } from '../../electron/tickets/work/ticket-work.ts'
import type { ConnectInput } from '../../electron/sync/types.ts'
import {
  emptyNewTicket,
  refOf,
  type LocalFacts,
  type NewTicket,
  type Reply,
  type Ticket
} from '../../electron/tickets/ticket.ts'
import type {
  AccountView,
  Connection,
  OutboxCandidate,
  OutboxItem,
  OutboxRecord,
  SearchAnswer,
  SearchHit,
  Thread,
  ThreadMessage,
  TicketRow
} from '../../electron/tickets/views.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Departments of the sample account. */
export const departments = [
  { id: 19, name: 'Hosting Hizmetleri' },
  { id: 4, name: 'Sunucu Hizmetleri' },
  { id: 7, name: 'Muhasebe' }
]

/** An open ticket without replies or dates. */
export const ticketOf = (change: Partial<Ticket> = {}): Ticket => ({
  id: 272298,
  createdAt: null,
  lastReplyAt: null,
  status: { kind: 'open', text: 'Açık' },
  message: 'Sunucuma bağlanamıyorum.',
  attachments: [],
  replies: [],
  ...change
})

/** A staff reply without a date. */
export const replyOf = (change: Partial<Reply> = {}): Reply => ({
  id: 1,
  author: 'staff',
  name: 'Ayşe Öztürk',
  sentAt: null,
  message: 'İlgileniyoruz.',
  attachments: [],
  ...change
})

/** An empty new ticket with the given fields. */
export const newTicketOf = (change: Partial<NewTicket> = {}): NewTicket => ({ ...emptyNewTicket, ...change })

export const factsOf = (change: Partial<LocalFacts> = {}): LocalFacts => ({
  title: 'SSH',
  departmentId: 19,
  service: '952157',
  ...change
})

/** An account of the v1 API whose token is in the keychain. */
export const connectInputOf = (change: Partial<ConnectInput> = {}): ConnectInput => ({
  name: 'Test',
  baseUrl: 'https://api.example.com',
  version: 'v1',
  credentials: { kind: 'bearer', token: 'token' },
  thisRunOnly: false,
  ...change
})

export const connectionOf = (change: Partial<Connection> = {}): Connection => ({
  state: 'ok',
  freshAt: Date.now() - 12_000,
  nextAt: Date.now() + 48_000,
  problem: null,
  brokenTickets: 0,
  ...change
})

/** What the person keeps about a ticket: nothing but the given fields. */
export const rowWorkOf = (change: Partial<RowWork> = {}): RowWork => ({
  done: false,
  snoozedUntil: null,
  followUpAt: null,
  isFollowUpDue: false,
  pinned: false,
  muted: false,
  title: '',
  tags: [],
  hasNote: false,
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
  sentForm: 'ascii',
  damagesLetters: false,
  secretStored: true,
  connection: connectionOf(),
  unread: 0,
  departments,
  listsServices: false,
  ...change
})

export const settingsOf = (change: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  language: 'en',
  undoSendSeconds: 0,
  newsShownFor: '0.1.0',
  dismissedHints: [...hints],
  snippets: [
    { name: 'Thanks', text: 'Merhaba {name},\n\n{ticket} için teşekkürler.' },
    { name: 'Access given', text: 'The access data are in the ticket’s form.' }
  ],
  ...change
})

export const stateOf = (change: Partial<AppState> = {}): AppState => ({
  info: {
    version: '0.1.0',
    platform: 'linux',
    host: 'electron',
    keychain: true,
    newTicketCommand: null,
    reportTo: null
  },
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
  work: null,
  ...change
})

/** A prose block of a message. */
export const prose = (...segments: readonly Segment[]): Block => ({ kind: 'prose', segments })

const text = (words: string): Segment => ({ kind: 'text', text: words })

export const messageOf = (change: Partial<ThreadMessage> = {}): ThreadMessage => ({
  key: 'm1',
  author: 'customer',
  name: '',
  sentAt: Date.now() - day,
  body: [prose(text('Sunucuma SSH ile bağlanamıyorum, bağlantı zaman aşımına uğruyor.'))],
  text: 'Sunucuma SSH ile bağlanamıyorum, bağlantı zaman aşımına uğruyor.',
  signature: null,
  ip: '203.0.113.24',
  attachments: [],
  unread: false,
  origin: 'server',
  atServer: null,
  ...change
})

export const staffMessageOf = (change: Partial<ThreadMessage> = {}): ThreadMessage =>
  messageOf({
    key: 'm2',
    author: 'staff',
    name: 'Ayşe Öztürk',
    sentAt: Date.now() - 3 * minute,
    body: [
      prose(
        text('Merhaba,\n\nGüvenlik duvarındaki kuralı düzelttik; '),
        { kind: 'ip', text: '198.51.100.7' },
        text(' adresinden bağlanabiliyor olmalısınız. Ayrıntı: '),
        { kind: 'link', text: 'https://wiki.example.com/ssh', href: 'https://wiki.example.com/ssh' },
        text(' ya da '),
        { kind: 'mail', text: 'destek@example.com', href: 'mailto:destek@example.com' }
      )
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
  finishedEntryIds: [],
  waitingSince: Date.now() - 3 * minute,
  firstResponseMs: 11 * minute,
  lastResponseMs: 2 * hour,
  draft: '',
  note: '',
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
      draft: newTicketOf({
        title: 'Yedekleme görevi başarısız',
        departmentId: 19,
        service: '952157',
        message: 'Gece yedeği hatayla bitti.'
      }),
      hasPassword: false
    },
    ...change
  })

/** The record of a reply that the server's list shows. */
export const outboxRecordOf = (change: Partial<OutboxRecord> = {}): OutboxRecord => ({
  id: 'o1',
  accountId: 'a',
  action: { kind: 'reply', ticketId: 272298, text: 'Geçmişteki yanıt' },
  queuedAt: Date.now() - hour,
  acknowledgedAt: Date.now() - hour,
  endedAt: Date.now(),
  attempts: 1,
  end: 'shown',
  ticketId: 272298,
  ...change
})

export const candidateOf = (change: Partial<OutboxCandidate> = {}): OutboxCandidate => ({
  key: 'k1',
  ticketId: 272298,
  text: 'Teşekkürler, *** çalışıyor.',
  sentAt: Date.now(),
  ...change
})

export const searchHitOf = (row: TicketRow, change: Partial<SearchHit> = {}): SearchHit => ({
  ref: refOf(row),
  excerpt: '',
  ranges: [],
  ...change
})

export const searchAnswerOf = (change: Partial<SearchAnswer> = {}): SearchAnswer => ({
  hits: [],
  more: packMatches([]),
  unknownFilters: [],
  searched: [],
  unquoted: null,
  ...change
})

export const statisticsOf = (change: Partial<Statistics> = {}): Statistics => ({
  tickets: 6,
  replies: 9,
  timeline: [
    { from: '2026-09', tickets: 4 },
    { from: '2026-10', tickets: 0 },
    { from: '2026-11', tickets: 2 }
  ],
  accounts: [],
  departments: [],
  people: [],
  weekdays: Array.from({ length: 7 }, (_, i) => ({ tickets: i, replies: 7 - i })),
  hours: Array.from({ length: 24 }, (_, i) => ({ tickets: i, replies: 1 })),
  ...change
})
