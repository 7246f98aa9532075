import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { tick } from 'svelte'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { AppState, ComposeStart } from '../../electron/ipc/contract.ts'
import { defaultAccountRules, type AccountRules } from '../../electron/tickets/account-rules.ts'
import type { ProblemKind } from '../../electron/tickets/problem.ts'
import type { NewTicket, Service } from '../../electron/tickets/ticket.ts'
import type { AccountView, OutboxItem, ServiceList } from '../../electron/tickets/views.ts'
import type { After } from '../../renderer/compose/sent/after.ts'
import Compose from '../../renderer/compose/Compose.svelte'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import { refuse, type FakeBridge } from '../support/fake-bridge.ts'
import { fakeInbox } from '../support/fake-inbox.ts'
import {
  accountOf,
  connectionOf,
  newTicketOf,
  newTicketOutbox,
  settingsOf,
  stateOf
} from '../support/builders.ts'

const empty = newTicketOf()
let kept: NewTicket
let bridge: FakeBridge
/** Timers of the window, which the test runs. */
let later: { readonly ms: number; readonly act: () => void }[]

interface Opened {
  readonly state?: Partial<AppState>
  readonly draft?: Partial<NewTicket>
  readonly start?: Partial<ComposeStart>
}

const hosting: Service = { id: '841220', product: 'Başlangıç Hosting', status: 'Active' }
const listed = (services: readonly Service[]): ServiceList => ({ services, isMissing: false, problem: null })

async function open({ state = {}, draft = {}, start = {} }: Opened = {}): Promise<void> {
  kept = newTicketOf(draft)
  bridge = fakeInbox({ state: stateOf(state) }).bridge
  bridge.answer('compose.start', () => ({
    accountId: 'a',
    draft: kept,
    later: 0,
    recentDepartments: { a: [7] },
    recentServices: { a: ['952157'] },
    ...start
  }))
  bridge.answer('compose.draft', (args) => {
    kept = args.draft
    return null
  })
  bridge.answer('services.list', ({ accountId }) => listed(accountId === 'a' ? [hosting] : []))
  bridge.answer('tickets.create', () => newTicketOutbox())
  setBridge(bridge)
  await app.start()
  later = []
  const after: After = (ms, act) => {
    const entry = { ms, act }
    later.push(entry)
    return () => void (later = later.filter((timer) => timer !== entry))
  }
  render(Compose, { props: { after } })
  await waitFor(() => expect(title()).toHaveFocus())
}

const title = (): HTMLElement => screen.getByLabelText('Title')
const department = (): HTMLElement => screen.getByLabelText('Department')
const service = (): HTMLElement => screen.getByLabelText('Service')
const message = (): HTMLElement => screen.getByLabelText('Message')
const user = userEvent.setup()

async function fill(): Promise<void> {
  await user.type(title(), 'Yedekleme hatası')
  await user.type(department(), 'Hosting Hizmetleri')
  await user.type(service(), '952157')
  await user.type(message(), 'Disk dolu')
}
const filled = { title: 'Yedekleme hatası', departmentId: 19, service: '952157', message: 'Disk dolu' }

beforeEach(() => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
})

