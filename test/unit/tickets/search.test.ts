import { countMatches, refsOfMatches } from '../../../electron/tickets/list/more-matches.ts'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newestFirst } from '../../../electron/tickets/list/order.ts'
import { parseQuery } from '../../../electron/tickets/list/query.ts'
import { listedFilters } from '../../../electron/tickets/list/query-words.ts'
import { ticketRow } from '../../../electron/tickets/list/rows.ts'
import { highlight, TicketSearch } from '../../../electron/tickets/list/search.ts'
import type { SearchAccount, SearchEntry } from '../../../electron/tickets/list/search-filters.ts'
import type { LocalFacts, Ticket } from '../../../electron/tickets/ticket.ts'
import { fold } from '../../../electron/tickets/text/turkish.ts'
import type { SearchAnswer } from '../../../electron/tickets/views.ts'
import { inbox } from '../../../renderer/lib/i18n/inbox.ts'
import { makeTicket, minute, ownReply, staffReply } from './make.ts'
import { factsOf } from '../../support/builders.ts'

function entry(ticket: Ticket, facts: LocalFacts | null = null, accountId = 'a'): SearchEntry {
  const context = {
    accountId,
    version: 'v1',
    facts,
    seen: new Set<string>(),
    outbox: null,
    draft: false,
    gone: false,
    work: null
  } as const
  return { ticket, facts, row: ticketRow(ticket, context), note: '' }
}

const facts = (title: string, departmentId = 21): LocalFacts => factsOf({ title, departmentId })

const entries = [
  entry(makeTicket({ id: 101, message: 'Bir Şikâyet kaydı', status: 'Closed' })),
  entry(makeTicket({ id: 202, message: 'Sunucu', replies: [staffReply(1, 5, 'DNS kayıtları düzeltildi')] })),
  entry(makeTicket({ id: 303, message: 'Başka' }), facts('DNS kayıtlarım')),
  entry(makeTicket({ id: 404, message: 'Adres 192.0.2.44', replies: [ownReply(2, 7, 'Yazdım')] }))
]

const accountOf = (entries: readonly SearchEntry[], name = 'Netinternet'): SearchAccount => ({
  name,
  entries: [...entries].sort((a, b) => newestFirst(a.row, b.row))
})
/** Search with one account. */
const find = (query: string, entries: readonly SearchEntry[], search = new TicketSearch()): SearchAnswer =>
  search.search(query, [accountOf(entries)])

const ids = (query: string): number[] => find(query, entries).hits.map(({ ref }) => ref.ticketId)

