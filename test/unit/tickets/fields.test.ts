import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkField, checkNewTicket, isIpAddress, limits } from '../../../electron/tickets/fields.ts'
import type { NewTicket } from '../../../electron/tickets/ticket.ts'
import { newTicketOf } from '../../support/builders.ts'

const good: NewTicket = newTicketOf({
  title: 'SSH',
  departmentId: 19,
  service: 'S952157',
  message: 'Bağlanamıyorum.'
})

describe('isIpAddress', () => {
  it.each([
    '127.0.0.1',
    '255.255.255.255',
    '0.0.0.0',
    '::',
    '::1',
    '2001:db8::ff00:42:8329',
    '1:2:3:4:5:6:7:8',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:1.2.3.4',
    '1:2:3:4:5:6:7::'
  ])('accepts %s', (text) => {
    expect(isIpAddress(text)).toBe(true)
  })

  it.each([
    '',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.4.',
    ' 1.2.3.4',
    '1.2.3.4/24',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3',
    'fe80::1%eth0',
    '[::1]'
  ])('refuses %j', (text) => {
    expect(isIpAddress(text)).toBe(false)
  })

  it('agrees with the platform on every address without a zone', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abf:.')), maxLength: 24 })
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), nearly), (text) => {
        expect(isIpAddress(text)).toBe(isIP(text) !== 0)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('checkNewTicket', () => {
  it('finds nothing wrong with a whole ticket', () => {
    expect(checkNewTicket(good, '')).toEqual([])
    expect(checkNewTicket({ ...good, serverIp: ' 10.0.0.1 ', serverUser: 'root' }, 'secret')).toEqual([])
  })

  it('names every missing field in the order of the form', () => {
    const empty = newTicketOf({ title: ' ', message: '\n' })
    expect(checkNewTicket(empty, '').map(({ field, error }) => `${field} ${error}`)).toEqual([
      'title required',
      'departmentId required',
      'service required',
      'message required'
    ])
  })

  it.each([
    ['service', { service: 'X1' }, 'service-shape'],
    ['serverIp', { serverIp: '1.2.3.400' }, 'ip-shape'],
    ['title', { title: 'x'.repeat(limits.title + 1) }, 'too-long'],
    ['message', { message: 'x'.repeat(limits.message + 1) }, 'too-long'],
    ['serverUser', { serverUser: 'x'.repeat(limits.serverUser + 1) }, 'too-long']
  ] as const)('says what is wrong with %s while it is typed', (field, change, error) => {
    expect(checkField(field, { ...good, ...change }, '')).toBe(error)
  })

  it('takes a text of which nothing would be sent for an empty one', () => {
    expect(checkField('title', { ...good, title: '\u200b\u202e' }, '')).toBe('required')
  })

  it('limits the password', () => {
    expect(checkField('password', good, 'x'.repeat(limits.password + 1))).toBe('too-long')
  })
})