describe('opening', () => {
  test('the draft that was kept stands in the fields, and Title has the focus', async () => {
    await open({ draft: filled })
    expect(title()).toHaveValue('Yedekleme hatası')
    expect(department()).toHaveValue('Hosting Hizmetleri')
    expect(service()).toHaveValue('952157')
    expect(message()).toHaveValue('Disk dolu')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('a prefill fills only what is empty', async () => {
    await open({ draft: { title: 'Mine' } })
    bridge.emit('compose', { title: 'Theirs', departmentId: 7, message: 'From a link' })
    await waitFor(() => expect(message()).toHaveValue('From a link'))
    expect(title()).toHaveValue('Mine')
    expect(department()).toHaveValue('Muhasebe')
  })

  test('being asked for again while writing loses nothing, not even the password', async () => {
    await open()
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server password'), 'gizli')
    await user.type(title(), 'Still typ')
    bridge.emit('compose', null)
    await waitFor(() => expect(bridge.argsOf('compose.start')).toHaveLength(2))
    await waitFor(() => expect(title()).toHaveFocus())
    expect(title()).toHaveValue('Still typ')
    expect(screen.getByLabelText('Server password')).toHaveValue('gizli')
  })

  test('what is typed before main has answered stays', async () => {
    await open()
    let answer: () => void = () => undefined
    bridge.answer(
      'compose.start',
      () =>
        new Promise((resolve) => {
          answer = () =>
            resolve({ accountId: 'a', draft: empty, later: 0, recentDepartments: {}, recentServices: {} })
        })
    )
    bridge.emit('compose', null)
    await waitFor(() => expect(bridge.argsOf('compose.start')).toHaveLength(2))
    await user.type(title(), 'Quick')
    answer()
    await waitFor(() =>
      expect(bridge.argsOf('compose.draft').at(-1)).toMatchObject({ draft: { title: 'Quick' } })
    )
    await Promise.resolve()
    expect(title()).toHaveValue('Quick')
  })

  test('without an account it says what to do, and keeps the draft', async () => {
    await open({ state: { accounts: [] }, start: { accountId: null } })
    expect(screen.getByRole('alert')).toHaveTextContent('Connect an account')
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled()
    await user.type(title(), 'Later')
    await waitFor(() => expect(kept.title).toBe('Later'))
  })
})

describe('the draft', () => {
  test('is kept at every key, and holds nothing of the server access', async () => {
    await open()
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server password'), 'gizli-şifre')
    await user.type(screen.getByLabelText('Server user name'), 'kök-hesap')
    await user.type(screen.getByLabelText('Server IP'), '203.0.113.24')
    await user.type(title(), 'Kept')
    await waitFor(() => expect(kept.title).toBe('Kept'))
    expect(JSON.stringify(bridge.argsOf('compose.draft'))).not.toMatch(/gizli|kök|203/)
  })

  test('can be thrown away, password and all, and be had back until something else is written', async () => {
    const clear = (): HTMLElement | null => screen.queryByRole('button', { name: 'Discard draft' })
    await open()
    expect(clear()).toBeNull()
    await fill()
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server password'), 'gizli')
    await user.click(clear() ?? document.body)
    await waitFor(() => expect(title()).toHaveFocus())
    for (const field of [
      title(),
      department(),
      service(),
      message(),
      screen.getByLabelText('Server password')
    ])
      expect(field).toHaveValue('')
    // The empty field that lost the focus to the button is not reported as missing.
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText('Draft discarded')).toBeVisible()
    expect(kept).toEqual(empty)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(message()).toHaveValue('Disk dolu'))
    expect(department()).toHaveValue('Hosting Hizmetleri')
    expect(screen.getByLabelText('Server password')).toHaveValue('')
    expect(kept).toMatchObject(filled)
    await user.click(clear() ?? document.body)
    await user.type(title(), 'Başka')
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
    expect(clear()).toBeVisible()
  })

  test('is kept at once when the window loses the focus', async () => {
    await open()
    await user.type(title(), 'Half a tho')
    window.dispatchEvent(new Event('blur'))
    await waitFor(() => expect(kept.title).toBe('Half a tho'))
  })

  test('stays when Esc closes the window, with the server’s address; the password does not', async () => {
    await open()
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server IP'), '203.0.113.24')
    await user.type(screen.getByLabelText('Server password'), 'gizli')
    await user.type(title(), 'Kept')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(bridge.argsOf('window.close')).toHaveLength(1))
    expect(kept.title).toBe('Kept')
    expect(screen.getByLabelText('Server password')).toHaveValue('')
    bridge.emit('compose', null)
    await waitFor(() => expect(title()).toHaveFocus())
    expect(title()).toHaveValue('Kept')
    expect(screen.getByLabelText('Server IP')).toHaveValue('203.0.113.24')
  })

  test('of a refused ticket brings its server access into the form, and keeps it no longer', async () => {
    await open({ draft: { ...filled, serverIp: '203.0.113.24', serverUser: 'root' } })
    expect(screen.getByLabelText('Server IP')).toHaveValue('203.0.113.24')
    expect(screen.getByLabelText('Server user name')).toHaveValue('root')
    expect(screen.getByText('Server access').closest('details')).toHaveAttribute('open')
    await waitFor(() => expect(kept).toMatchObject({ ...filled, serverIp: '', serverUser: '' }))
  })
})