describe('search', () => {
  it.each([
    ['sikayet', [101]],
    ['ŞIKAYET', [101]],
    ['şika', [101]],
    ['kayet', []],
    ['dns', [303, 202]],
    ['dns duzel', [202]],
    ['#303', [303]],
    ['303', [303]],
    ['ayse', [202]],
    ['192.0.2.44', [404]],
    ['0.2.44', [404]],
    ['952157', [303]],
    ['yok böyle', []]
  ])('for %j finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected)
  })

  it.each([
    ['is:unread', [202]],
    ['is:closed', [101]],
    ['is:open', [404, 202, 303]],
    ['is:waiting', [202]],
    ['from:staff', [202]],
    ['from:me is:open', [404, 303]],
    ['dept:bulut', [303]],
    ['dept:"Bulut Servisler"', [303]],
    ['dept:abuse', []],
    ['is:unread dns', [202]],
    ['after:2026-09-30', [404, 202, 303, 101]],
    ['after:01.10.2026', []],
    ['before:2026-10-01', []],
    ['before:02.10.2026 is:closed', [101]],
    ['durum:okunmamış', [202]],
    ['DURUM:KAPALI', [101]],
    ['durum:açık kimden:ben', [404, 303]],
    ['durum:bekleyen kimden:yetkili', [202]],
    ['durum:bekleyen kimden:destek', [202]],
    ['departman:"Bulut Servisler"', [303]],
    ['hesap:net durum:kapalı', [101]],
    ['sonra:2026-09-30 önce:02.10.2026 durum:kapalı', [101]],
    ['Once:2026-10-01', []]
  ])('filters by %j', (query, expected) => {
    expect(ids(query)).toEqual(expected)
  })

  it.each([
    ['account:i', [2]],
    ['account:ISIK', [2]],
    ['hesap:ışık durum:açık', [2]],
    ['Hesap:"ajans be"', [4, 3]],
    ['HESAP:"AJANS BETA"', [3]],
    ['account:"Ajans Beta" account:sirin', [5]],
    ['hesap:"şirin kafe"', [5]],
    ['account:kafe', []],
    ['hesap:beta', []]
  ])('of several accounts finds with %j only what is of those it names', (query, expected) => {
    const several = ['Netinternet', 'Işık Yazılım', 'Ajans Beta', 'Ajans Beta 2', 'Şirin "Kafe" ']
    const { hits, unknownFilters } = new TicketSearch().search(
      query,
      several.map((name, i) => accountOf([entry(makeTicket({ id: i + 1 }), null, name)], name))
    )
    expect(hits.map(({ ref }) => ref.ticketId)).toEqual(expected)
    expect(unknownFilters).toEqual([])
  })

  it('finds an account whose name has quotes in it by the name without them', () => {
    const named = accountOf(entries, '"Kafe" Şirin')
    expect(new TicketSearch().search('account:"kafe sirin"', [named]).hits).toHaveLength(4)
  })

  it('names what looks like a filter and is none, and filters by the rest', () => {
    const answer = find('is:fun before:yesterdayish dept: hesap:"" after:01.02.26 is:closed', entries)
    expect(answer.unknownFilters).toEqual([
      'is:fun',
      'before:yesterdayish',
      'dept:',
      'hesap:',
      'after:01.02.26'
    ])
    expect(answer.hits).toHaveLength(1)
  })

  it('takes for words what names no filter', () => {
    expect(parseQuery('https://a.example constructor:x 19"')).toMatchObject({
      words: ['https://a.example', 'constructor:x', '19"'],
      phrases: [],
      filters: [],
      unknownFilters: []
    })
    expect(find('durum:constructor', entries).unknownFilters).toEqual(['durum:constructor'])
  })

  it('puts the subject before the message before replies, and whole words before beginnings', () => {
    const ranked = [
      entry(makeTicket({ id: 1, message: '-', replies: [ownReply(1, 9, 'ağ')] })),
      entry(makeTicket({ id: 2, message: 'ağ' })),
      entry(makeTicket({ id: 3, message: 'ağaç' })),
      entry(makeTicket({ id: 4, message: '-' }), facts('ağ')),
      entry(makeTicket({ id: 5, message: '-' }), facts('ağlar'))
    ]
    const { hits } = find('ag', ranked)
    expect(hits.map(({ ref }) => ref.ticketId)).toEqual([4, 5, 2, 3, 1])
  })

  it('puts the newest first where all else is alike', () => {
    const alike = [1, 3, 2].map((at) => entry(makeTicket({ id: at, message: 'ağ', lastReplyAt: minute(at) })))
    expect(find('ag', alike).hits.map(({ ref }) => ref.ticketId)).toEqual([3, 2, 1])
  })

  it('shows the text around the match, with the match marked in it', () => {
    const message = `${'önce gelen sözler '.repeat(20)}ŞİKÂYET burada ${'sonra gelen sözler '.repeat(20)}`
    const [hit] = find('sikayet', [entry(makeTicket({ message }))]).hits
    expect(hit?.ranges.map(([start, end]) => hit.excerpt.slice(start, end))).toEqual(['ŞİKÂYET'])
    expect(hit?.excerpt).toMatch(/^….*…$/)
    expect(hit?.excerpt.length).toBeLessThan(180)
  })

  it('finds new words of a ticket that changed', () => {
    const search = new TicketSearch()
    expect(find('yepyeni', entries, search).hits).toEqual([])
    const changed = entry(makeTicket({ id: 101, message: 'Yepyeni bir söz' }))
    expect(find('yepyeni', [changed], search).hits).toHaveLength(1)
  })

  it('names every ticket it finds, the best 100 with the text around the match', () => {
    const many = Array.from({ length: 600 }, (_, i) => entry(makeTicket({ id: i + 1 })))
    const { hits, more } = find('sunucuma', many)
    expect(hits).toHaveLength(100)
    const found = [...hits.map(({ ref }) => ref.ticketId), ...more.ticketIds]
    expect(found).toEqual(Array.from({ length: 600 }, (_, i) => 600 - i))
  })
})

