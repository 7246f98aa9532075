/** Words of what the command line prints, apart from its help and its errors. */
import type { Locale } from '../../tickets/locale.ts'
import { inDigits } from '../../tickets/text/numbers.ts'
import type { ConnectionState, OutboxState, Waiting } from '../../tickets/views.ts'
import type { EntryOutput } from '../output/schema.ts'

export interface Words {
  readonly nothingFound: string
  /** How many tickets are not printed. */
  readonly more: (count: number) => string
  readonly columns: {
    readonly number: string
    readonly unread: string
    readonly turn: string
    readonly status: string
    readonly activity: string
    readonly subject: string
    readonly account: string
  }
  readonly turn: Readonly<Record<Waiting, string>>
  readonly you: string
  readonly staff: string
  readonly unreadReply: string
  /** A message that the server acknowledged, but does not show. */
  readonly localMessage: string
  readonly attachment: string
  readonly tags: string
  readonly note: string
  readonly department: string
  readonly service: string
  readonly account: string
  readonly status: string
  readonly unread: (count: number) => string
  readonly yourTurn: (count: number) => string
  readonly open: (count: number) => string
  readonly connection: Readonly<Record<ConnectionState, string>>
  readonly freshAt: (time: string) => string
  readonly never: string
  readonly sample: string
  readonly noAccount: string
  readonly outbox: string
  readonly outboxStates: Readonly<Record<OutboxState, string>>
  readonly results: Readonly<Record<EntryOutput['result'], string>>
  readonly actions: Readonly<Record<EntryOutput['action'], string>>
  readonly decide: string
  /** Written to the terminal while the app is started. */
  readonly starting: string
  /** Written to the terminal before it reads a text. */
  readonly typeText: string
}

const tr: Words = {
  nothingFound: 'Bu koşullara uyan bilet yok.',
  more: (count) => `… ve ${inDigits(count, 'tr')} bilet daha (--limit ile artırın).`,
  columns: {
    number: 'NO',
    unread: 'YENİ',
    turn: 'SIRA',
    status: 'DURUM',
    activity: 'SON HAREKET',
    subject: 'KONU',
    account: 'HESAP'
  },
  turn: { you: 'sizde', staff: 'destekte', nobody: '–' },
  you: 'Siz',
  staff: 'destek ekibi',
  unreadReply: 'okunmamış',
  localMessage: 'gönderildi, sunucunun listesinde henüz yok',
  attachment: 'Ek',
  tags: 'Etiketler',
  note: 'Not',
  department: 'Departman',
  service: 'Hizmet',
  account: 'Hesap',
  status: 'Durum',
  unread: (count) => `${inDigits(count, 'tr')} okunmamış`,
  yourTurn: (count) => `${inDigits(count, 'tr')} bilet sizi bekliyor`,
  open: (count) => `${inDigits(count, 'tr')} açık`,
  connection: {
    opening: 'biletler açılıyor',
    connecting: 'bağlanıyor',
    asking: 'yenileniyor',
    ok: 'bağlı',
    offline: 'çevrimdışı',
    failing: 'sunucuya ulaşılamıyor',
    'signed-out': 'yeniden oturum açın',
    paused: 'duraklatıldı'
  },
  freshAt: (time) => `son liste ${time}`,
  never: 'henüz liste alınmadı',
  sample: 'örnek hesap',
  noAccount: 'Bağlı hesap yok. Uygulamayı açıp bir hesap bağlayın.',
  outbox: 'Giden kutusu',
  outboxStates: {
    queued: 'sırada',
    sending: 'gönderiliyor',
    uncertain: 'ulaşıp ulaşmadığı kontrol ediliyor',
    sent: 'gönderildi',
    refused: 'sunucu kabul etmedi',
    undecided: 'kararınızı bekliyor'
  },
  results: {
    waiting: 'gönderilmeyi bekliyor',
    sent: 'gönderildi',
    refused: 'sunucu kabul etmedi',
    undecided: 'kararınızı bekliyor',
    cancelled: 'geri alındı, gönderilmedi'
  },
  actions: { reply: 'yanıt', new: 'yeni bilet', close: 'kapatma' },
  decide: 'Ulaşıp ulaşmadığına yalnızca siz karar verebilirsiniz: uygulamada Giden kutusu’nu açın.',
  starting: 'Uygulama arka planda başlatılıyor…',
  typeText: 'Metni yazın, boş bir satırda Ctrl+D ile bitirin:'
}

const en: Words = {
  nothingFound: 'No ticket matches.',
  more: (count) => `… and ${inDigits(count, 'en')} more (raise --limit).`,
  columns: {
    number: 'NO',
    unread: 'NEW',
    turn: 'TURN',
    status: 'STATUS',
    activity: 'LAST ACTIVITY',
    subject: 'SUBJECT',
    account: 'ACCOUNT'
  },
  turn: { you: 'you', staff: 'staff', nobody: '–' },
  you: 'You',
  staff: 'staff',
  unreadReply: 'unread',
  localMessage: 'sent, not in the server’s list yet',
  attachment: 'Attachment',
  tags: 'Tags',
  note: 'Note',
  department: 'Department',
  service: 'Service',
  account: 'Account',
  status: 'Status',
  unread: (count) => `${inDigits(count, 'en')} unread`,
  yourTurn: (count) => `${inDigits(count, 'en')} waiting for you`,
  open: (count) => `${inDigits(count, 'en')} open`,
  connection: {
    opening: 'opening tickets',
    connecting: 'connecting',
    asking: 'refreshing',
    ok: 'connected',
    offline: 'offline',
    failing: 'server not reachable',
    'signed-out': 'sign in again',
    paused: 'paused'
  },
  freshAt: (time) => `last list ${time}`,
  never: 'no list yet',
  sample: 'sample account',
  noAccount: 'No account is connected. Open the app and connect one.',
  outbox: 'Outbox',
  outboxStates: {
    queued: 'queued',
    sending: 'sending',
    uncertain: 'checking whether it arrived',
    sent: 'sent',
    refused: 'refused by the server',
    undecided: 'waiting for your decision'
  },
  results: {
    waiting: 'waiting to be sent',
    sent: 'sent',
    refused: 'refused by the server',
    undecided: 'waiting for your decision',
    cancelled: 'cancelled, not sent'
  },
  actions: { reply: 'reply', new: 'new ticket', close: 'close' },
  decide: 'Only you can decide whether it arrived: open the outbox in the app.',
  starting: 'Starting Bilet in the background…',
  typeText: 'Type the text; end it with Ctrl+D on an empty line:'
}

const words: Readonly<Record<Locale, Words>> = { tr, en }
export const wordsOf = (locale: Locale): Words => words[locale]