describe('choosing a department', () => {
  test('offers the recent one first, finds by folded letters, and takes what Enter chooses', async () => {
    await open()
    await user.click(department())
    expect(screen.getAllByRole('option').map((option) => option.textContent.trim())).toEqual([
      expect.stringContaining('Muhasebe'),
      'Hosting Hizmetleri',
      'Sunucu Hizmetleri'
    ])
    await user.type(department(), 'SUNUCU')
    expect(screen.getAllByRole('option')).toHaveLength(1)
    expect(department()).toHaveAttribute('aria-activedescendant', 'departmentId-choice-0')
    await user.keyboard('{Enter}')
    expect(department()).toHaveValue('Sunucu Hizmetleri')
    expect(department()).toHaveAttribute('aria-expanded', 'false')
    expect(bridge.argsOf('tickets.create')).toHaveLength(0)
  })

  test('arrows walk through the list, Esc closes only the list', async () => {
    await open()
    await user.click(department())
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(screen.getAllByRole('option')[1]).toHaveAttribute('aria-selected', 'true')
    await user.keyboard('{Escape}')
    expect(department()).toHaveAttribute('aria-expanded', 'false')
    expect(bridge.argsOf('window.close')).toHaveLength(0)
  })

  test('text that names none stays, with words under it', async () => {
    await open()
    await user.type(department(), 'Kargo')
    await user.tab()
    expect(department()).toHaveValue('Kargo')
    expect(screen.getByText('There is no such department. Choose one from the list.')).toBeVisible()
  })
})

describe('choosing a service', () => {
  test('finds by product and takes the number; any number can be typed', async () => {
    await open()
    await user.type(service(), 'baslangic')
    await user.click(screen.getByRole('option', { name: /Başlangıç Hosting/ }))
    expect(service()).toHaveValue('841220')
    expect(screen.getByText('Başlangıç Hosting', { selector: '.tag' })).toBeVisible()
    expect(service()).toHaveAccessibleDescription('Başlangıç Hosting')
    await user.clear(service())
    expect(screen.queryByText('Başlangıç Hosting', { selector: '.tag' })).toBeNull()
    await user.type(service(), 'S77{Tab}')
    expect(service()).toHaveValue('S77')
    expect(service()).toHaveAttribute('aria-invalid', 'false')
  })
})

describe('a service that is known', () => {
  const tag = (): HTMLElement | null => screen.queryByText('Başlangıç Hosting', { selector: '.tag' })

  test('stands as its product beside the number, which is edited in place', async () => {
    await open({ draft: { service: '841220' } })
    await waitFor(() => expect(tag()).toBeVisible())
    await user.type(service(), '{Backspace}')
    expect(service()).toHaveValue('84122')
    expect(service()).toHaveFocus()
    expect(tag()).toBeNull()
    await user.type(service(), '0')
    expect(tag()).toBeVisible()
  })

  test('is the same with its prefix, and a click on the product is one into the field', async () => {
    await open({ draft: { service: 'S841220' } })
    await waitFor(() => expect(tag()).toBeVisible())
    await user.click(tag() ?? document.body)
    expect(service()).toHaveFocus()
    expect(service()).toHaveAttribute('aria-expanded', 'true')
  })

  test('is asked for by name or number where there is none yet', async () => {
    await open()
    expect(service()).toHaveAttribute('placeholder', 'Choose a service or type its number')
  })
})

