import { ticketLink } from '../../../electron/tickets/ticket-link.ts'
import { describe, expect, test } from 'vitest'
import { parseCommandLine, parseLink } from '../../../electron/desktop/lifecycle/command-line.ts'

describe('a link', () => {
  test('names a ticket', () => {
    expect(parseLink('bilet://ticket/272298')).toEqual({ kind: 'ticket', ticketId: 272298 })
    expect(parseLink('bilet://ticket/272298/')).toEqual({ kind: 'ticket', ticketId: 272298 })
    expect(parseLink(ticketLink({ ticketId: 272298 }, null))).toEqual({ kind: 'ticket', ticketId: 272298 })
    expect(parseLink(ticketLink({ ticketId: 272298 }, 'a-1'))).toEqual({
      kind: 'ticket',
      ticketId: 272298,
      accountId: 'a-1'
    })
    expect(parseLink('bilet://ticket/5?account=%3Cb%3E')).toEqual({ kind: 'ticket', ticketId: 5 })
  })

  test('fills in a new ticket', () => {
    const link =
      'bilet://new?department=19&title=Ye%C5%9Fil%20%C4%B1%C5%9F%C4%B1k&service=S952157&message=%C4%B0lk%0D%0Aikinci'
    expect(parseLink(link)).toEqual({
      kind: 'new',
      prefill: { departmentId: 19, title: 'Yeşil ışık', service: 'S952157', message: 'İlk\nikinci' }
    })
    expect(parseLink('bilet://new')).toEqual({ kind: 'new', prefill: {} })
  })

  test.each([
    'bilet://ticket/',
    'bilet://ticket/0',
    'bilet://ticket/-1',
    'bilet://ticket/1e3',
    'bilet://ticket/272298/close',
    'bilet://ticket/9999999999999',
    'bilet://close/272298',
    'bilet:ticket/272298',
    'bilet://',
    'https://ticket/272298',
    'file:///etc/passwd',
    'not a link',
    ''
  ])('is nothing when it is %j', (text) => {
    expect(parseLink(text)).toBeNull()
  })

  test('is cut to a ticket’s limits and cleaned of control characters', () => {
    const link = parseLink(
      `bilet://new?title=${'a'.repeat(400)}&message=${encodeURIComponent(`x\u0000\u202Ey${'ş'.repeat(2000)}`)}`
    )
    expect(link?.kind).toBe('new')
    if (link?.kind !== 'new') return
    expect(link.prefill.title).toHaveLength(255)
    expect(link.prefill.message).toMatch(/^xyş+$/)
    expect(parseLink(`bilet://new?message=${'x'.repeat(30_000)}`)).toBeNull()
  })

  test.each(['department=x', 'department=-1', 'service=../x', 'service=S12 34', 'serverpassword=gizli'])(
    'drops %j',
    (query) => {
      expect(parseLink(`bilet://new?${query}`)).toEqual({ kind: 'new', prefill: {} })
    }
  )
})

describe('the command line', () => {
  const plain = { hidden: false, newTicket: false, check: false, demo: false, link: null }

  test.each([
    [['bilet'], plain],
    [['bilet', '--hidden'], { ...plain, hidden: true }],
    [['bilet', '--new'], { ...plain, newTicket: true }],
    [['bilet', '--check'], { ...plain, check: true }],
    [['bilet', '--demo', '--lang=tr'], { ...plain, demo: true }],
    [['bilet', '--hiddenly', 'new'], plain],
    [
      ['bilet', '--allow-file-access', 'bilet://ticket/7'],
      { ...plain, link: { kind: 'ticket', ticketId: 7 } }
    ]
  ])('%j', (argv, meaning) => {
    expect(parseCommandLine(argv)).toEqual(meaning)
  })
})
