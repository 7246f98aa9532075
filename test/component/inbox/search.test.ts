import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { SearchAnswer } from '../../../electron/tickets/views.ts'
import { rowOf, searchAnswerOf, searchHitOf } from '../../support/builders.ts'
import { button, selectedId, ids, list, openInbox, options, row, thread } from '../../support/inbox.ts'

const rows = [
  rowOf({ id: 30, subject: 'Şikâyet kaydı', excerpt: 'Merhaba', lastActivityAt: 30 }),
  rowOf({ id: 20, subject: 'Yedekleme', excerpt: 'İade ve şikâyet için yazıyoruz', lastActivityAt: 20 }),
  rowOf({ id: 10, subject: 'DNS', excerpt: 'Kayıtlar', unread: 1, lastActivityAt: 10 })
]
const field = (): HTMLElement => screen.getByRole('searchbox', { name: 'Search' })
/** A search answer with these tickets, in this order. */
const found = (...ids: readonly number[]): SearchAnswer =>
  searchAnswerOf({ hits: ids.map((id) => searchHitOf(rowOf({ id }))), searched: ['x'] })
const marked = (element: Element): readonly string[] =>
  [...element.querySelectorAll('mark')].map((mark) => mark.textContent)

describe('searching', () => {
  test('finds at every key, folding Turkish letters, and marks what was found', async () => {
    const { user } = await openInbox({ rows })
    await user.type(field(), 'sikayet')
    await waitFor(() => expect(ids()).toEqual([30, 20]))
    expect(marked(row(30))).toEqual(['Şikâyet'])
    expect(marked(row(20))).toEqual(['şikâyet'])
    expect(screen.getByText('2 results')).toBeInTheDocument()
    await user.type(field(), ' iade')
    await waitFor(() => expect(ids()).toEqual([20]))
  })

  test('keeps the order of relevance that main answers, and says so in place of the sort order', async () => {
    const { user, bridge } = await openInbox({ rows })
    bridge.answer('tickets.search', () => found(10, 30))
    await user.type(field(), 'x')
    await waitFor(() => expect(ids()).toEqual([10, 30]))
    expect(screen.getByText('By relevance')).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Sort:/ })).toBeNull()
  })

  test('for filters alone, which are about no words, keeps the sort order', async () => {
    const { user, bridge } = await openInbox({ rows })
    bridge.answer('tickets.search', () => ({ ...found(30, 20), searched: [] }))
    await user.click(screen.getByRole('button', { name: /^Sort:/ }))
    await user.click(screen.getByRole('menuitemradio', { name: 'Oldest first' }))
    await user.type(field(), 'is:open')
    await waitFor(() => expect(ids()).toEqual([20, 30]))
    expect(screen.getByRole('button', { name: 'Sort: Oldest first' })).toBeVisible()
    expect(screen.queryByText('By relevance')).toBeNull()
  })

  test('shows what is found in the subject once, and goes on with what was said last', async () => {
    const subject = 'Fatura ödememi göremiyorum'
    const { user, bridge } = await openInbox({
      rows: [rowOf({ id: 5, subject, excerpt: 'Kontrol ediyoruz' })]
    })
    bridge.answer('tickets.search', () =>
      searchAnswerOf({
        hits: [searchHitOf(rowOf({ id: 5 }), { excerpt: `${subject}.`, ranges: [[0, 6]] })],
        searched: ['fatura']
      })
    )
    await user.type(field(), 'fatura')
    await waitFor(() => expect(marked(row(5))).toEqual(['Fatura']))
    expect(row(5)).toHaveTextContent('Kontrol ediyoruz')
  })

  test('shows an answer that comes late only for what is asked now', async () => {
    const { user, bridge } = await openInbox({ rows })
    let late: () => void = () => undefined
    bridge.answer('tickets.search', ({ query }) =>
      query === 'a' ? new Promise((resolve) => (late = () => resolve(found(30)))) : found(10)
    )
    await user.type(field(), 'ab')
    await waitFor(() => expect(ids()).toEqual([10]))
    late()
    await Promise.resolve()
    expect(ids()).toEqual([10])
  })

  test('counts each filter among the hits, and leads out of one that has none', async () => {
    const { user } = await openInbox({ rows })
    await user.click(button(/^Unread/))
    await user.type(field(), 'sikayet')
    expect(
      await screen.findByText('No results under “Unread”, but there are some in other tickets.')
    ).toBeVisible()
    expect(button(/^All/)).toHaveTextContent('2')
    await user.click(button('Show all'))
    expect(ids()).toEqual([30, 20])
  })

  test('filters and counts all it found, also past the first 200', async () => {
    const many = Array.from({ length: 600 }, (_, i) => rowOf({ id: 1000 - i, lastActivityAt: 1000 - i }))
    const last = rowOf({ id: 400, lastActivityAt: 400, unread: 1 })
    const { user } = await openInbox({ rows: [...many, last].map((row) => ({ ...row, subject: 'DNS' })) })
    await user.type(field(), 'dns')
    await waitFor(() => expect(screen.getByText('601 results')).toBeInTheDocument())
    expect(button(/^All/)).toHaveTextContent('601')
    expect(button(/^Unread/)).toHaveTextContent('1')
    expect(options()[0]).toHaveAttribute('aria-setsize', '601')
    await user.click(button(/^Unread/))
    expect(ids()).toEqual([400])
  })

  test('says which filter it does not know, and what to try when nothing is found', async () => {
    const { user } = await openInbox({ rows })
    await user.type(field(), 'before:yesterdayish')
    const notice = await screen.findByText(
      /^Unknown filter: before:yesterdayish\. Available: is:unread .*after:/
    )
    expect(notice).toBeVisible()
    await user.clear(field())
    await user.type(field(), 'kargo')
    expect(await screen.findByText('No results for “kargo”')).toBeVisible()
    expect(screen.getByText('Try fewer words or the ticket number.')).toBeVisible()
  })

  test('offers its operators on ↓ or ?, not by the focus alone, and inserts the one that is clicked', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('/')
    expect(field()).toHaveFocus()
    expect(screen.queryByRole('button', { name: 'is:closed' })).toBeNull()
    await user.keyboard('{ArrowDown}')
    await user.click(await screen.findByRole('button', { name: 'is:closed' }))
    expect(field()).toHaveValue('is:closed ')
    expect(screen.queryByRole('button', { name: 'is:closed' })).toBeNull()
    await user.keyboard('?')
    await waitFor(() => expect(button('is:unread')).toHaveFocus())
    await user.keyboard('{ArrowRight}{Enter}')
    expect(field()).toHaveValue('is:closed is:open ')
    await user.keyboard('?')
    await user.click(await screen.findByRole('button', { name: 'before:2026-11-01' }))
    expect(field()).toHaveValue('is:closed is:open before:')
  })

  test('once cleared goes on at the ticket that it led to, with the cursor on it', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('/dns')
    await waitFor(() => expect(ids()).toEqual([10]))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(thread()).toBeVisible())
    await user.click(button('Clear search'))
    await waitFor(() => expect(ids()).toEqual([30, 20, 10]))
    expect(selectedId()).toBe(10)
  })

  test('says when only the quotes are in the way, and searches without them', async () => {
    const { user, bridge } = await openInbox({ rows })
    bridge.answer('tickets.search', ({ query }) =>
      query === 'iade kart' ? found(20) : searchAnswerOf({ unquoted: 'iade kart' })
    )
    await user.type(field(), '"iade kart"')
    expect(await screen.findByText('The phrase in quotes is in no ticket exactly as written.')).toBeVisible()
    await user.click(button('Search for the words separately'))
    await waitFor(() => expect(ids()).toEqual([20]))
    expect(field()).toHaveValue('iade kart')
  })

  test('opens the best hit with Enter, also when the answer comes after it', async () => {
    const { user, bridge } = await openInbox({ rows })
    await user.keyboard('j')
    let answer: () => void = () => undefined
    bridge.answer(
      'tickets.search',
      () =>
        new Promise((resolve) => {
          answer = () => resolve(found(20))
        })
    )
    await user.keyboard('/y{Enter}')
    answer()
    expect(await screen.findByRole('region', { name: /^#20/ })).toBeVisible()
    expect(thread()).toBeVisible()
  })

  test('goes down into the list with an arrow, and is left with Esc', async () => {
    const { user } = await openInbox({ rows })
    await user.keyboard('/sikayet')
    await waitFor(() => expect(options()).toHaveLength(2))
    await user.keyboard('{ArrowDown}')
    expect(list()).toHaveFocus()
    expect(selectedId()).toBe(30)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(ids()).toEqual([30, 20, 10]))
    await user.keyboard('/')
    await user.keyboard('dns{Escape}')
    expect(field()).toHaveValue('')
    expect(field()).toHaveFocus()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(list()).toHaveFocus())
  })

  test('follows what changes meanwhile', async () => {
    const { user, change } = await openInbox({ rows })
    await user.type(field(), 'sikayet')
    await waitFor(() => expect(ids()).toEqual([30, 20]))
    change(10, { subject: 'Şikâyet de burada' })
    await waitFor(() => expect(ids()).toContain(10))
  })
})
