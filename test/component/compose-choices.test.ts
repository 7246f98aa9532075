import { describe, expect, test } from 'vitest'
import { departmentChoices, matching, impliedChoice, serviceChoices } from '../../renderer/compose/choices.ts'
import { compose } from '../../renderer/lib/i18n/compose.ts'

const departments = departmentChoices(
  [
    { id: 2, name: 'Muhasebe' },
    { id: 14, name: 'Abuse / Şikayet' },
    { id: 19, name: 'Hosting Hizmetleri' },
    { id: 20, name: 'Veri Merkezi Hizmetleri' }
  ],
  [19, 2, 99]
)
const labels = (choices: typeof departments): readonly string[] => choices.map(({ label }) => label)

describe('departments to choose from', () => {
  test('begin with the recent ones in their order, without ids that no longer exist', () => {
    expect(labels(departments)).toEqual([
      'Hosting Hizmetleri',
      'Muhasebe',
      'Abuse / Şikayet',
      'Veri Merkezi Hizmetleri'
    ])
    expect(departments.map(({ recent }) => recent)).toEqual([true, true, false, false])
  })

  test('are found by any of their words, however the Turkish letters are typed', () => {
    expect(labels(matching(departments, 'sikayet'))).toEqual(['Abuse / Şikayet'])
    expect(labels(matching(departments, 'HİZMETLERİ veri'))).toEqual(['Veri Merkezi Hizmetleri'])
    expect(matching(departments, 'kargo')).toEqual([])
  })

  test('are meant by their whole name or by the only match, and by nothing ambiguous', () => {
    expect(impliedChoice(departments, ' muhasebe ')?.value).toBe('2')
    expect(impliedChoice(departments, 'veri')?.value).toBe('20')
    expect(impliedChoice(departments, 'hizmetleri')).toBeNull()
    expect(impliedChoice(departments, ' ')).toBeNull()
  })
})

describe('services to choose from', () => {
  const services = serviceChoices(
    [
      { id: '841220', product: 'Başlangıç Hosting', status: 'Pending' },
      { id: '952157', product: 'SSD VDS II', status: 'Active' },
      { id: '7', product: '', status: 'constructor' }
    ],
    ['S952157', '700700'],
    compose.tr.serviceStatus
  )

  test("say the product with its number and state, in the person's words where there are any, and offer ids used before that no list has", () => {
    expect(services.map(({ label, detail }) => [label, detail])).toEqual([
      ['SSD VDS II', '952157 · Aktif'],
      ['700700', ''],
      ['Başlangıç Hosting', '841220 · Beklemede'],
      ['7', 'constructor']
    ])
  })

  test('are found by product and by number', () => {
    expect(matching(services, 'baslangic').map(({ value }) => value)).toEqual(['841220'])
    expect(matching(services, '9521').map(({ value }) => value)).toEqual(['952157'])
  })
})
