import { screen, waitFor, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DraftId, DraftList } from '../../../electron/tickets/ticket.ts'
import { accountOf, rowOf, stateOf } from '../../support/builders.ts'
import { button, list, openInbox, replyBox, type OpenInbox } from '../../support/inbox.ts'

const both: DraftList = {
  newTickets: [
    { id: 'd1', accountId: 'b', title: 'Yedek', excerpt: 'Gece yedeği bitmedi' },
    { id: 'd2', accountId: null, title: '', excerpt: 'Yalnızca metin' }
  ],
  replies: [
    { ref: { accountId: 'a', ticketId: 272298 }, excerpt: 'Yarım kalan' },
    { ref: { accountId: 'a', ticketId: 7 }, excerpt: 'Artık listede olmayan' }
  ]
}
let drafts: DraftList
let discarded: DraftList | null

async function opened(): Promise<OpenInbox> {
  const accounts = [accountOf(), accountOf({ id: 'b', name: 'Ajans Beta' })]
  const inbox = await openInbox({ rows: [rowOf()], state: stateOf({ accounts }) })
  inbox.bridge.answer('drafts.list', () => drafts)
  inbox.bridge.answer('drafts.open', () => true)
  inbox.bridge.answer('drafts.discard', (draft: DraftId) => {
    discarded = drafts
    drafts = {
      newTickets: drafts.newTickets.filter(({ id }) => draft.kind === 'reply' || id !== draft.id),
      replies: drafts.replies.filter(
        ({ ref }) => draft.kind !== 'reply' || ref.ticketId !== draft.ref.ticketId
      )
    }
    return true
  })
  inbox.bridge.answer('drafts.restore', () => {
    drafts = discarded ?? drafts
    return true
  })
  list().focus()
  await inbox.user.keyboard('go')
  await screen.findByRole('heading', { name: 'Outbox', level: 1 })
  return inbox
}
const part = (): HTMLElement => screen.getByRole('region', { name: 'Drafts' })

beforeEach(() => {
  drafts = both
  discarded = null
})

describe('the list of drafts', () => {
  test('names all of them with what they begin with and their account', async () => {
    await opened()
    const items = within(await screen.findByRole('region', { name: 'Drafts' })).getAllByRole('listitem')
    expect(items).toHaveLength(4)
    expect(items[0]).toHaveTextContent(/New ticket\s*Yedek\s*Ajans Beta\s*Gece yedeği bitmedi/)
    expect(items[1]).toHaveTextContent(/New ticket\s*Yalnızca metin/)
    expect(items[2]).toHaveTextContent(/Reply.*#272298/)
    expect(items[3]).toHaveTextContent(/#7.*Artık listede olmayan/)
    // A reply needs its ticket.
    expect(screen.queryByRole('button', { name: 'Continue writing: #7' })).toBeNull()
  })

  test('opens a new ticket in its window, and a reply in its ticket', async () => {
    const { user, bridge } = await opened()
    await user.click(await screen.findByRole('button', { name: 'Continue writing: Yedek' }))
    await waitFor(() => expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }]))
    expect(bridge.argsOf('drafts.open')).toEqual([{ id: 'd1' }])
    await user.click(button('Continue writing: #272298'))
    await waitFor(() => expect(replyBox()).toBeVisible())
  })

  test('discards one at once, and brings it back by the button that has the focus', async () => {
    const { user, bridge } = await opened()
    await user.click(await screen.findByRole('button', { name: 'Delete draft: #272298' }))
    expect(bridge.argsOf('drafts.discard')).toEqual([
      { kind: 'reply', ref: { accountId: 'a', ticketId: 272298 } }
    ])
    await waitFor(() => expect(within(part()).getAllByRole('listitem')).toHaveLength(3))
    expect(within(part()).getByRole('status')).toHaveTextContent('The draft was deleted.')
    await waitFor(() => expect(within(part()).getByRole('button', { name: 'Undo' })).toHaveFocus())
    await user.keyboard('{Enter}')
    await waitFor(() => expect(within(part()).getAllByRole('listitem')).toHaveLength(4))
  })

  test('is not there when there is none, and follows what is written meanwhile', async () => {
    drafts = { newTickets: [], replies: [] }
    const { change } = await opened()
    expect(screen.queryByRole('region', { name: 'Drafts' })).toBeNull()
    drafts = both
    change(272298, { draft: true })
    expect(await screen.findByRole('region', { name: 'Drafts' })).toBeVisible()
  })
})
