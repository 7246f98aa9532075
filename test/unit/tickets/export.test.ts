import { describe, expect, it } from 'vitest'
import { toJson, toMarkdown, type ExportWords } from '../../../electron/tickets/thread/export.ts'
import { ticketRow } from '../../../electron/tickets/list/rows.ts'
import type { LocalFacts, Ticket } from '../../../electron/tickets/ticket.ts'
import { makeTicket, ownReply, staffReply } from './make.ts'
import { factsOf, rowWorkOf } from '../../support/builders.ts'

const words: ExportWords = {
  you: 'You',
  staff: 'staff',
  status: 'Status',
  department: 'Department',
  service: 'Service',
  attachments: 'Attachments',
  subject: 'Subject',
  tags: 'Tags',
  note: 'Your note',
  atServer: 'As the server has it',
  statusName: ({ text }) => text,
  when: (at) => (at === null ? '-' : new Date(at).toISOString())
}
const facts = factsOf()

function entry(ticket: Ticket, known: LocalFacts | null = facts): Parameters<typeof toMarkdown>[0] {
  const context = {
    accountId: 'a',
    version: 'v1',
    facts: known,
    seen: new Set<string>(),
    outbox: null,
    draft: false,
    gone: false,
    work: null
  } as const
  return { ticket, facts: known, row: ticketRow(ticket, context), note: '' }
}

describe('an exported ticket', () => {
  it('holds every word, also below a rule', () => {
    const messages = [
      'Erişim:\n______\nroot\ngizli',
      'Tamam.\n-----\nSaygılar\n____\nNetinternet - Teknik Birim'
    ]
    const replies = messages.map((message, i) => ({ ...staffReply(i + 1, i + 1), message }))
    const text = toMarkdown(entry(makeTicket({ replies })), words)
    for (const word of messages
      .join('\n')
      .split(/\n|[-_]{4,}/)
      .filter(Boolean))
      expect(text).toContain(`> ${word}`)
  })

  it('reads as Markdown with every message in order', () => {
    const text = toMarkdown(entry(makeTicket({ replies: [staffReply(1, 1), ownReply(2, 2)] })), words)
    expect(text).toBe(
      [
        '## #272298 SSH',
        '',
        '- Status: Açık',
        '- Department: Hosting Hizmetleri',
        '- Service: 952157',
        '',
        '### You, 2026-10-01T10:00:00.000Z',
        '',
        '> Merhaba,',
        '> Sunucuma bağlanamıyorum.',
        '>',
        '> -----------------',
        '> IP Adresiniz: 192.0.2.7',
        '',
        '### Ayşe Öztürk (staff), 2026-10-01T10:01:00.000Z',
        '',
        '> İlgileniyoruz.',
        '',
        '### You, 2026-10-01T10:02:00.000Z',
        '',
        '> Teşekkürler.',
        ''
      ].join('\n')
    )
  })

  it('cannot become markup, a heading or a link by what a message says', () => {
    const message = '# H\n<script>alert(1)</script>\n[a](javascript:x) ![i](y) &lt;b&gt; `c`'
    const text = toMarkdown(entry(makeTicket({ message }), null), words)
    expect(text).not.toMatch(/(?<!\\)<script/)
    expect(text).not.toMatch(/(?<!\\)\[a/)
    expect(text).not.toMatch(/(?<!\\)&lt;/)
    expect(text.match(/^#+ /gm)).toEqual(['## ', '### '])
  })

  it('keeps everything as JSON, with moments in UTC', () => {
    expect(toJson(entry(makeTicket({ replies: [staffReply(1, 1)] })))).toMatchObject({
      id: 272298,
      title: 'SSH',
      department: 'Hosting Hizmetleri',
      service: '952157',
      status: 'Açık',
      createdAt: '2026-10-01T10:00:00.000Z',
      message: makeTicket().message,
      replies: [{ id: 1, author: 'staff', sentAt: '2026-10-01T10:01:00.000Z' }]
    })
  })
})

describe('a message that the server has in another form', () => {
  const typed = { text: 'Şu an çalışmıyor', damage: 'letters' as const }
  const own = entry({ ...makeTicket({}), message: '?u an', typed, replies: [] })

  it('is written as it was typed and as the staff read it', () => {
    expect(toMarkdown(own, words)).toContain('> Şu an çalışmıyor\n\nAs the server has it:\n\n> ?u an\n')
    expect(toJson(own)).toMatchObject({ message: 'Şu an çalışmıyor', messageAtServer: '?u an' })
  })

  it('is written once where both are the same', () => {
    const same = entry(makeTicket({}))
    expect(toMarkdown(same, words)).not.toContain('As the server has it')
    expect(toJson(same)).not.toHaveProperty('messageAtServer')
  })
})

describe('a ticket about which the person keeps something', () => {
  const kept = (): Parameters<typeof toMarkdown>[0] => {
    const plain = entry(makeTicket())
    return {
      ...plain,
      note: 'Salı *günü*\n# ara',
      row: { ...plain.row, work: rowWorkOf({ title: 'Taşıma', tags: ['Ada', 'Acil'], hasNote: true }) }
    }
  }

  it('is exported with own title, tags and note', () => {
    expect(toMarkdown(kept(), words)).toContain(
      [
        ...['## #272298 Taşıma', '', '- Subject: SSH', '- Status: Açık', '- Department: Hosting Hizmetleri'],
        ...['- Service: 952157', '- Tags: Ada, Acil', '', 'Your note:', ''],
        ...['> Salı \\*günü\\*', '> \\# ara', '', '### You']
      ].join('\n')
    )
    expect(toJson(kept())).toMatchObject({
      title: 'SSH',
      ownTitle: 'Taşıma',
      tags: ['Ada', 'Acil'],
      note: 'Salı *günü*\n# ara'
    })
  })

  it('has none of these fields otherwise', () => {
    expect(Object.keys(toJson(entry(makeTicket())) as object)).not.toContain('note')
  })
})