it('keeps the order of several accounts past the best 100', () => {
  const all = Array.from({ length: 104 }, (_, i) =>
    entry(makeTicket({ id: 700 - i, lastReplyAt: minute(700 - i) }), null, i === 102 ? 'b' : 'a')
  )
  const two = ['b', 'a'].map((id) =>
    accountOf(
      all.filter(({ row }) => row.accountId === id),
      id
    )
  )
  const { more } = new TicketSearch().search('sunucuma', two)
  expect(refsOfMatches(more)).toEqual([
    { accountId: 'a', ticketId: 600 },
    { accountId: 'a', ticketId: 599 },
    { accountId: 'b', ticketId: 598 },
    { accountId: 'a', ticketId: 597 }
  ])
  expect(more.accountIds).toEqual(['a', 'b'])
  const answer = new TicketSearch().search('sunucuma', two)
  expect([null, 'a', 'b', 'c'].map((id) => countMatches(answer, id))).toEqual([104, 103, 1, 0])
})

describe('what is kept of a ticket, each word once,', () => {
  const words = [
    'dns',
    'DNS,',
    'dnssec',
    '(dns)',
    'adns',
    'x-dns',
    'ns1.dns.tr',
    'şık',
    'ŞIKÂYET',
    '4121',
    '12',
    '\n',
    '´'
  ]
  const queries = ['dns', 'dnss', 'sik', 'sikayet', '12', '412', 'ns1.dns', 'x-dns', 'dns.tr', 'yok']
  const message = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(' '))

  /** Score of a word in one text, computed independently from the rules; 0 if the text does not contain it. */
  function worthIn(text: string, word: string, weight: number): number {
    const inner = /[.\d]/.test(word) ? '' : '(?<![\\p{L}\\p{N}])'
    const literal = word.replace(/\./g, '\\$&')
    if (!new RegExp(`${inner}${literal}`, 'u').test(fold(text))) return 0
    return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'u').test(fold(text))
      ? weight + 1
      : weight
  }

  it('ranks tickets as all that was written would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, message, message, message), { minLength: 1, maxLength: 6 }),
        fc.subarray(queries, { minLength: 1, maxLength: 2 }),
        fc.subarray(queries, { maxLength: 1 }),
        (written, query, without) => {
          const all = written.map(([title, first, second, third], i) =>
            entry(
              makeTicket({
                id: 900 + i,
                message: first,
                lastReplyAt: minute(i),
                replies: [ownReply(1, i, second), ownReply(2, i, third)]
              }),
              { ...facts(title), service: '' }
            )
          )
          const worth = ({ row, ticket }: SearchEntry): number => {
            const texts: [string, number][] = [
              [`${row.titleKnown ? row.subject : ''} ${row.id} ${row.department ?? ''}`, 8],
              [ticket.message, 4],
              ...ticket.replies.map((reply): [string, number] => [reply.message, 2])
            ]
            if (without.some((word) => texts.some(([text]) => worthIn(text, word, 1) > 0))) return 0
            const each = query.map((word) =>
              Math.max(...texts.map(([text, weight]) => worthIn(text, word, weight)))
            )
            return each.includes(0) ? 0 : each.reduce((sum, score) => sum + score, 0)
          }
          const wanted = all
            .filter((candidate) => worth(candidate) > 0)
            .sort((a, b) => worth(b) - worth(a) || newestFirst(a.row, b.row))
            .map(({ row }) => row.id)
          const { hits } = find([...query, ...without.map((word) => `-${word}`)].join(' '), all)
          expect(hits.map(({ ref }) => ref.ticketId)).toEqual(wanted)
          // Words found outside the subject are highlighted in the excerpt.
          for (const hit of hits) if (hit.excerpt !== '') expect(hit.ranges).not.toEqual([])
        }
      ),
      { numRuns: 500 }
    )
  })

  it('shows no footer beside what was found, unless it was found only there', () => {
    const message = 'Fatura ödememi göremiyorum\n-----------------\nIP Adresiniz: 203.0.113.9'
    const excerptOf = (query: string): string | undefined =>
      find(query, [entry(makeTicket({ message }))]).hits[0]?.excerpt
    expect(excerptOf('ödeme')).toBe('Fatura ödememi göremiyorum')
    expect(excerptOf('203.0.113.9')).toContain('203.0.113.9')
  })

  it('are without the marks of a code block, as the subject is', () => {
    const message = 'Çıktı aşağıda\n\n```sh\n$ df -h\n```\nDisk ``` dolu'
    const { hits } = find('çıktı', [entry(makeTicket({ message }))])
    expect(hits[0]?.excerpt).toBe('Çıktı aşağıda $ df -h Disk ``` dolu')
  })

  it('shows a reply that says more than the one before', () => {
    const replies = [ownReply(1, 1, 'DNS kaydı'), staffReply(2, 2, 'DNS kaydı silindi')]
    const [hit] = find('silin', [entry(makeTicket({ message: 'DNS', replies }))]).hits
    expect(hit?.excerpt).toBe('Ayşe Öztürk: DNS kaydı silindi')
  })

  it('finds a sign that stands for a space', () => {
    expect(find('dns´kaydı', [entry(makeTicket({ message: 'DNS´kaydı' }))]).hits).toHaveLength(1)
  })
})