describe('a template', () => {
  const settings = settingsOf({
    snippets: [{ name: 'Selam', text: 'Merhaba {ad},' }],
    templates: [
      {
        name: 'Yeni IP',
        title: 'Ek IP talebi',
        department: 'hosting hizmetleri',
        service: 'S952157',
        message: '{hizmet} için {ip} yanına bir adres daha.'
      }
    ]
  })
  const box = (): HTMLTextAreaElement => message() as HTMLTextAreaElement

  test('fills the form, and what only the person knows is selected', async () => {
    await open({ state: { settings } })
    await user.click(screen.getByRole('button', { name: 'Templates' }))
    await user.click(screen.getByRole('menuitem', { name: /Yeni IP/ }))
    expect(title()).toHaveValue('Ek IP talebi')
    expect(department()).toHaveValue('Hosting Hizmetleri')
    expect(box()).toHaveValue('S952157 için {ip} yanına bir adres daha.')
    await waitFor(() => expect(box()).toHaveFocus())
    expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe('{ip}')
    await user.keyboard('203.0.113.7')
    expect(kept.message).toBe('S952157 için 203.0.113.7 yanına bir adres daha.')
    expect(kept).toMatchObject({ departmentId: 19, service: 'S952157' })
  })

  test('overwrites nothing that is written', async () => {
    await open({ state: { settings }, draft: { title: 'Benimki', message: 'Merhaba,' } })
    await user.click(screen.getByRole('button', { name: 'Templates' }))
    await user.click(screen.getByRole('menuitem', { name: /Yeni IP/ }))
    expect(title()).toHaveValue('Benimki')
    expect(box()).toHaveValue('Merhaba,\n\nS952157 için {ip} yanına bir adres daha.')
  })

  test('chosen in the inbox begins another draft beside the one that is written', async () => {
    await open({ state: { settings }, draft: filled })
    bridge.answer('compose.new', () => {
      kept = empty
      return { accountId: 'a', draft: empty, later: 1, recentDepartments: {}, recentServices: {} }
    })
    bridge.emit('compose', { template: 'Yeni IP' })
    await waitFor(() => expect(title()).toHaveValue('Ek IP talebi'))
    expect(screen.getByRole('button', { name: 'Next draft (1)' })).toBeVisible()
  })

  test('and a saved reply by ; take the place of what was typed for them', async () => {
    await open({ state: { settings } })
    await user.type(message(), 'Not: ;sel')
    expect(await screen.findByRole('listbox', { name: 'Saved replies' })).toBeVisible()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(box()).toHaveValue('Not: Merhaba,'))
  })
})

describe('another draft', () => {
  test('begins beside the one that is written, which waits', async () => {
    await open({ draft: filled })
    expect(screen.queryByRole('button', { name: /Next draft/ })).toBeNull()
    bridge.answer('compose.new', () => {
      kept = empty
      return { accountId: 'a', draft: empty, later: 1, recentDepartments: {}, recentServices: {} }
    })
    await user.click(screen.getByRole('button', { name: 'New draft' }))
    await waitFor(() => expect(title()).toHaveValue(''))
    expect(title()).toHaveFocus()
    expect(screen.getByRole('button', { name: 'Next draft (1)' })).toBeVisible()
    // Nothing is written yet that could wait.
    expect(screen.queryByRole('button', { name: 'New draft' })).toBeNull()
  })

  test('is shown when the one in the window was discarded in the inbox', async () => {
    await open({ draft: filled })
    kept = newTicketOf({ title: 'Öteki' })
    bridge.emit('composeDraft', null)
    await waitFor(() => expect(title()).toHaveValue('Öteki'))
    expect(message()).toHaveValue('')
  })
})

describe('what is wrong', () => {
  test('is said when a field is left, not while it is typed, and goes when it is right', async () => {
    await open()
    await user.type(service(), '95x')
    expect(screen.queryByText(/A service number has digits only/)).toBeNull()
    await user.tab()
    expect(screen.getByText(/A service number has digits only/)).toBeVisible()
    expect(service()).toHaveAttribute('aria-describedby', 'service-error')
    await user.type(service(), '{Backspace}7')
    expect(screen.queryByText(/A service number has digits only/)).toBeNull()
  })

  test('stands under every field on Send, and the first wrong one has the focus', async () => {
    await open()
    await user.type(title(), 'Only a title')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(screen.getAllByText('This field is required.')).toHaveLength(3)
    expect(department()).toHaveFocus()
    expect(bridge.argsOf('tickets.create')).toHaveLength(0)
  })

  test('in the folded server access opens it', async () => {
    await open()
    await fill()
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server IP'), '1.2.3')
    await user.click(screen.getByText('Server access'))
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(screen.getByText('Server access').closest('details')).toHaveAttribute('open')
    expect(screen.getByLabelText('Server IP')).toHaveFocus()
  })
})

