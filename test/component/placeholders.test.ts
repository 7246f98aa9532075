import { describe, expect, test } from 'vitest'
import { unfilledPlaceholders } from '../../renderer/lib/saved-texts/unfilled-placeholders.ts'
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
    expect(filled('{id} {constructor} {subject}', { subject: '{date}' })).toBe('{id} {constructor} {date}')
  })

  test('are left alone in code of a shell or of another template', () => {
    expect(filled('echo ${ip} {{ name }} {{ip}}', { ip: '203.0.113.7', name: 'Ayşe' })).toBe(
      'echo ${ip} {{ name }} {{ip}}'
    )
  })
})

describe('placeholders left in a text', () => {
  test('are known ones in either language, each named once', () => {
    expect(unfilledPlaceholders('{ip} ve {Hizmet}, {ip}’ye bakın', [])).toEqual(['{ip}', '{Hizmet}'])
  })

  test('are own ones of a saved text that has them', () => {
    const saved = ['Sunucu {sunucu adı} için {yıl} yılı']
    expect(unfilledPlaceholders('Sunucu {sunucu adı} için 2026 yılı', saved)).toEqual(['{sunucu adı}'])
    expect(unfilledPlaceholders('Sunucu {sunucu adı} için 2026 yılı', [])).toEqual([])
  })

  test('count in code where the saved text has the same code', () => {
    const saved = ['Bağlandığım komut:\n$ ssh root@{ip}\nAdres: http://{ip}/']
    expect(unfilledPlaceholders('$ ssh root@{ip}', saved)).toEqual(['{ip}'])
    expect(unfilledPlaceholders('Adres: http://{ip}/ açılmıyor', saved)).toEqual(['{ip}'])
  })

  test.each([
    ['JSON', '{"ip": "203.0.113.7", "name": {"ad": 1}}'],
    ['JSON of several lines', '{\n  "ip": 1\n}'],
    ['a variable of a shell', 'echo ${ip} "${name}"'],
    ['CSS', 'body {color: red}\n.ip{ip}\na { subject }'],
    ['JavaScript', 'const {ip} = request;\nfunction f({name}) { return name }'],
    ['a fenced block', 'Şablonum:\n```\nHello {name}\n```'],
    ['code in a line', 'Şurada `Hello {name}` yazıyor'],
    ['Python', 'print(f"{ip}")'],
    ['Ruby, a path and another template', '#{ip} /users/{name} {{ subject }} {{ip}} %{date}'],
    ['a quotation', '> Merhaba {name}'],
    ['no placeholder', '{} { } {1} {a, b} {ip'],
    ['a word of the person', 'Bu {önemli} bir konu']
  ])('are not in %s', (_, text) => {
    expect(unfilledPlaceholders(text, ['Merhaba {ad}, sunucu {ip}', '{"key": "{value}"}'])).toEqual([])
  })

  test('are found in a long text without holding up', () => {
    const long = '{ip '.repeat(20_000) + '{a{b{c'.repeat(5000)
    expect(unfilledPlaceholders(long, [])).toEqual([])
  })
})