describe('who types on', () => {
  const words = [
    'dns',
    'dnssec',
    'ns1',
    '1',
    'a',
    'ay',
    'ayse',
    'is:unread',
    'is:open',
    'dept:b',
    'x.y',
    '12',
    'kayit',
    '"dns kaydi"',
    '"ns1.x',
    '-dns',
    '-"ay-se"',
    '-is:open',
    'ek:yok',
    'durum:yok'
  ]
  const texts = ['dns kaydi', 'ns1.x.y', 'ayse 12', 'mayıs a1', 'adns1 kayıt', 'ay-se x.y 412', 'dnssec']

  it('finds what who begins with all of it finds, whatever was searched before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 8 }),
        fc.array(fc.array(fc.constantFrom(...words), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
        (messages, queries, changes) => {
          const search = new TicketSearch()
          let all = messages.map((message, i) =>
            entry(makeTicket({ id: i + 1, message, replies: i % 2 ? [staffReply(1, i, 'ns1')] : [] }))
          )
          let account = accountOf(all)
          for (const [i, query] of queries.map((parts) => parts.join(' ')).entries()) {
            if (changes[i] === 1) {
              // The server changes the text of the first ticket.
              all = [entry(makeTicket({ id: 1, message: texts[i] ?? '' })), ...all.slice(1)]
              account = accountOf(all)
            }
            for (let typed = 0; typed <= query.length; typed++) {
              const text = query.slice(0, typed)
              expect(search.search(text, [account]), text).toEqual(find(text, all))
            }
          }
        }
      ),
      { numRuns: 300 }
    )
  })
})

describe('highlight', () => {
  it('marks every place, in the positions of the text, joined where they touch', () => {
    const text = 'Şeker şekerli ŞEKERCİ'
    expect(highlight(['seker', 'sekerci'], text).map(([a, b]) => text.slice(a, b))).toEqual([
      'Şeker',
      'şeker',
      'ŞEKERCİ'
    ])
  })

  it('takes the marks of a letter in two parts along', () => {
    const text = 'as\u0327 b'
    expect(highlight(['as'], text).map(([a, b]) => text.slice(a, b))).toEqual(['as\u0327'])
  })

  it('survives an empty word', () => {
    expect(highlight([''], 'a')).toEqual([])
  })
})