describe('sending', () => {
  /** Sends with the keyboard; the fake main queues the message. */
  async function send(change: Partial<OutboxItem> = {}): Promise<void> {
    bridge.answer('tickets.create', () => {
      bridge.emit('outbox', { changed: [newTicketOutbox(change)], removed: [] })
      return newTicketOutbox(change)
    })
    await fill()
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(screen.queryByLabelText('Title')).toBeNull())
  }
  const become = (change: Partial<OutboxItem>): void =>
    bridge.emit('outbox', { changed: [newTicketOutbox(change)], removed: [] })
  const closes = (): number => bridge.argsOf('window.close').length
  const statusText = (): string => screen.getByRole('status').textContent
  const pass = (): void => {
    for (const { act } of later) act()
  }

  test('puts the ticket into the outbox, and forgets the draft and the password', async () => {
    await open()
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server password'), 'gizli')
    await send()
    expect(bridge.argsOf('tickets.create')).toEqual([
      { accountId: 'a', draft: newTicketOf(filled), password: 'gizli' }
    ])
    expect(kept).toEqual(empty)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(title()).toHaveValue(''))
    expect(screen.getByLabelText('Server password')).toHaveValue('')
  })

  test('calls it sent only once the server took it, with its number once that is known, and goes after 2 s', async () => {
    await open()
    await send()
    expect(statusText()).toBe('Sending…')
    become({ state: 'sending' })
    await tick()
    expect(statusText()).toBe('Sending…')
    become({ state: 'sent' })
    await waitFor(() => expect(statusText()).toBe('Sent'))
    bridge.answer('outbox.history', () => [
      {
        ...newTicketOutbox(),
        acknowledgedAt: 1,
        endedAt: 1,
        end: 'shown' as const,
        ticketId: 272301
      }
    ])
    bridge.emit('outbox', { changed: [], removed: ['o2'] })
    await waitFor(() => expect(statusText()).toBe('Sent · #272301'))
    expect(closes()).toBe(0)
    expect(later.map(({ ms }) => ms)).toEqual([2000])
    pass()
    await waitFor(() => expect(closes()).toBe(1))
  })

  test.each([
    ['offline', 'In the outbox; it is sent when you are back online'],
    ['signed-out', 'In the outbox; it is sent once you sign in to the account again'],
    ['paused', 'In the outbox; it is sent once the account is no longer paused'],
    ['failing', 'In the outbox; it is sent when the server answers']
  ] as const)('while %s says where it is, and never that it was sent', async (state, words) => {
    await open({ state: { accounts: [accountOf({ connection: connectionOf({ state }) })] } })
    await send()
    expect(statusText()).toBe(words)
    expect(later.map(({ ms }) => ms)).toEqual([2000])
    pass()
    await waitFor(() => expect(closes()).toBe(1))
  })

  test('that takes long waits in the outbox, and the window does not wait for it', async () => {
    await open()
    await send({ state: 'sending' })
    expect(later.map(({ ms }) => ms)).toEqual([8000])
    pass()
    await waitFor(() => expect(statusText()).toBe('In the outbox; it is sent when the server answers'))
    expect(later.map(({ ms }) => ms)).toEqual([2000])
  })

  test('of which nobody knows the outcome is not called sent', async () => {
    await open()
    await send()
    become({ state: 'uncertain' })
    await waitFor(() => expect(statusText()).toBe('In the outbox; checking whether it arrived'))
  })

  test.each(['Escape', 'the button'])('is left at once by %s', async (way) => {
    await open()
    await send()
    if (way === 'Escape') await user.keyboard('{Escape}')
    else await user.click(screen.getByRole('button', { name: /Close/ }))
    await waitFor(() => expect(closes()).toBe(1))
    // No timer is left that would close the window, which may show another ticket by then.
    expect(later).toEqual([])
  })

  test('that the server refuses stays in view with its words, and is corrected from there', async () => {
    await open()
    await send()
    become({ state: 'refused', problem: { kind: 'refused', serverMessage: 'Departman kapalı' } })
    await waitFor(() => expect(statusText()).toBe('Not sent'))
    expect(screen.getByRole('alert')).toHaveTextContent('Departman kapalı')
    expect(screen.getByRole('alert')).not.toHaveTextContent(/soon/i)
    expect(later).toEqual([])
    bridge.answer('outbox.cancel', () => {
      kept = { ...empty, ...filled }
      return newTicketOutbox()
    })
    await user.click(screen.getByRole('button', { name: 'Edit' }))
    await waitFor(() => expect(title()).toHaveFocus())
    expect(message()).toHaveValue('Disk dolu')
    expect(closes()).toBe(0)
  })

  describe('while it is held back', () => {
    const held = (): Partial<OutboxItem> => ({ queuedAt: Date.now(), nextAttemptAt: Date.now() + 5000 })
    const takenBack = (): void =>
      bridge.answer('outbox.cancel', () => {
        kept = { ...empty, ...filled }
        return newTicketOutbox()
      })

    test.each(['z', 'Control', 'the button'])('comes back by %s, with its password', async (way) => {
      await open()
      await user.click(screen.getByText('Server access'))
      await user.type(screen.getByLabelText('Server password'), 'gizli')
      await send(held())
      expect(statusText()).toBe('Will be sent in a few seconds')
      expect(later).toEqual([])
      takenBack()
      if (way === 'the button') await user.click(screen.getByRole('button', { name: /Undo/ }))
      else await user.keyboard(way === 'z' ? 'z' : '{Control>}z{/Control}')
      await waitFor(() => expect(title()).toHaveFocus())
      expect(bridge.argsOf('outbox.cancel')).toEqual([{ id: 'o2' }])
      expect(message()).toHaveValue('Disk dolu')
      expect(screen.getByLabelText('Server password')).toHaveValue('gizli')
      expect(closes()).toBe(0)
    })

    test('comes back with its password when the window was closed and the inbox takes it back', async () => {
      await open()
      await user.click(screen.getByText('Server access'))
      await user.type(screen.getByLabelText('Server password'), 'gizli')
      await send(held())
      await user.keyboard('{Escape}')
      await waitFor(() => expect(closes()).toBe(1))
      kept = { ...empty, ...filled }
      bridge.emit('outbox', { changed: [], removed: ['o2'] })
      bridge.emit('compose', null)
      await waitFor(() => expect(message()).toHaveValue('Disk dolu'))
      expect(screen.getByLabelText('Server password')).toHaveValue('gizli')
    })

    test('its password is forgotten once it is on its way', async () => {
      await open()
      await user.click(screen.getByText('Server access'))
      await user.type(screen.getByLabelText('Server password'), 'gizli')
      await send(held())
      await user.keyboard('{Escape}')
      await waitFor(() => expect(closes()).toBe(1))
      become({ state: 'sending' })
      kept = { ...empty, ...filled }
      bridge.emit('compose', null)
      await waitFor(() => expect(message()).toHaveValue('Disk dolu'))
      expect(screen.getByLabelText('Server password')).toHaveValue('')
    })
  })

  test('that was taken back in the inbox meanwhile is the draft again', async () => {
    await open()
    await send()
    kept = { ...empty, ...filled }
    bridge.answer('outbox.history', () => [
      { ...newTicketOutbox(), endedAt: 1, end: 'taken-back' as const, ticketId: null }
    ])
    bridge.emit('outbox', { changed: [], removed: ['o2'] })
    await waitFor(() => expect(message()).toHaveValue('Disk dolu'))
    expect(closes()).toBe(0)
  })

  test('that was thrown away in the inbox meanwhile is not called sent', async () => {
    await open()
    await send()
    bridge.answer('outbox.history', () => [])
    bridge.emit('outbox', { changed: [], removed: ['o2'] })
    await waitFor(() => expect(closes()).toBe(1))
    expect(screen.queryByText(/^Sent/)).toBeNull()
  })

  test('is over when another ticket is asked for', async () => {
    await open()
    await send()
    bridge.emit('compose', { title: 'Yeni konu' })
    await waitFor(() => expect(title()).toHaveValue('Yeni konu'))
    expect(later).toEqual([])
  })

  test('that is refused says so in words, with everything still there', async () => {
    await open()
    bridge.answer('tickets.create', () => refuse('storage-full'))
    await fill()
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByText(/The disk is full/)).toBeVisible()
    expect(message()).toHaveValue('Disk dolu')
    expect(bridge.argsOf('window.close')).toHaveLength(0)
    expect(kept.message).toBe('Disk dolu')
  })

  test('Enter in a field alone sends nothing', async () => {
    await open()
    await fill()
    await user.type(title(), '{Enter}')
    expect(bridge.argsOf('tickets.create')).toHaveLength(0)
  })

  test('while offline is said to happen later', async () => {
    await open({ state: { accounts: [accountOf({ connection: connectionOf({ state: 'offline' }) })] } })
    expect(screen.getByText(/sent when you are back/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Send' })).toBeEnabled()
  })
})

