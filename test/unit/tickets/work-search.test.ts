import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../electron/tickets/list/query.ts'
import { ticketRow } from '../../../electron/tickets/list/rows.ts'
import { TicketSearch } from '../../../electron/tickets/list/search.ts'
import type { SearchEntry } from '../../../electron/tickets/list/search-filters.ts'
import type { SearchAnswer } from '../../../electron/tickets/views.ts'
import type { RowWork } from '../../../electron/tickets/work/ticket-work.ts'
import { rowWorkOf } from '../../support/builders.ts'
import { makeTicket, staffReply } from './make.ts'

function entry(id: number, work: Partial<RowWork> | null, note = ''): SearchEntry {
  const ticket = makeTicket({ id, message: `Konu ${id}`, replies: [staffReply(id, 5, 'Tamamlandı.')] })
  const context = { accountId: 'a', version: 'v1', facts: null, seen: new Set<string>() } as const
  const row = ticketRow(ticket, {
    ...context,
    outbox: null,
    draft: false,
    gone: false,
    work: work && rowWorkOf({ ...work, hasNote: note !== '' })
  })
  return { ticket, facts: null, row, note }
}

const tomorrow = Date.now() + 86_400_000
const entries = [
  entry(8, { pinned: true, tags: ['Ajans'] }),
  entry(7, { done: true, tags: ['Ajans Beta', 'Sunucu'] }),
  entry(6, { snoozedUntil: tomorrow }),
  entry(5, { followUpAt: tomorrow }),
  entry(4, { muted: true }),
  entry(3, { title: 'Şirket web sitesi' }),
  entry(2, {}, 'Ödeme için Deniz’i ara: 0212 555, sözleşme 192.0.2.7'),
  entry(1, null)
]
const answer = (query: string, search = new TicketSearch()): SearchAnswer =>
  search.search(query, [{ name: 'Netinternet', entries }])
const ids = (query: string): readonly number[] =>
  answer(query)
    .hits.map(({ ref }) => ref.ticketId)
    .toSorted()

describe('a search', () => {
  it.each([
    ['durum:tamam', [7]],
    ['is:done', [7]],
    ['durum:ertelendi', [6]],
    ['is:snoozed', [6]],
    ['ertelendi:var', [6]],
    ['snoozed:no', [1, 2, 3, 4, 5, 7, 8]],
    ['durum:sabit', [8]],
    ['is:pinned', [8]],
    ['durum:takip', [5]],
    ['is:follow-up', [5]],
    ['durum:sessiz', [4]],
    ['is:muted', [4]],
    ['-durum:tamam etiket:var', [8]],
    // Done or not: a search finds everything.
    ['durum:açık durum:tamam', [7]],
    ['is:waiting', [1, 2, 3, 5, 8]]
  ])('of states for %j finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected)
  })

  it.each([
    ['etiket:sunucu', [7]],
    ['tag:SUNUCU', [7]],
    ['etiket:sun', [7]],
    ['etiket:unucu', []],
    // The whole name of a tag is only that tag, the start of it is both.
    ['etiket:ajans', [8]],
    ['etiket:aja', [7, 8]],
    ['etiket:"ajans beta"', [7]],
    ['etiket:beta', [7]],
    ['etiket:var', [7, 8]],
    ['has:tag', [7, 8]],
    ['etiket:yok', [1, 2, 3, 4, 5, 6]],
    ['etiket:"var"', []],
    ['-etiket:beta etiket:var', [8]]
  ])('of tags for %j finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected)
  })

  it.each([
    ['not:var', [2]],
    ['has:note', [2]],
    ['note:yes', [2]],
    ['not:deniz', [2]],
    ['not:"0212 555"', [2]],
    ['not:192.0.2', [2]],
    ['not:eniz', []],
    ['not:yok etiket:yok', [1, 3, 4, 5, 6]]
  ])('of notes for %j finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected)
  })

  it('by plain words finds own titles, tags and notes', () => {
    expect(ids('sirket sitesi')).toEqual([3])
    expect(ids('beta')).toEqual([7])
    expect(ids('sozlesme')).toEqual([2])
    expect(ids('-ajans konu')).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('shows the words of the note that were found', () => {
    const [hit] = answer('sözleşme').hits
    expect(hit?.excerpt).toContain('Deniz’i ara')
    expect(hit?.ranges.map(([from, to]) => hit.excerpt.slice(from, to))).toEqual(['sözleşme'])
  })

  it('finds what was changed since the last one', () => {
    const search = new TicketSearch()
    const before = entry(9, { tags: ['Eski'] }, 'eski not')
    const find = (query: string, one: SearchEntry): number =>
      search.search(query, [{ name: 'a', entries: [one] }]).hits.length
    expect([find('eski', before), find('yeni', before)]).toEqual([1, 0])
    // The ticket is the same object; only what is kept about it changed.
    const after = {
      ...before,
      note: 'yeni not',
      row: { ...before.row, work: rowWorkOf({ title: 'Başlık' }) }
    }
    expect([find('eski', after), find('yeni', after), find('baslik', after)]).toEqual([0, 1, 1])
  })

  it('takes an empty tag or note for no filter', () => {
    expect(parseQuery('etiket: not:').unknownFilters).toEqual(['etiket:', 'not:'])
  })
})