/** Times that a query selects, at 00:30 in Istanbul, when it is still the day before in London. */
function moments(query: string): readonly string[] {
  const { filters, unknownFilters } = parseQuery(query, Date.parse('2026-11-23T21:30:00Z'))
  expect(unknownFilters).toEqual([])
  return filters.map(({ condition }) =>
    condition.kind === 'after' || condition.kind === 'before'
      ? `${condition.kind} ${new Date(condition.at).toISOString()}`
      : condition.kind
  )
}

describe('a date that is counted back', () => {
  it.each([
    ['sonra:bugün', ['after 2026-11-23T21:00:00.000Z']],
    ['after:today', ['after 2026-11-23T21:00:00.000Z']],
    ['SONRA:DÜN', ['after 2026-11-22T21:00:00.000Z']],
    ['before:yesterday', ['before 2026-11-22T21:00:00.000Z']],
    ['önce:dun', ['before 2026-11-22T21:00:00.000Z']],
    ['sonra:7g', ['after 2026-11-16T21:00:00.000Z']],
    ['sonra:"7 gün"', ['after 2026-11-16T21:00:00.000Z']],
    ['after:7d', ['after 2026-11-16T21:00:00.000Z']],
    ['after:2w', ['after 2026-11-09T21:00:00.000Z']],
    ['sonra:2h', ['after 2026-11-09T21:00:00.000Z']],
    ['after:2h', ['after 2026-11-23T19:30:00.000Z']],
    ['sonra:2sa', ['after 2026-11-23T19:30:00.000Z']],
    ['after:2hafta', ['after 2026-11-09T21:00:00.000Z']],
    ['before:1m', ['before 2026-10-24T21:00:00.000Z']],
    ['önce:1a', ['before 2026-10-24T21:00:00.000Z']],
    ['sonra:1y', ['after 2025-11-23T21:00:00.000Z']],
    ['tarih:dün', ['after 2026-11-22T21:00:00.000Z', 'before 2026-11-23T21:00:00.000Z']],
    ['date:2026-11-24', ['after 2026-11-23T21:00:00.000Z', 'before 2026-11-24T21:00:00.000Z']]
  ])('%s means that day in Istanbul', (query, expected) => {
    expect(moments(query)).toEqual(expected)
  })

  it.each(['sonra:7', 'sonra:g', 'after:7x', 'after:tomorrow', 'tarih:', 'sonra:-7g', 'after:99999d'])(
    '%s is none',
    (query) => {
      expect(parseQuery(query).unknownFilters).toEqual([query])
    }
  )

  it('keeps what happened since then, that day included', () => {
    const now = minute(0)
    const daysAgo = (days: number): SearchEntry =>
      entry(makeTicket({ id: 100 + days, createdAt: null, lastReplyAt: now - days * 86_400_000 }))
    const all = [0, 1, 6, 7, 8, 30].map(daysAgo)
    const found = (query: string): readonly number[] =>
      new TicketSearch().search(query, [accountOf(all)], now).hits.map(({ ref }) => ref.ticketId - 100)
    expect(found('sonra:7g')).toEqual([0, 1, 6, 7])
    expect(found('önce:7g')).toEqual([8, 30])
    expect(found('tarih:dün')).toEqual([1])
    expect(found('-sonra:dün')).toEqual([6, 7, 8, 30])
  })
})

