import { clock } from '../../../renderer/lib/format.ts'
import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { tick } from 'svelte'
import { describe, expect, test, vi } from 'vitest'
import type { Connection } from '../../../electron/tickets/views.ts'
import { app } from '../../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../../renderer/lib/bridge/bridge.ts'
import { refuse } from '../../support/fake-bridge.ts'
import { fakeInbox } from '../../support/fake-inbox.ts'
import { accountOf, connectionOf, newTicketOutbox, rowOf, stateOf } from '../../support/builders.ts'
import { button, ids, list, openInbox, renderInbox, row, thread } from '../../support/inbox.ts'

const at = new Date().setHours(10, 20, 0, 0)
const withConnection = (change: Partial<Connection>) => ({
  state: stateOf({ accounts: [accountOf({ connection: connectionOf(change) })] })
})
const none = { rows: [] }
const shownText = (words: RegExp | string) => () => screen.getByText(words)

describe('the connection', () => {
  test.each([
    ['ok', { freshAt: Date.now() - 12_500 }, /^checked \d+ s ago$/],
    ['ok', { freshAt: Date.now() + 60_000 }, 'checked just now'],
    ['asking', {}, 'checking…'],
    ['connecting', { freshAt: null }, 'connecting…'],
    ['offline', { freshAt: at }, 'offline · last checked 10:20'],
    ['opening', {}, 'opening…'],
    ['failing', {}, 'no response'],
    ['failing', { problem: { kind: 'stopped' } }, 'stopped'],
    ['signed-out', {}, 'sign in again'],
    ['paused', {}, 'paused']
  ] as const)('that is %s is said in few words', async (state, change, words) => {
    await openInbox(withConnection({ state, ...change }))
    expect(await screen.findByText(words)).toBeVisible()
  })

  test('of another day says which', async () => {
    const yesterday = new Date(at - 86_400_000)
    const dayAndMonth = `${yesterday.getDate()} ${yesterday.toLocaleString('en-GB', { month: 'long' })}`
    await openInbox(withConnection({ state: 'offline', freshAt: yesterday.getTime() }))
    expect(
      screen.getByText(new RegExp(`^offline · last checked ${dayAndMonth}.* 10:20$`))
    ).toBeInTheDocument()
    expect(
      screen.getByText(new RegExp(`Showing the last list \\(${dayAndMonth}.* 10:20\\);`))
    ).toBeInTheDocument()
  })

  test('that fails after a restart says of which day the list is', async () => {
    const yesterday = new Date(at - 86_400_000)
    const dayAndMonth = `${yesterday.getDate()} ${yesterday.toLocaleString('en-GB', { month: 'long' })}`
    const problem = { kind: 'timeout' } as const
    const { bridge } = await openInbox(
      withConnection({ state: 'failing', problem, freshAt: yesterday.getTime(), nextAt: null })
    )
    expect(screen.getByText(new RegExp(`Showing the last list \\(${dayAndMonth}.* 10:20\\).`))).toBeVisible()
    const connection = connectionOf({ state: 'connecting', problem, freshAt: yesterday.getTime() })
    bridge.emit('accounts', [accountOf({ connection })])
    expect(await screen.findByText('connecting…')).toBeVisible()
    expect(screen.getByText(new RegExp(`Showing the last list \\(${dayAndMonth}.* 10:20\\).`))).toBeVisible()
  })

  test('offline says what is shown and what happens to what one writes', async () => {
    await openInbox(withConnection({ state: 'offline', freshAt: at }))
    expect(
      screen.getByText(
        'You are offline. Showing the last list (10:20); what you write will be sent when you are back online.'
      )
    ).toBeVisible()
  })

  test('refused says what to do, and leads to the field of the account that asks for it', async () => {
    const refused = connectionOf({ state: 'signed-out', problem: { kind: 'unauthorized' }, freshAt: at })
    const accounts = [accountOf(), accountOf({ id: 'b', name: 'Beta', connection: refused })]
    const { user, bridge } = await openInbox({ state: stateOf({ accounts }) })
    expect(screen.getByText(/did not accept this token.*Showing the last list \(10:20\)/)).toBeVisible()
    await user.click(button('Sign in'))
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeVisible()
    await waitFor(() => expect(screen.getByLabelText('API token')).toHaveFocus())
    await user.keyboard('yeni-anahtar{Enter}')
    await waitFor(() => expect(bridge.argsOf('accounts.reconnect')).toMatchObject([{ accountId: 'b' }]))
  })

  test('leads there only who asked for it', async () => {
    const refused = connectionOf({ state: 'signed-out', problem: { kind: 'unauthorized' } })
    const { user } = await openInbox({ state: stateOf({ accounts: [accountOf({ connection: refused })] }) })
    await user.click(button('Sign in'))
    expect(await screen.findByLabelText('API token')).toBeVisible()
    await user.click(button('Back to the inbox'))
    await user.click(button('Settings'))
    expect(await screen.findByRole('heading', { name: 'Settings' })).toHaveFocus()
    expect(screen.queryByLabelText('API token')).toBeNull()
  })

  test('says as a tooltip of each account how it is and when it is checked next', async () => {
    const nextAt = Date.now() + 600_000
    const accounts = [
      accountOf({ connection: connectionOf({ nextAt }) }),
      accountOf({ id: 'b', name: 'Beta', connection: connectionOf({ state: 'paused', nextAt: null }) })
    ]
    await openInbox({ state: stateOf({ accounts }) })
    const tooltip = document.querySelector('.line')?.getAttribute('title') ?? ''
    expect(tooltip.split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^Örnek Bilişim: checked .* · next check ${clock(nextAt, 'en')}$`)),
      'Beta: paused'
    ])
  })

  test('has its whole line as a tooltip: a narrow window cuts it', async () => {
    await openInbox(withConnection({ state: 'offline', freshAt: at, nextAt: null }))
    expect(screen.getByTitle('offline · last checked 10:20')).toHaveTextContent(
      'offline · last checked 10:20'
    )
  })

  test('failing says why, in the server’s words too, and when it is tried again', async () => {
    const problem = { kind: 'server-error', serverMessage: 'Bakım var' } as const
    const { bridge } = await openInbox(
      withConnection({ state: 'failing', problem, freshAt: at, nextAt: Date.now() + 300_000 })
    )
    const banner = screen.getByText(/Showing the last list \(10:20\)/)
    expect(banner).toHaveTextContent('The server says: “Bakım var”')
    expect(banner).toHaveTextContent(/Retrying at \d\d:\d\d\./)
    expect(banner).not.toHaveTextContent('Retrying soon')
    const connection = connectionOf({ state: 'failing', problem, freshAt: at, nextAt: null })
    bridge.emit('accounts', [accountOf({ connection })])
    await waitFor(() => expect(banner).toHaveTextContent('The server reported an error. Retrying soon.'))
    expect(banner).not.toHaveTextContent('Retrying at')
  })

  test('names the account when there are several, and tells of the worst in the line', async () => {
    const bad = connectionOf({ state: 'signed-out', problem: { kind: 'unauthorized' } })
    const accounts = [accountOf(), accountOf({ id: 'b', name: 'Beta', connection: bad })]
    await openInbox({ state: stateOf({ accounts }) })
    expect(screen.getByText(/^Beta: /)).toBeVisible()
    expect(screen.getByText('sign in again')).toBeVisible()
  })

  test('of many accounts with the same trouble it is told once, and what asks for a token for each', async () => {
    const failing = (minutes: number): Connection =>
      connectionOf({
        state: 'failing',
        problem: { kind: 'unreachable' },
        freshAt: at,
        nextAt: Date.now() + minutes * 60_000
      })
    const refused = connectionOf({ state: 'signed-out', problem: { kind: 'unauthorized' } })
    const names = ['Alfa', 'Beta', 'Gama', 'Delta']
    const accounts = [
      ...names.map((name, i) => accountOf({ id: name, name, connection: failing(30 - i) })),
      ...['Epsilon', 'Zeta'].map((name) => accountOf({ id: name, name, connection: refused })),
      accountOf({ id: 'well', name: 'Well' })
    ]
    const { user } = await openInbox({ state: stateOf({ accounts }) })
    expect(screen.getAllByText(/could not be reached|cannot be reached/)).toHaveLength(1)
    expect(screen.getByText(/^Alfa, Beta and 2 more accounts: /)).toHaveTextContent(
      `Retrying at ${clock(Date.now() + 27 * 60_000, 'en')}.`
    )
    expect(screen.getByText(/^Epsilon: /)).toBeVisible()
    await user.click(button('1/3 Next message'))
    expect(screen.getByText(/^Zeta: /)).toBeVisible()
    expect(screen.queryByText(/Well:/)).toBeNull()
  })

  test('with tickets that cannot be read says how many, and shows the others', async () => {
    await openInbox(withConnection({ brokenTickets: 2 }))
    expect(screen.getByText('2 tickets could not be read; the last readable version is shown.')).toBeVisible()
    expect(list()).toBeVisible()
  })

  test('has its age told by a clock that stands still in a hidden window', async () => {
    const running = new Set<unknown>()
    const [set, clear] = [setInterval, clearInterval]
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((run: () => void, ms: number) => {
      const timer = set(run, ms)
      running.add(timer)
      return timer
    }) as never)
    vi.spyOn(globalThis, 'clearInterval').mockImplementation((timer) => {
      running.delete(timer)
      clear(timer as never)
    })
    const look = (hidden: boolean): void => {
      vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
      document.dispatchEvent(new Event('visibilitychange'))
    }
    await openInbox(withConnection({ state: 'ok', freshAt: Date.now() - 12_500 }))
    const first = screen.getByText(/^checked \d+ s ago$/)
    await waitFor(() => expect(first).not.toHaveTextContent('12 s ago'), { timeout: 3000 })
    look(true)
    expect(running.size).toBe(0)
    const later = Date.now() + 600_000
    vi.spyOn(Date, 'now').mockReturnValue(later)
    look(false)
    expect((await screen.findAllByText('checked 10 m ago')).length).toBeGreaterThan(0)
    expect(running.size).toBe(1)
    vi.restoreAllMocks()
  })

  test.each(['online', 'offline'])('main hears of a network that goes %s', async (change) => {
    const { bridge } = await openInbox()
    bridge.answer('network.changed', () => null)
    dispatchEvent(new Event(change))
    await waitFor(() => expect(bridge.argsOf('network.changed').length).toBeGreaterThan(0))
  })

  test('that has to wait for the server says so when asked by Check now', async () => {
    const retryAt = Date.now() + 600_000
    const waits = connectionOf({ state: 'failing', problem: { kind: 'rate-limited', retryAt }, freshAt: at })
    const { user } = await openInbox({ state: stateOf({ accounts: [accountOf({ connection: waits })] }) })
    await user.click(button('Check now'))
    const time = clock(retryAt, 'en')
    expect(
      (
        await screen.findAllByText(
          `The server asked us to wait until ${time}; it will be checked again then.`
        )
      ).length
    ).toBeGreaterThan(0)
  })

  test('shows on Check now how long the server has to be waited for, unless another account may be asked', async () => {
    const waits = connectionOf({
      state: 'failing',
      problem: { kind: 'rate-limited', retryAt: Date.now() + 600_000 },
      freshAt: at
    })
    const held = accountOf({ connection: waits })
    const inbox = await openInbox({ state: stateOf({ accounts: [held] }) })
    expect(button('Check now')).toHaveTextContent(/^(?:10|9)\sm$/)
    expect(button('Check now')).toHaveAttribute('title', expect.stringMatching(/asked us to wait until/))
    inbox.bridge.emit('accounts', [held, accountOf({ id: 'b' })])
    await waitFor(() => expect(button('Check now')).toHaveTextContent(/^$/))
  })

  test('is asked anew by Check now, once at a time', async () => {
    const { user, bridge } = await openInbox()
    let done: () => void = () => undefined
    bridge.answer('sync.check', () => new Promise((resolve) => (done = () => resolve(null))))
    await user.click(button('Check now'))
    await user.click(button('Check now'))
    expect(bridge.argsOf('sync.check')).toHaveLength(1)
    expect(button('Check now')).toHaveAttribute('aria-busy', 'true')
    done()
    await waitFor(() => expect(button('Check now')).toHaveAttribute('aria-busy', 'false'))
  })
})

describe('a list', () => {
  test('that is on its way shows where it will be', async () => {
    const inbox = await openInbox(
      { ...none, ...withConnection({ state: 'connecting', freshAt: null }) },
      shownText('Getting your tickets…')
    )
    expect(button(/^Unread/)).not.toHaveTextContent('0')
    inbox.bridge.emit('rows', { accountId: 'a', changed: [rowOf()], removed: [] })
    await waitFor(() => expect(ids()).toEqual([272298]))
    await waitFor(() => expect(list()).toHaveFocus())
  })

  test('that is kept on this machine and still read is waited for, whoever else has none', async () => {
    const opening = accountOf({ id: 'b', connection: connectionOf({ state: 'opening', freshAt: null }) })
    const inbox = await openInbox({ ...none, state: stateOf({ accounts: [accountOf(), opening] }) }, () =>
      screen.getByRole('status', { name: 'Loading' })
    )
    expect(screen.queryByText('No tickets yet')).toBeNull()
    inbox.bridge.emit('rows', { accountId: 'b', changed: [rowOf({ accountId: 'b' })], removed: [] })
    await waitFor(() => expect(ids()).toEqual([272298]))
  })

  test('that takes long shows how far it is, without telling every step aloud, and can be stopped', async () => {
    const loading = { received: 3_400_000, total: 10_000_000 }
    const { bridge, user } = await openInbox(
      { ...none, ...withConnection({ state: 'asking', freshAt: null, loading }) },
      () => screen.getByRole('progressbar', { name: 'Getting your tickets…' })
    )
    const bar = screen.getByRole('progressbar')
    expect(bar).toHaveAttribute('aria-valuetext', '3.4 MB of 10.0 MB')
    expect(bar).toHaveAttribute('value', '3400000')
    expect(bar).toHaveAttribute('max', '10000000')
    expect(bar.closest('[role=status], [role=log], [aria-live]')).toBeNull()
    // The button must not get the focus: a key meant for something else would stop loading.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(button('Stop')).not.toHaveFocus()
    await user.click(button('Stop'))
    expect(bridge.argsOf('sync.stopLoading')).toEqual([{ accountId: 'a' }])
    const stopped = { state: 'failing', freshAt: null, problem: { kind: 'stopped' } } as const
    bridge.emit('accounts', [accountOf({ connection: connectionOf(stopped) })])
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
    expect(screen.getByText('No ticket list yet')).toBeVisible()
    expect(screen.getByText(/^Fetching the list was stopped\. .*Retrying at/)).toBeVisible()
  })

  test('of unknown length says how much is here, and before anything is that the server is waited for', async () => {
    const { bridge } = await openInbox(
      {
        ...none,
        ...withConnection({ state: 'asking', freshAt: null, loading: { received: 0, total: null } })
      },
      () => screen.getByRole('progressbar')
    )
    const bar = (): HTMLElement => screen.getByRole('progressbar')
    expect(bar()).toHaveAttribute('aria-valuetext', 'waiting for the server')
    expect(bar()).not.toHaveAttribute('value')
    const loading = { received: 48_200, total: null }
    const connection = connectionOf({ state: 'asking', freshAt: null, loading })
    bridge.emit('accounts', [accountOf({ connection })])
    await waitFor(() => expect(bar()).toHaveAttribute('aria-valuetext', '48 KB received'))
    expect(bar()).not.toHaveAttribute('value')
  })

  test('that is loaded again stands in the status line, beside the tickets that are here', async () => {
    const loading = { received: 3_400_000, total: 10_000_000 }
    const { bridge, user } = await openInbox(withConnection({ state: 'asking', loading }))
    const bar = screen.getByRole('progressbar', { name: 'Örnek Bilişim: getting the ticket list' })
    expect(within(screen.getByRole('banner')).getByRole('progressbar')).toBe(bar)
    expect(list()).toBeVisible()
    await user.click(button('Stop'))
    expect(bridge.argsOf('sync.stopLoading')).toEqual([{ accountId: 'a' }])
    bridge.emit('accounts', [accountOf({ connection: connectionOf({ state: 'ok' }) })])
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
  })

  test('of several accounts says whose each is', async () => {
    const asking = (name: string, id: string, received: number) =>
      accountOf({
        id,
        name,
        connection: connectionOf({ state: 'asking', freshAt: null, loading: { received, total: null } })
      })
    const { bridge, user } = await openInbox(
      { ...none, state: stateOf({ accounts: [asking('Bir', 'a', 1_000), asking('İki', 'b', 2_000)] }) },
      () => screen.getByRole('progressbar', { name: 'Bir: Getting your tickets…' })
    )
    expect(screen.getByRole('progressbar', { name: 'İki: Getting your tickets…' })).toBeInTheDocument()
    const second = screen.getAllByRole('button', { name: 'Stop' })[1]
    if (second) await user.click(second)
    expect(bridge.argsOf('sync.stopLoading')).toEqual([{ accountId: 'b' }])
  })

  test('that cannot be had yet says so, with what to do', async () => {
    const { bridge, user } = await openInbox(
      { ...none, ...withConnection({ state: 'failing', problem: { kind: 'timeout' }, freshAt: null }) },
      shownText('No ticket list yet')
    )
    const check = within(screen.getByRole('region', { name: 'Tickets' })).getByRole('button')
    await user.click(check)
    expect(bridge.argsOf('sync.check')).toHaveLength(1)
  })

  test('without tickets offers the first one, ready under the keyboard', async () => {
    const { user, bridge } = await openInbox(none, shownText('No tickets yet'))
    const start = within(screen.getByRole('region', { name: 'Tickets' })).getByRole('button')
    await waitFor(() => expect(start).toHaveFocus())
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }])
  })

  test('drops what an account that was removed had in it', async () => {
    const { bridge } = await openInbox({ rows: [rowOf({ id: 2 }), rowOf({ id: 1, lastActivityAt: 1 })] })
    bridge.emit('rows', { accountId: 'a', changed: [], removed: [2] })
    await waitFor(() => expect(ids()).toEqual([1]))
  })
})

describe('trouble on this machine', () => {
  test('is said in words, and goes when the person has seen it', async () => {
    const notices = [{ kind: 'storage-full' }] as const
    const { user, bridge } = await openInbox({ state: stateOf({ notices }) })
    expect(screen.getByText(/disk is full/i)).toBeVisible()
    await user.click(button('Got it'))
    expect(bridge.argsOf('notices.dismiss')).toEqual([{ kind: 'storage-full' }])
    bridge.emit('notices', [])
    await waitFor(() => expect(screen.queryByText(/disk is full/i)).toBeNull())
    await waitFor(() => expect(list()).toHaveFocus())
  })
})

describe('an export', () => {
  test('shows how far it is, and says when it is done', async () => {
    const { user, bridge } = await openInbox()
    bridge.answer('tickets.export', () => 28)
    bridge.emit('progress', { kind: 'export', done: 7, total: 28 })
    expect(await screen.findByRole('progressbar')).toHaveAttribute('value', '7')
    expect(screen.getByText('7 of 28 tickets exported')).toBeVisible()
    await user.keyboard('{Control>}k{/Control}export all{Enter}')
    await waitFor(() => expect(bridge.argsOf('tickets.export')).toEqual([{ refs: null, format: 'markdown' }]))
    await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('28 tickets exported'))
    expect(screen.queryByRole('progressbar')).toBeNull()
  })
})

describe('an export that is stopped', () => {
  test('writes no file, says so, and leaves the keyboard in the list', async () => {
    const { user, bridge } = await openInbox()
    let finish: (count: number | null) => void = () => undefined
    bridge.answer('tickets.export', () => new Promise<number | null>((end) => (finish = end)))
    bridge.answer('tickets.cancelExport', () => {
      bridge.emit('progress', { kind: 'export', done: 28, total: 28 })
      finish(null)
      return null
    })
    await user.keyboard('{Control>}k{/Control}export all{Enter}')
    await waitFor(() => expect(bridge.argsOf('tickets.export')).toHaveLength(1))
    bridge.emit('progress', { kind: 'export', done: 7, total: 28 })
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('no file was saved'))
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(screen.getByRole('log')).not.toHaveTextContent('exported')
    await waitFor(() => expect(list()).toHaveFocus())
  })
})

describe('a new ticket in the outbox', () => {
  const refused = newTicketOutbox({
    state: 'refused',
    problem: { kind: 'refused', serverMessage: 'Departman seçiniz.' }
  })

  test('stands above the list, counts as not sent, and goes back to be corrected', async () => {
    const { user, bridge, outbox } = await openInbox({ state: stateOf({ outbox: [refused] }) })
    expect(button('1 message not sent')).toBeInTheDocument()
    const card = screen.getByRole('article', { name: 'Not sent' })
    expect(card).toHaveTextContent('New ticket: Yedekleme görevi başarısız')
    await user.click(within(card).getByRole('button', { name: 'Edit' }))
    await waitFor(() => expect(outbox()).toEqual([]))
    expect(bridge.argsOf('window.open')).toEqual([{ window: 'compose' }])
  })

  test('that cannot be taken back stays, and says why', async () => {
    const { user, bridge, outbox } = await openInbox({ state: stateOf({ outbox: [refused] }) })
    bridge.answer('outbox.cancel', () => refuse('storage-full'))
    await user.click(button('Edit'))
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full')
    expect(outbox()).toHaveLength(1)
    expect(bridge.argsOf('window.open')).toEqual([])
  })
})

describe('a reply for an account that is gone', () => {
  const reply = newTicketOutbox({
    accountId: 'gone',
    action: { kind: 'reply', ticketId: 7, text: 'Yarım kalan yanıt' },
    state: 'refused',
    problem: { kind: 'unknown-account' }
  })

  test('stands above the list with its words, to be copied or deleted, never to be sent', async () => {
    const { user, bridge, outbox } = await openInbox({ state: stateOf({ outbox: [reply] }) })
    bridge.answer('clipboard.write', () => null)
    const card = screen.getByRole('article', { name: 'Not sent' })
    expect(card).toHaveTextContent('Yarım kalan yanıt')
    expect(card).toHaveTextContent('The account you wrote this for no longer exists')
    expect(within(card).queryByRole('button', { name: 'Send again' })).toBeNull()
    await user.click(within(card).getByRole('button', { name: 'Copy text' }))
    expect(bridge.argsOf('clipboard.write')).toEqual([{ text: 'Yarım kalan yanıt' }])
    await user.click(within(card).getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(outbox()).toEqual([]))
    expect(screen.queryByRole('article', { name: 'Not sent' })).toBeNull()
  })
})

describe('what main asks to show', () => {
  test('is opened, also when its row comes only later', async () => {
    const { bridge } = await openInbox({ rows: [rowOf({ id: 1 })] })
    bridge.emit('navigate', { to: 'ticket', accountId: 'a', ticketId: 77 })
    expect(screen.queryByRole('region', { name: /^#77/ })).toBeNull()
    bridge.answer('tickets.thread', () => refuse('unknown-ticket'))
    bridge.emit('rows', { accountId: 'a', changed: [rowOf({ id: 77, subject: 'Yeni' })], removed: [] })
    expect(await screen.findByRole('region', { name: '#77 Yeni' })).toBeVisible()
    expect(row(77)).toHaveClass('open')
    await waitFor(() => expect(thread()).toHaveFocus())
  })

  test('new replies are said to who cannot see them', async () => {
    const { bridge } = await openInbox()
    bridge.emit('announce', { accountId: 'a', ticketId: 5, name: 'Ayşe Öztürk', excerpt: 'Düzelttik.' })
    await waitFor(() =>
      expect(screen.getByRole('log')).toHaveTextContent('#5: Ayşe Öztürk replied. Düzelttik.')
    )
    expect(document.querySelector('.told')).toBeNull()
  })

  test('replies that come together are all said, the same words twice too', async () => {
    const { bridge } = await openInbox()
    const reply = { accountId: 'a', ticketId: 5, name: 'Ayşe', excerpt: 'Tamam.' }
    for (const ticketId of [5, 6, 5]) bridge.emit('announce', { ...reply, ticketId })
    await waitFor(() =>
      expect([...screen.getByRole('log').children].map((line) => line.textContent)).toEqual(
        [5, 6, 5].map((id) => `#${id}: Ayşe replied. Tamam.`)
      )
    )
  })

  test('an account connected after the last one was removed in the settings leads to its tickets', async () => {
    const { user, bridge } = await openInbox()
    await user.click(button('Settings'))
    await screen.findByRole('heading', { name: 'Settings' })
    bridge.emit('accounts', [])
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Settings' })).toBeNull())
    bridge.emit('accounts', [accountOf()])
    await waitFor(() => expect(list()).toBeVisible())
  })
})

