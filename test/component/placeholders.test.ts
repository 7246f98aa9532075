import { describe, expect, test } from 'vitest'
import { fillPlaceholders, type PlaceholderValues } from '../../renderer/lib/saved-texts/placeholders.ts'

const values = (change: Partial<PlaceholderValues> = {}): PlaceholderValues => ({
  date: '24 Kasım 2026',
  ticket: '',
  name: '',
  subject: '',
  service: '',
  ip: '',
  account: '',
  ...change
})
const filled = (template: string, change: Partial<PlaceholderValues> = {}): string =>
  fillPlaceholders(template, values(change)).text

describe('the placeholders of a saved text', () => {
  test('are known in both languages, in small and large letters', () => {
    const all = {
      ...{
        ticket: '#5',
        name: 'Ayşe',
        subject: 'Disk',
        service: '952157',
        ip: '203.0.113.7',
        account: 'Ajans'
      }
    }
    const value = '24 Kasım 2026 #5 Ayşe Disk 952157 203.0.113.7 Ajans'
    expect(filled('{date} {ticket} {name} {subject} {service} {ip} {account}', all)).toBe(value)
    expect(filled('{tarih} {bilet} {ad} {konu} {hizmet} {IP} {hesap}', all)).toBe(value)
  })

  test('without a ticket or a name take the blank before them along', () => {
    expect(filled('Merhaba {name},\n{date} tarihli {ticket} için')).toBe(
      'Merhaba,\n24 Kasım 2026 tarihli için'
    )
  })

  test('that only the person knows stay, and the first of them is to be filled in', () => {
    const { text, unfilled } = fillPlaceholders('{date}: {ip} ve {hizmet}', values())
    expect(text).toBe('24 Kasım 2026: {ip} ve {hizmet}')
    expect(unfilled && text.slice(...unfilled)).toBe('{ip}')
    expect(fillPlaceholders('{date}', values()).unfilled).toBeNull()
  })

  test('of no meaning here, and values that look like one, are text', () => {
    expect(filled('{id} {toString} {subject}', { subject: '{date}' })).toBe('{id} {toString} {date}')
  })
})