describe('a ticket whose letters are replaced', () => {
  test('says so only where they are, and shows title and message on demand', async () => {
    await open()
    await user.type(message(), 'Disk full')
    expect(screen.queryByText(/will be replaced/)).toBeNull()
    await user.type(message(), ', yardım')
    await user.type(title(), 'Acil ş')
    expect(await screen.findByText(/Turkish letters will be replaced: 2 letters/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Preview' }))
    const preview = screen.getByRole('region', { name: 'Text as it will be sent' })
    expect(preview.textContent).toBe('Acil s\nDisk full, yardim')
  })

  test('is held back where a password may be changed, and goes when it is sent again', async () => {
    await open()
    await fill()
    await user.type(message(), ' ŞİFRE=ğü$')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('ŞİFRE=ğü$ → SIFRE=gu$')
    expect(bridge.argsOf('tickets.create')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Send anyway' }))
    await waitFor(() => expect(bridge.argsOf('tickets.create')).toHaveLength(1))
  })

  test('is held back for a placeholder that nobody filled in, in the title or the message', async () => {
    await open()
    await fill()
    await user.type(title(), ' {{ip}')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Not filled in: {ip}')
    expect(bridge.argsOf('tickets.create')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Send anyway' }))
    await waitFor(() => expect(bridge.argsOf('tickets.create')).toHaveLength(1))
  })

  test('offers the panel for a file, and says where its address belongs', async () => {
    await open()
    message().focus()
    const data = new DataTransfer()
    data.items.add(new File(['x'], 'ekran.png', { type: 'image/png' }))
    await user.paste(data)
    expect(await screen.findByText(/API does not accept files.*address is not set/)).toBeVisible()
  })
})

test('a saved reply goes in where the cursor is', async () => {
  await open({ state: { settings: settingsOf({ snippets: [{ name: 'Greeting', text: 'Merhaba, ' }] }) } })
  await user.type(message(), 'bir sorum var', { initialSelectionStart: 0 })
  ;(message() as HTMLTextAreaElement).setSelectionRange(0, 0)
  await user.click(screen.getByRole('button', { name: 'Saved replies' }))
  await user.click(screen.getByRole('menuitem', { name: /Greeting/ }))
  expect(message()).toHaveValue('Merhaba, bir sorum var')
})

test('with several accounts one is chosen; a department of the same name is taken along, another is not', async () => {
  const b = accountOf({ id: 'b', name: 'Other', departments: [{ id: 3, name: 'Muhasebe' }] })
  await open({ state: { accounts: [accountOf(), b] } })
  await user.type(department(), 'Muhasebe')
  await user.selectOptions(screen.getByLabelText('Account'), 'Other')
  expect(department()).toHaveValue('Muhasebe')
  await waitFor(() => expect(kept.departmentId).toBe(3))
  await user.selectOptions(screen.getByLabelText('Account'), 'Örnek Bilişim')
  await user.clear(department())
  await user.type(department(), 'Hosting Hizmetleri')
  await user.selectOptions(screen.getByLabelText('Account'), 'Other')
  expect(department()).toHaveValue('')
  await waitFor(() => expect(kept.departmentId).toBe(0))
  expect(bridge.argsOf('services.list').map(({ accountId }) => accountId)).toContain('b')
})

describe('a list of services that could not be had', () => {
  const missing = (kind: ProblemKind | null): ServiceList => ({
    services: [],
    isMissing: true,
    problem: kind && { kind }
  })
  const button = (): HTMLElement | null => screen.queryByRole('button', { name: 'Try again' })

  const b = accountOf({ id: 'b', name: 'Other' })
  test.each([
    ['timeout', /did not answer in time/],
    ['offline', /You are offline, so/],
    ['server-error', /could not be loaded; type/],
    [null, /could not be loaded; type/]
  ] as const)('(%s) is said, and can be asked for again from the keyboard', async (kind, words) => {
    await open({ state: { accounts: [accountOf(), b] } })
    let answer = (_: ServiceList): void => undefined
    bridge.answer('services.list', () => missing(kind))
    await user.selectOptions(screen.getByLabelText('Account'), 'Other')
    expect(await screen.findByText(words)).toBeVisible()
    bridge.answer('services.list', () => new Promise<ServiceList>((resolve) => (answer = resolve)))
    button()?.focus()
    await user.keyboard('{Enter}')
    expect(await screen.findByText('Loading the services…')).toBeVisible()
    expect(button()).toHaveFocus()
    const asked = bridge.argsOf('services.list').length
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('services.list')).toHaveLength(asked)
    answer(missing('timeout'))
    expect(await screen.findByText(/did not answer in time/)).toBeVisible()
    await user.keyboard('{Enter}')
    answer(listed([hosting]))
    await waitFor(() => expect(service()).toHaveFocus())
    expect([button(), screen.queryByText(/could not be loaded/)]).toEqual([null, null])
    await user.keyboard('{ArrowDown}')
    expect(await screen.findByRole('option', { name: /Başlangıç Hosting/ })).toBeVisible()
  })

  test('is not said of one that came, nor of an account whose list is still on its way', async () => {
    await open()
    expect(button()).toBeNull()
  })
})

describe('the rules of an account', () => {
  const ruled = (own: Partial<AccountRules>, change: Parameters<typeof accountOf>[0] = {}): AccountView =>
    accountOf({ ...change, rules: { ...defaultAccountRules, ...own } })
  const otherAccount = accountOf({
    id: 'b',
    name: 'Beta',
    departments: [{ id: 4, name: 'Sunucu Hizmetleri' }]
  })

  test('put department and service into a new ticket, which is empty all the same', async () => {
    await open({ state: { accounts: [ruled({ departmentId: 4, service: 'S952157' })] } })
    expect(department()).toHaveValue('Sunucu Hizmetleri')
    expect(service()).toHaveValue('S952157')
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull()
  })

  test('leave alone what is half written, and what a link asks for', async () => {
    const accounts = [ruled({ departmentId: 4, service: 'S952157' })]
    await open({ state: { accounts }, draft: { title: 'Yarım', departmentId: 19 } })
    expect(department()).toHaveValue('Hosting Hizmetleri')
    expect(service()).toHaveValue('')
    kept = newTicketOf()
    bridge.emit('compose', { service: '841220' })
    await waitFor(() => expect(service()).toHaveValue('841220'))
    expect(department()).toHaveValue('Sunucu Hizmetleri')
  })

  test('follow the account, also when the person chooses another one', async () => {
    await open({ state: { accounts: [ruled({ departmentId: 19, service: 'S952157' }), otherAccount] } })
    await user.selectOptions(screen.getByLabelText('Account'), 'b')
    expect(department()).toHaveValue('')
    expect(service()).toHaveValue('')
    await user.selectOptions(screen.getByLabelText('Account'), 'a')
    expect(department()).toHaveValue('Hosting Hizmetleri')
    expect(service()).toHaveValue('S952157')
  })

  test('with a department that is not listed any more put none in', async () => {
    await open({ state: { accounts: [ruled({ departmentId: 99 })] } })
    expect(department()).toHaveValue('')
  })
})

test('without a known account the first real one is chosen, not the sample', async () => {
  const demo = accountOf({ id: 'd', name: 'Demo', demo: true })
  await open({ state: { accounts: [demo, accountOf()] }, start: { accountId: null } })
  expect(screen.getByLabelText('Account')).toHaveValue('a')
})
describe('several tickets that are being written', () => {
  const other: NewTicket = { ...empty, title: 'Öteki', message: 'Bekleyen metin' }

  test('wait behind each other: the next comes, with nothing of this one’s server access', async () => {
    await open({ draft: filled, start: { later: 2 } })
    await user.click(screen.getByText('Server access'))
    await user.type(screen.getByLabelText('Server IP'), '203.0.113.24')
    await user.type(screen.getByLabelText('Server password'), 'gizli')
    bridge.answer('compose.next', () => {
      kept = other
      return true
    })
    await user.click(screen.getByRole('button', { name: 'Next draft (2)' }))
    await waitFor(() => expect(title()).toHaveValue('Öteki'))
    expect(title()).toHaveFocus()
    expect(bridge.argsOf('compose.next')).toEqual([{ accountId: null }])
    expect(screen.getByLabelText('Server IP')).toHaveValue('')
    expect(screen.getByLabelText('Server password')).toHaveValue('')
  })

  test('with an account’s own, that one comes when the account is chosen', async () => {
    const b = accountOf({ id: 'b', name: 'Other' })
    await open({ state: { accounts: [accountOf(), b] }, draft: filled, start: { later: 1 } })
    bridge.answer('compose.next', ({ accountId }) => {
      if (accountId !== 'b') return false
      kept = other
      return true
    })
    await user.selectOptions(screen.getByLabelText('Account'), 'Other')
    await waitFor(() => expect(title()).toHaveValue('Öteki'))
  })

  test('are not offered where there is only this one', async () => {
    await open({ draft: filled })
    expect(screen.queryByRole('button', { name: /Next draft/ })).toBeNull()
  })
})