test('a window whose main does not answer says so, and asks again', async () => {
  const inbox = fakeInbox()
  inbox.bridge.answer('app.state', () => refuse('internal'))
  setBridge(inbox.bridge)
  app.ready = false
  await renderInbox()
  expect(await screen.findByRole('alert')).toBeVisible()
  inbox.bridge.answer('app.state', () => stateOf())
  await userEvent.click(button('Try again'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(await screen.findByRole('button', { name: 'New ticket' })).toBeVisible()
})

test('what main tells while it is asked for everything is newer than its answer', async () => {
  const { bridge } = fakeInbox()
  let answer: (() => void) | undefined
  bridge.answer('app.state', () => new Promise((resolve) => (answer = () => resolve(stateOf()))))
  setBridge(bridge)
  const started = renderInbox()
  bridge.emit('accounts', [accountOf({ name: 'Told since' })])
  answer?.()
  await started
  expect(app.accounts.map(({ name }) => name)).toEqual(['Told since'])
})

test('the rows of a first account come after its frame, in a task of their own', async () => {
  app.ready = false
  const { bridge } = await openInbox({ state: stateOf({ accounts: [] }), rows: [rowOf()] }, () =>
    screen.getByRole('button', { name: 'Connect' })
  )
  // Typing a token takes longer.
  await new Promise((resolve) => setTimeout(resolve, 50))
  bridge.emit('accounts', [accountOf()])
  await tick()
  expect(button('New ticket')).toBeVisible()
  expect(screen.queryAllByRole('option')).toHaveLength(0)
  expect(await screen.findAllByRole('option')).toHaveLength(1)
})

describe('a sample account', () => {
  test('is said after everything that happened', async () => {
    const accounts = [accountOf({ demo: true })]
    await openInbox({ state: stateOf({ accounts, notices: [{ kind: 'shortcut-taken', detail: 'Ctrl+J' }] }) })
    expect(screen.getByText(/Another program uses Ctrl\+J|Ctrl\+J/)).toBeVisible()
    expect(screen.getByText(/these tickets are not real/)).not.toBeVisible()
  })
})