describe('a phrase', () => {
  const tickets = [
    entry(makeTicket({ id: 1, message: 'Merhaba,\nŞifre\n çalışmıyor, ne yapmalıyım?' })),
    entry(makeTicket({ id: 2, message: 'Çalışmıyor: şifre' })),
    entry(makeTicket({ id: 3, message: '-', replies: [staffReply(1, 2, 'Yeni şifre çalışmıyorsa yazın')] })),
    entry(makeTicket({ id: 4, message: 'fatura' }), facts('Fatura ve şifre'))
  ]
  const found = (query: string): readonly number[] =>
    find(query, tickets)
      .hits.map(({ ref }) => ref.ticketId)
      .toSorted()

  it.each([
    ['sifre calismiyor', [1, 2, 3]],
    ['"sifre calismiyor"', [1]],
    ['“ŞİFRE ÇALIŞMIYOR”', [1]],
    ['"sifre calismiyor', [1, 3]],
    ['"ifre calismiyor"', []],
    ['"fatura"', [4]],
    ['"fatur"', []],
    ['"yeni sifre" yazin', [3]],
    ['"ayse ozturk: yeni"', [3]],
    ['""', [1, 2, 3, 4]],
    ['-"sifre calismiyor"', [2, 3, 4]],
    ['sifre -"sifre calismiyor" -fatura', [2, 3]],
    ['-sifre', []],
    ['-fatura', [1, 2, 3]],
    ['sifre -', [1, 2, 3, 4]],
    ['--sifre', []]
  ])('%s finds %j', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  it('is shown where it stands, marked as a whole', () => {
    const message = `şifre ${'dolgu '.repeat(60)} yeni şifre çalışmıyor ${'dolgu '.repeat(60)}`
    const { hits, searched } = find('"sifre calismiyor"', [entry(makeTicket({ message }), facts('Konu'))])
    expect(hits[0]?.ranges.map(([a, b]) => hits[0]?.excerpt.slice(a, b))).toEqual(['şifre çalışmıyor'])
    expect(searched).toEqual(['sifre calismiyor'])
  })

  it('that is nowhere says what its words alone would find, and nothing where they find nothing', () => {
    expect(find('"sifre merhaba" -fatura', tickets).unquoted).toBe('sifre merhaba -fatura')
    expect(find('"sifre merhaba" durum:kapalı', tickets).unquoted).toBeNull()
    expect(find('"kargo nerede"', tickets).unquoted).toBeNull()
    expect(find('kargo', tickets).unquoted).toBeNull()
    expect(find('"sifre calismiyor"', tickets).unquoted).toBeNull()
  })

  it('takes brackets, stars and slashes for what they are', () => {
    const odd = [entry(makeTicket({ id: 7, message: 'rm -rf /var/* [a-z]+ (kök) $HOME a\\b {x} ^|?' }))]
    for (const phrase of ['-rf /var/*', '[a-z]+ (kök)', '$HOME a\\b', '{x} ^|?'])
      expect(find(`"${phrase}"`, odd).hits, phrase).toHaveLength(1)
  })
})

describe('every status of the list', () => {
  const statuses = [
    'Open',
    'Answered',
    'Müşteri Yanıtı',
    'On Hold',
    'İşlemler Sürüyor',
    'Closed',
    'Ön İnceleme'
  ]
  const tickets = statuses.map((status, i) => entry(makeTicket({ id: i, status })))
  const found = (query: string): readonly (string | undefined)[] =>
    find(query, tickets)
      .hits.map(({ ref }) => statuses[ref.ticketId])
      .toSorted()

  it.each([
    ['durum:yanıtlandı', ['Answered']],
    ['durum:cevaplandi', ['Answered']],
    ['is:answered', ['Answered']],
    ['durum:yanıtladınız', ['Müşteri Yanıtı']],
    ['is:replied', ['Müşteri Yanıtı']],
    ['is:customer-reply', ['Müşteri Yanıtı']],
    ['status:"customer reply"', ['Müşteri Yanıtı']],
    ['durum:beklemede', ['On Hold']],
    ['is:on-hold', ['On Hold']],
    ['durum:işlemde', ['İşlemler Sürüyor']],
    ['is:in-progress', ['İşlemler Sürüyor']],
    ['durum:"ön inceleme"', ['Ön İnceleme']],
    ['durum:on-inc', ['Ön İnceleme']],
    ['-durum:kapalı -durum:açık', []],
    ['-durum:açık', ['Closed']],
    ['durum:açık -durum:yanıtlandı -is:on-hold -durum:ön', ['Müşteri Yanıtı', 'Open', 'İşlemler Sürüyor']]
  ])('is found by %s', (query, expected) => {
    const { unknownFilters } = find(query, tickets)
    expect(unknownFilters).toEqual([])
    expect(found(query)).toEqual(expected.toSorted())
  })

  it('that no ticket has is not understood', () => {
    expect(find('durum:iptal -durum:nerede önce:x', tickets).unknownFilters).toEqual([
      'durum:iptal',
      '-durum:nerede',
      'önce:x'
    ])
  })
})

describe('what a ticket has', () => {
  const link = { kind: 'link', url: 'https://a.example/x.png', name: 'x.png' } as const
  const plain = entry(makeTicket({ id: 1 }))
  const drafted = entry(makeTicket({ id: 2 }))
  const tickets = [
    plain,
    { ...drafted, row: { ...drafted.row, draft: true } },
    entry(makeTicket({ id: 3, attachments: [link] })),
    entry(makeTicket({ id: 4, replies: [{ ...staffReply(1, 2, 'Ekte'), attachments: [link] }] }))
  ]

  it.each([
    ['taslak:var', [2]],
    ['has:draft', [2]],
    ['draft:yes', [2]],
    ['taslak:yok', [1, 3, 4]],
    ['-has:draft', [1, 3, 4]],
    ['ek:var', [3, 4]],
    ['has:attachment', [3, 4]],
    ['EK:YOK', [1, 2]],
    ['-ek:yok', [3, 4]],
    ['attachment:no taslak:yok', [1]],
    ['ek:var kimden:destek', [4]],
    ['ek:var kimden:"destek ekibi"', [4]],
    ['ek:var kimden:yetkili', [4]],
    ['ek:var -from:support', [3]],
    ['-hesap:net ek:var', []],
    ['-hesap:başka ek:var', [3, 4]]
  ])('is asked by %s', (query, expected) => {
    const { hits, unknownFilters } = find(query, tickets)
    expect(unknownFilters).toEqual([])
    expect(hits.map(({ ref }) => ref.ticketId).toSorted()).toEqual(expected)
  })
})

describe('the search help and the guides', () => {
  const guide = (locale: 'tr' | 'en'): string =>
    readFileSync(new URL(`../../../docs/guide.${locale}.md`, import.meta.url), 'utf8')

  it.each(['tr', 'en'] as const)('tell in %s of filters that are understood, and of each', (locale) => {
    const documented = [...guide(locale).matchAll(/`(-?\p{L}+:(?!\/)[^`]*)`/gu)].map(([, code = '']) => code)
    const help = inbox[locale].searchOperators.filter((part) => /^\p{L}+:\S/u.test(part))
    expect(help.length).toBeGreaterThan(9)
    for (const code of [...documented, ...help]) {
      if (code.endsWith(':')) expect(parseQuery(`${code}x`).words, code).toEqual([])
      else expect(parseQuery(code), code).toMatchObject({ words: [], unknownFilters: [] })
    }
    for (const [name, values] of listedFilters(locale))
      for (const value of values) expect(documented).toContain(`${name}:${value}`)
  })

  it.each(['tr', 'en'] as const)(
    'are understood by the names that the filters above the list have in %s',
    (locale) => {
      const [name = ''] = listedFilters(locale)[0] ?? []
      for (const state of ['unread', 'waiting', 'open', 'snoozed', 'done', 'closed'] as const) {
        const query = `${name}:"${inbox[locale][state]}"`
        const conditions = parseQuery(query).filters.map(({ condition }) => condition)
        expect(conditions, query).toEqual([{ ...parseQuery(`is:${state}`).filters[0]?.condition }])
      }
    }
  )
})

describe('parseQuery', () => {
  it('begins after a day in Istanbul and ends before one', () => {
    expect(moments('after:2026-11-24 before:24.11.2026')).toEqual([
      'after 2026-11-24T21:00:00.000Z',
      'before 2026-11-23T21:00:00.000Z'
    ])
  })

  it('takes an address for words, not for a filter', () => {
    expect(parseQuery('https://a.example 2001:db8::1')).toMatchObject({
      words: ['https://a.example', '2001:db8::1'],
      unknownFilters: []
    })
  })
})
