import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { departmentName, departmentsOf } from '../../../electron/tickets/departments.ts'
import {
  isServiceId,
  serviceKey,
  serviceWithPrefix,
  type ServicePrefix
} from '../../../electron/tickets/services.ts'
import { classifyStatus, isClosed, sameStatus } from '../../../electron/tickets/status.ts'

describe('classifyStatus', () => {
  it.each([
    ['Open', 'open'],
    ['Açık', 'open'],
    ['Answered', 'answered'],
    ['Yanıtlandı', 'answered'],
    ['YANITLANDI', 'answered'],
    ['Customer-Reply', 'customer-reply'],
    ['customer reply', 'customer-reply'],
    ['Müşteri Yanıtı', 'customer-reply'],
    ['On Hold', 'on-hold'],
    ['Beklemede', 'on-hold'],
    ['In Progress', 'in-progress'],
    ['İşlemler Sürüyor', 'in-progress'],
    ['islemler suruyor', 'in-progress'],
    ['Closed', 'closed'],
    ['Kapalı', 'closed'],
    [' KAPALI ', 'closed'],
    ['Kapandı', 'closed'],
    ['Kapandı'.normalize('NFD'), 'closed']
  ])('knows %s as %s', (text, kind) => {
    expect(classifyStatus(text).kind).toBe(kind)
  })

  it("keeps the server's words of any other, which counts as open", () => {
    const status = classifyStatus('Üst birimde')
    expect(status).toEqual({ kind: 'other', text: 'Üst birimde' })
    expect(isClosed(status)).toBe(false)
  })

  it('takes no word of the language itself for a status', () => {
    expect(classifyStatus('constructor').kind).toBe('other')
    expect(classifyStatus('').kind).toBe('other')
  })

  it('sees the same state in both languages, and tells unknown ones apart', () => {
    expect(sameStatus(classifyStatus('Closed'), classifyStatus('Kapalı'))).toBe(true)
    expect(sameStatus(classifyStatus('A'), classifyStatus('B'))).toBe(false)
  })
})

describe('departments', () => {
  it('never mixes up the tables of the two versions', () => {
    expect(departmentName('v1', 14)).toBe('Abuse / Şikayet')
    expect(departmentName('v2', 14)).toBe('Veri Merkezi İşlemleri')
    expect(departmentName('v1', 20)).toBe('Veri Merkezi Hizmetleri')
    expect(departmentName('v2', 20)).toBe('Cari İşlemler')
    expect(departmentName('v2', 29)).toBeNull()
    expect(departmentsOf('v1').map(({ id }) => id)).toEqual([2, 6, 14, 18, 19, 20, 21, 29])
    expect(departmentsOf('v2').map(({ id }) => id)).toEqual([3, 10, 14, 15, 20, 21, 22, 23])
  })
})

describe('services', () => {
  it.each(['952157', 'S952157', 's 952157', ' s952157 ', 'S-952157'])(
    'sends %s with one S in v1',
    (input) => {
      expect(serviceWithPrefix(input, 'S')).toBe('S952157')
      expect(serviceWithPrefix(input, '')).toBe('952157')
      expect(serviceKey(input)).toBe('952157')
    }
  )

  it('keeps the D of a domain in both versions', () => {
    expect(serviceWithPrefix('d1234', 'S')).toBe('D1234')
    expect(serviceWithPrefix('D 1234', '')).toBe('D1234')
  })

  it('never puts a prefix twice, however often it is asked', () => {
    const typed = fc.oneof(
      fc
        .tuple(fc.constantFrom('', 's', 'S', 'S ', 'd', 'D'), fc.nat())
        .map(([prefix, id]) => `${prefix}${id}`),
      fc.string()
    )
    fc.assert(
      fc.property(typed, fc.constantFrom<ServicePrefix>('S', ''), (input, prefix) => {
        const once = serviceWithPrefix(input, prefix)
        expect(serviceWithPrefix(once, prefix)).toBe(once)
        if (isServiceId(input)) expect(once).toMatch(prefix === 'S' ? /^[SD]\d+$/ : /^D?\d+$/)
      })
    )
  })

  it.each(['', 'S', 'SS952157', 'X952157', '95 2157', '1234567890123', '٣'])(
    'does not take %j for an id',
    (input) => {
      expect(isServiceId(input)).toBe(false)
    }
  )
})
