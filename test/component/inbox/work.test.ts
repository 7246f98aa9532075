import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { refuse } from '../../support/fake-bridge.ts'
import { rowOf, rowWorkOf, settingsOf, stateOf } from '../../support/builders.ts'
import {
  button,
  ids,
  list,
  openInbox,
  openTicket,
  options,
  row,
  thread,
  type OpenInbox
} from '../../support/inbox.ts'

const day = 24 * 3600_000
const rows = [3, 2, 1].map((id) => rowOf({ id, subject: `Konu ${id}`, lastActivityAt: id }))
const refOf = (ticketId: number) => ({ accountId: 'a', ticketId })
const log = (): HTMLElement => screen.getByRole('log')
const opened = (id: number): Promise<HTMLElement> =>
  screen.findByRole('region', { name: new RegExp(`^#${id}`) })
const inSettings = (change: Parameters<typeof settingsOf>[0]) => stateOf({ settings: settingsOf(change) })
/** The inbox with a filter, as the settings kept it. */
const filtered = (filter: 'waiting' | 'open' | 'done', change: { openNextAfterClose?: boolean } = {}) =>
  inSettings({ inbox: { ...settingsOf().inbox, filter, openSelected: false, ...change } })
const workOf = ({ rows: all }: OpenInbox, id: number): TicketRow['work'] =>
  all().find((one) => one.id === id)?.work ?? null
/** Waits until the bar offers to undo this. */
const undoable = (text: string | RegExp): Promise<HTMLElement> => screen.findByText(text)

describe('a question about a ticket', () => {
  const press = (...keys: readonly string[]): void => {
    for (const key of keys)
      window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }
  test.each([
    ['h', /^Snooze/],
    ['f', /^When to remind/],
    ['t', 'Tags'],
    ['F2', /^#3/],
    ['N', /^#3/]
  ])('asked by %s gets the keys also before its dialog is loaded', async (key, name) => {
    const { bridge } = await openInbox({ rows: rows.map((one) => ({ ...one, unread: 1 })) })
    await waitFor(() => expect(list()).toHaveFocus())
    press('j')
    const shiftKey = key === 'N'
    window.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }))
    press('e', 'd', 'm', 'p')
    expect(await screen.findByRole('dialog', { name })).toBeVisible()
    for (const command of ['tickets.read', 'tickets.close', 'tickets.setWork'] as const)
      expect(bridge.argsOf(command)).toEqual([])
    expect(screen.queryByRole('dialog', { name: /Close/ })).toBeNull()
  })

  test('is withdrawn by Escape before its dialog is loaded', async () => {
    const { user } = await openInbox({ rows })
    await waitFor(() => expect(list()).toHaveFocus())
    press('j', 'h', 'Escape')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.keyboard('h')
    expect(await screen.findByRole('dialog', { name: /^Snooze/ })).toBeVisible()
  })
})

describe('done', () => {
  test('by d leaves the filter of what waits, and z brings it back', async () => {
    const inbox = await openInbox({ rows, state: filtered('waiting') })
    await inbox.user.keyboard('jd')
    await waitFor(() => expect(ids()).toEqual([2, 1]))
    expect(inbox.bridge.argsOf('tickets.setWork')).toEqual([{ refs: [refOf(3)], change: { done: true } }])
    expect(await undoable('#3 Konu 3: done')).toBeVisible()
    expect(button(/^Waiting for you 2$/)).toBeVisible()
    expect(button(/^Done 1$/)).toBeVisible()
    await inbox.user.keyboard('z')
    await waitFor(() => expect(ids()).toEqual([3, 2, 1]))
    expect(log()).toHaveTextContent('Undone')
    expect(screen.queryByRole('button', { name: /^Done/ })).toBeNull()
  })

  test('empties the filter with one key for each', async () => {
    const { user } = await openInbox({ rows, state: filtered('waiting') })
    await user.keyboard('j')
    for (const left of [2, 1]) {
      await user.keyboard('d')
      await waitFor(() => expect(options()).toHaveLength(left))
    }
    await user.keyboard('d')
    expect(await screen.findByText('No tickets here')).toBeVisible()
    expect(button(/^Waiting for you 0$/)).toBeVisible()
  })

  test('by the button of the thread leaves the list, also while the ticket is open', async () => {
    const inbox = await openInbox({ rows, state: filtered('waiting') })
    await openTicket(inbox, 3)
    await inbox.user.click(button('Mark as done'))
    await waitFor(() => expect(ids()).toEqual([2, 1]))
    // The ticket stays open and says so.
    expect(within(await opened(3)).getByText('Done')).toBeVisible()
    expect(button('Mark as not done')).toHaveAttribute('aria-pressed', 'true')
    await inbox.user.click(button('Mark as not done'))
    await waitFor(() => expect(ids()).toEqual([3, 2, 1]))
    await inbox.user.click(button('Undo'))
    await waitFor(() => expect(ids()).toEqual([2, 1]))
  })

  test('opens the next ticket where the person wants that after closing', async () => {
    const inbox = await openInbox({ rows, state: filtered('waiting', { openNextAfterClose: true }) })
    await openTicket(inbox, 3)
    await inbox.user.keyboard('d')
    expect(await opened(2)).toBeVisible()
    expect(ids()).toEqual([2, 1])
  })

  test('of several at once is one command and one undo, each ticket as it was', async () => {
    const mixed = [rowOf({ id: 3, lastActivityAt: 3, work: rowWorkOf({ done: true }) }), ...rows.slice(1)]
    const inbox = await openInbox({ rows: mixed })
    list().focus()
    await inbox.user.keyboard('{Control>}a{/Control}d')
    expect(await undoable('3 tickets: done')).toBeVisible()
    expect(inbox.bridge.argsOf('tickets.setWork')).toHaveLength(1)
    expect(screen.queryByText('3 selected')).toBeNull()
    await inbox.user.keyboard('z')
    await waitFor(() => expect(workOf(inbox, 2)).toBeNull())
    expect(workOf(inbox, 3)).toMatchObject({ done: true })
    // Where all are done, the same key takes the mark away.
    await inbox.user.keyboard('{Home}d')
    expect(await undoable(/^#3 .*: not done$/)).toBeVisible()
    expect(workOf(inbox, 3)).toBeNull()
  })

  test('of a reminder that is due ends the reminder', async () => {
    const due = rowOf({ id: 3, work: rowWorkOf({ done: true, followUpAt: 1, isFollowUpDue: true }) })
    const { user, bridge } = await openInbox({ rows: [due] })
    expect(row(3)).toHaveTextContent('no reply yet')
    expect(button(/^No reply 1$/)).toBeVisible()
    await user.keyboard('jd')
    await waitFor(() =>
      expect(bridge.argsOf('tickets.setWork')).toEqual([
        { refs: [refOf(3)], change: { done: true, followUpAt: null } }
      ])
    )
    expect(screen.queryByRole('button', { name: /^No reply/ })).toBeNull()
  })

  test('that could not be stored says why and changes nothing', async () => {
    const { user, bridge } = await openInbox({ rows, state: filtered('waiting') })
    bridge.answer('tickets.setWork', () => refuse('storage-full'))
    await user.keyboard('jd')
    expect(await screen.findByRole('alert')).toHaveTextContent(/disk is full/)
    expect(ids()).toEqual([3, 2, 1])
    expect(screen.queryByText(/: done$/)).toBeNull()
  })

  test('z undoes what came last: closing or a mark', async () => {
    const inbox = await openInbox({ rows })
    list().focus()
    await inbox.user.keyboard('jp')
    await undoable('#3 Konu 3: pinned')
    await inbox.user.keyboard('e')
    await screen.findByText('Closing #3 Konu 3')
    await inbox.user.keyboard('z')
    await waitFor(() => expect(inbox.outbox()).toEqual([]))
    expect(workOf(inbox, 3)).toMatchObject({ pinned: true })
    await inbox.user.keyboard('z')
    await waitFor(() => expect(workOf(inbox, 3)).toBeNull())
  })
})

describe('snooze', () => {
  const dialog = (): Promise<HTMLElement> => screen.findByRole('dialog', { name: 'Snooze until when?' })
  const until = (inbox: OpenInbox): number =>
    inbox.bridge.argsOf('tickets.setWork').at(-1)?.change.snoozedUntil ?? 0

  test('by h and Enter is for an hour', async () => {
    const inbox = await openInbox({ rows, state: filtered('open') })
    await inbox.user.keyboard('jh')
    expect(await dialog()).toBeVisible()
    await waitFor(() => expect(screen.getByRole('button', { name: /^In 1 hour/ })).toHaveFocus())
    const before = Date.now()
    await inbox.user.keyboard('{Enter}')
    await waitFor(() => expect(ids()).toEqual([2, 1]))
    expect(Math.abs(until(inbox) - before - 3600_000)).toBeLessThan(60_000)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(await undoable(/^#3 Konu 3: snoozed until /)).toBeVisible()
    expect(button(/^Snoozed 1$/)).toBeVisible()
    await waitFor(() => expect(list()).toHaveFocus())
  })

  test('by its number is for tomorrow at nine in Istanbul', async () => {
    const inbox = await openInbox({ rows })
    await inbox.user.keyboard('jh')
    await dialog()
    await inbox.user.keyboard('2')
    await waitFor(() => expect(until(inbox)).toBeGreaterThan(Date.now()))
    expect(new Date(until(inbox)).toISOString()).toMatch(/T06:00:00/)
    expect(until(inbox) - Date.now()).toBeLessThan(2 * day)
  })

  test('by arrows goes round, and Esc changes nothing', async () => {
    const inbox = await openInbox({ rows })
    await inbox.user.keyboard('jh')
    await dialog()
    const first = screen.getByRole('button', { name: /^In 1 hour/ })
    await waitFor(() => expect(first).toHaveFocus())
    await inbox.user.keyboard('{ArrowUp}{ArrowDown}')
    expect(first).toHaveFocus()
    await inbox.user.keyboard('{ArrowDown}')
    expect(screen.getByRole('button', { name: /^Tomorrow/ })).toHaveFocus()
    await inbox.user.click(button('Cancel'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(inbox.bridge.argsOf('tickets.setWork')).toEqual([])
  })

  test('until a chosen date refuses one that has passed', async () => {
    const inbox = await openInbox({ rows })
    await openTicket(inbox, 2)
    await inbox.user.click(button('Snooze…'))
    await dialog()
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2020-01-05' } })
    await inbox.user.click(button('Choose this time'))
    expect(await screen.findByRole('alert')).toHaveTextContent('This time has passed')
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2099-03-02' } })
    await fireEvent.input(screen.getByLabelText('Time'), { target: { value: '14:30' } })
    await inbox.user.click(button('Choose this time'))
    await waitFor(() => expect(until(inbox)).toBe(Date.parse('2099-03-02T14:30+03:00')))
    expect(await within(await opened(2)).findByText(/snoozed until 2 March 2099/)).toBeVisible()
  })

  test('ends done, and undoing it brings that back', async () => {
    const done = rowOf({ id: 3, work: rowWorkOf({ done: true }) })
    const inbox = await openInbox({ rows: [done, ...rows.slice(1)] })
    await inbox.user.keyboard('jh')
    await dialog()
    await inbox.user.keyboard('1')
    await waitFor(() => expect(workOf(inbox, 3)?.done).toBe(false))
    await inbox.user.keyboard('z')
    await waitFor(() => expect(workOf(inbox, 3)).toMatchObject({ done: true, snoozedUntil: null }))
  })

  test('can be ended', async () => {
    const snoozed = rowOf({ id: 3, work: rowWorkOf({ snoozedUntil: Date.now() + day }) })
    const inbox = await openInbox({ rows: [snoozed, ...rows.slice(1)] })
    await inbox.user.keyboard('jh')
    await inbox.user.click(await screen.findByRole('button', { name: /End snooze/ }))
    await waitFor(() => expect(workOf(inbox, 3)).toBeNull())
  })
})

describe('a follow-up', () => {
  test('by f is offered in hours and shown in the row; it can be removed', async () => {
    const inbox = await openInbox({ rows })
    await inbox.user.keyboard('jf')
    await screen.findByRole('dialog', { name: 'When to remind you if there is no reply?' })
    await inbox.user.click(button(/^No reply within 24 hours/))
    await waitFor(() => expect(row(3)).toHaveTextContent(/reminder/))
    const at = workOf(inbox, 3)?.followUpAt ?? 0
    expect(Math.abs(at - Date.now() - day)).toBeLessThan(60_000)
    await inbox.user.keyboard('f')
    await inbox.user.click(await screen.findByRole('button', { name: /Remove the reminder/ }))
    await waitFor(() => expect(workOf(inbox, 3)).toBeNull())
  })
})

describe('pin and mute', () => {
  test('by p stands at the top in every order', async () => {
    const inbox = await openInbox({ rows })
    await inbox.user.keyboard('{End}p')
    await waitFor(() => expect(ids()).toEqual([1, 3, 2]))
    expect(within(row(1)).getByRole('img', { name: 'Pinned to the top' })).toBeVisible()
    await inbox.user.click(button(/^Sort:/))
    await inbox.user.click(screen.getByRole('menuitemradio', { name: 'Oldest first' }))
    expect(ids()).toEqual([1, 2, 3])
    list().focus()
    await inbox.user.keyboard('p')
    await waitFor(() => expect(workOf(inbox, 1)).toBeNull())
  })

  test('muted by Shift+M waits for nobody, and by the menu it is unmuted', async () => {
    const inbox = await openInbox({ rows })
    await openTicket(inbox, 3)
    await inbox.user.keyboard('{Shift>}M{/Shift}')
    await waitFor(() => expect(button(/^Waiting for you 2$/)).toBeVisible())
    expect(within(await opened(3)).getByText('Muted: no notifications')).toBeVisible()
    await inbox.user.click(within(await opened(3)).getByRole('button', { name: 'More actions' }))
    await inbox.user.click(screen.getByRole('menuitem', { name: 'Unmute' }))
    await waitFor(() => expect(workOf(inbox, 3)).toBeNull())
  })
})

describe('title and note', () => {
  test('F2 gives an own title, which stands everywhere instead of the subject', async () => {
    const inbox = await openInbox({ rows })
    await openTicket(inbox, 3)
    await inbox.user.keyboard('{F2}')
    const field = await screen.findByRole('textbox', { name: 'Your own title' })
    await waitFor(() => expect(field).toHaveFocus())
    expect(screen.getByRole('dialog')).toHaveTextContent('Konu 3')
    await inbox.user.keyboard('Web sunucusu{Enter}')
    await waitFor(() => expect(row(3)).toHaveTextContent('Web sunucusu'))
    const heading = within(await opened(3)).getByRole('heading', { level: 1 })
    expect(heading).toHaveTextContent('#3 Web sunucusu')
    expect(heading).toHaveAttribute('title', 'Subject on the server: Konu 3')
    await inbox.user.keyboard('{Control>}k{/Control}web sun')
    expect(await screen.findByRole('option', { name: /#3\s+Web sunucusu/ })).toBeVisible()
    await inbox.user.keyboard('{Escape}')
  })

  test('Shift+N writes a note; it stands above the conversation and can be changed and undone', async () => {
    const inbox = await openInbox({ rows })
    await openTicket(inbox, 3)
    await inbox.user.keyboard('{Shift>}N{/Shift}')
    const field = await screen.findByRole('textbox', { name: 'Note' })
    await waitFor(() => expect(field).toHaveFocus())
    await inbox.user.keyboard('Deniz’i ara{Enter}ikinci satır{Control>}{Enter}{/Control}')
    expect(await within(await opened(3)).findByText(/Deniz’i ara\s+ikinci satır/)).toBeVisible()
    expect(within(row(3)).getByRole('img', { name: 'You have a note' })).toBeVisible()
    await inbox.user.click(button('Edit the note'))
    const again = await screen.findByRole('textbox', { name: 'Note' })
    expect(again).toHaveValue('Deniz’i ara\nikinci satır')
    await inbox.user.clear(again)
    await inbox.user.click(button('Save'))
    await waitFor(() => expect(workOf(inbox, 3)).toBeNull())
    await inbox.user.click(button('Undo'))
    expect(await within(await opened(3)).findByText(/ikinci satır/)).toBeVisible()
  })

  test('asks nothing about several tickets', async () => {
    const { user } = await openInbox({ rows })
    list().focus()
    await user.keyboard('{Control>}a{/Control}{F2}{Shift>}N{/Shift}')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('that was not changed sends nothing', async () => {
    const { user, bridge } = await openInbox({ rows })
    await user.keyboard('j{F2}')
    await screen.findByRole('textbox', { name: 'Your own title' })
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(bridge.argsOf('tickets.setWork')).toEqual([])
  })
})

describe('tags', () => {
  const tags = [
    { name: 'Ajans', color: 0 },
    { name: 'Sunucu', color: 3 }
  ]
  const state = inSettings({ tags })

  test('are chosen and created by keyboard, in one command', async () => {
    const inbox = await openInbox({ rows, state })
    await inbox.user.keyboard('jt')
    const field = await screen.findByRole('textbox', { name: 'Find a tag or type a new name' })
    await waitFor(() => expect(field).toHaveFocus())
    await inbox.user.keyboard('sun{Enter}')
    expect(screen.getByRole('checkbox', { name: 'Sunucu' })).toBeChecked()
    expect(field).toHaveValue('')
    await inbox.user.keyboard('Yeni müşteri{Enter}')
    expect(await screen.findByRole('checkbox', { name: 'Yeni müşteri' })).toBeChecked()
    await inbox.user.keyboard('{Enter}')
    await waitFor(() => expect(row(3)).toHaveTextContent(/Sunucu.*Yeni müşteri/))
    expect(inbox.bridge.argsOf('tickets.setWork')).toEqual([
      { refs: [refOf(3)], change: { addTags: ['Sunucu', 'Yeni müşteri'], removeTags: [] } }
    ])
    // A colour that no other tag has.
    expect(inbox.bridge.argsOf('settings.change').at(-1)?.tags?.at(-1)).toEqual({
      name: 'Yeni müşteri',
      color: 1
    })
    const shown = row(3).querySelector('[data-color="3"]')
    expect(shown).toHaveTextContent('Sunucu')
  })

  test('of several tickets are mixed where only some have them', async () => {
    const some = [
      rowOf({ id: 2, lastActivityAt: 2, work: rowWorkOf({ tags: ['Ajans', 'Sunucu'] }) }),
      rowOf({ id: 1, lastActivityAt: 1, work: rowWorkOf({ tags: ['Ajans'] }) })
    ]
    const inbox = await openInbox({ rows: some, state })
    list().focus()
    await inbox.user.keyboard('{Control>}a{/Control}t')
    const mixed = await screen.findByRole('checkbox', { name: 'Sunucu' })
    expect(mixed).toBePartiallyChecked()
    await inbox.user.click(mixed)
    await inbox.user.click(screen.getByRole('checkbox', { name: 'Ajans' }))
    await inbox.user.click(button('Save'))
    await waitFor(() => expect(workOf(inbox, 1)?.tags).toEqual(['Sunucu']))
    await inbox.user.click(button('Undo'))
    await waitFor(() => expect(workOf(inbox, 1)?.tags).toEqual(['Ajans']))
    expect(workOf(inbox, 2)?.tags.toSorted()).toEqual(['Ajans', 'Sunucu'])
  })

  test('are shown above the conversation; a row shows two and counts the rest', async () => {
    const many = rowOf({ id: 3, work: rowWorkOf({ tags: ['Ajans', 'Sunucu', 'Acil', 'Ödeme'] }) })
    const inbox = await openInbox({ rows: [many], state })
    expect(within(row(3)).getByRole('img', { name: 'More tags: Acil, Ödeme' })).toHaveTextContent('+2')
    await openTicket(inbox, 3)
    expect(within(await opened(3)).getByText('Ödeme')).toBeVisible()
    await inbox.user.click(within(await opened(3)).getByRole('button', { name: 'Tags…' }))
    // A tag that the settings do not have can be taken away all the same.
    await inbox.user.click(await screen.findByRole('checkbox', { name: 'Acil' }))
    await inbox.user.click(button('Save'))
    await waitFor(() => expect(workOf(inbox, 3)?.tags).toEqual(['Ajans', 'Sunucu', 'Ödeme']))
  })

  test('are at most twelve on a ticket', async () => {
    const full = Array.from({ length: 12 }, (_, i) => `Etiket ${i}`)
    const inbox = await openInbox({ rows: [rowOf({ id: 3, work: rowWorkOf({ tags: full }) })], state })
    await inbox.user.keyboard('jt')
    await inbox.user.click(await screen.findByRole('checkbox', { name: 'Ajans' }))
    await inbox.user.click(button('Save'))
    expect(await screen.findByRole('alert')).toHaveTextContent('at most 12 tags')
    expect(inbox.bridge.argsOf('tickets.setWork')).toEqual([])
  })

  test('are in the palette', async () => {
    const { user, bridge } = await openInbox({ rows, state })
    await user.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog', { name: 'Commands' })
    await user.keyboard('tag sunucu{Enter}')
    await waitFor(() => expect(bridge.argsOf('tickets.search')).toContainEqual({ query: 'tag:"Sunucu"' }))
  })
})

describe('saved searches', () => {
  const saved = [
    { id: 's1', name: 'Konu iki', query: 'konu 2' },
    { id: 's2', name: 'Hiçbiri', query: 'zzz' }
  ]

  test('are filters with counts, on and off', async () => {
    const { user } = await openInbox({ rows, state: inSettings({ savedSearches: saved }) })
    const chip = await screen.findByRole('button', { name: /^Konu iki 1$/ })
    expect(await screen.findByRole('button', { name: /^Hiçbiri 0$/ })).toBeVisible()
    await user.click(chip)
    await waitFor(() => expect(ids()).toEqual([2]))
    expect(chip).toHaveAttribute('aria-pressed', 'true')
    await user.click(chip)
    await waitFor(() => expect(ids()).toEqual([3, 2, 1]))
  })

  test('are made of the search of now', async () => {
    const inbox = await openInbox({ rows })
    await inbox.user.keyboard('/konu 1')
    await inbox.user.click(await screen.findByRole('button', { name: 'Save this search as a filter' }))
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await waitFor(() => expect(name).toHaveFocus())
    await inbox.user.keyboard('{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Write a name.')
    await inbox.user.keyboard('Birinci{Enter}')
    expect(await screen.findByRole('button', { name: /^Birinci/ })).toHaveAttribute('aria-pressed', 'true')
    expect(inbox.bridge.argsOf('settings.change').at(-1)?.savedSearches).toMatchObject([
      { name: 'Birinci', query: 'konu 1' }
    ])
    // What is saved already is not offered again.
    expect(screen.queryByRole('button', { name: 'Save this search as a filter' })).toBeNull()
  })

  test('are in the palette', async () => {
    const { user } = await openInbox({ rows, state: inSettings({ savedSearches: saved }) })
    await user.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog', { name: 'Commands' })
    await user.keyboard('konu iki{Enter}')
    await waitFor(() => expect(ids()).toEqual([2]))
  })
})

test('a field keeps the letters of the keys', async () => {
  const inbox = await openInbox({ rows })
  await openTicket(inbox, 3)
  await inbox.user.keyboard('r')
  const message = screen.getByRole('textbox', { name: 'Message' })
  await waitFor(() => expect(message).toHaveFocus())
  await inbox.user.keyboard('dhfptMN')
  expect(message).toHaveValue('dhfptMN')
  expect(inbox.bridge.argsOf('tickets.setWork')).toEqual([])
  expect(thread()).toBeVisible()
})
