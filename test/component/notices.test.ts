/** Notices about this machine are shown on every screen. English UI. */
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { Notice } from '../../electron/tickets/views.ts'
import Compose from '../../renderer/compose/Compose.svelte'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import Notices from '../../renderer/notices/Notices.svelte'
import { FakeBridge, refuse } from '../support/fake-bridge.ts'
import { newTicketOf, stateOf } from '../support/builders.ts'
import { button, openInbox } from '../support/inbox.ts'

const user = userEvent.setup()
const lost: readonly Notice[] = [
  { kind: 'accounts-rebuilt' },
  { kind: 'file-set-aside', detail: 'outbox.json' },
  { kind: 'file-set-aside', detail: 'drafts.json' }
]
const waiting = /outbox file was damaged/

async function alone(notices: readonly Notice[], change: Parameters<typeof stateOf>[0] = {}) {
  const bridge = new FakeBridge({ 'app.state': () => stateOf({ notices, ...change }) })
  setBridge(bridge)
  await app.start()
  render(Notices)
  return bridge
}

const isHidden = (words: RegExp): boolean => screen.getByText(words).closest('[hidden]') !== null

/** Advances to the banner with these words. */
async function next(words: RegExp, count: number): Promise<void> {
  for (let i = 0; i < count && isHidden(words); i++)
    await user.click(screen.getByRole('button', { name: /Next message$/ }))
  expect(screen.getByText(words)).toBeVisible()
}

describe('notices are there', () => {
  test('before the first account is connected', async () => {
    await openInbox({ state: stateOf({ accounts: [], notices: lost }) }, () =>
      screen.getByLabelText('API token')
    )
    expect(screen.getByText(/rebuilt from their folders/)).toBeVisible()
    await next(waiting, 3)
  })

  test.each([
    ['settings', 'settings'],
    ['the outbox', 'outbox']
  ] as const)('in %s', async (_, to) => {
    const { bridge } = await openInbox({ state: stateOf({ notices: lost }) })
    bridge.emit('navigate', { to })
    await waitFor(() => expect(screen.queryByRole('listbox', { name: 'Tickets' })).toBeNull())
    await screen.findByText(waiting)
    await next(waiting, 3)
  })

  test('where a new ticket is written, as far as they are about writing', async () => {
    const noise = (['no-tray', 'shortcut-taken', 'still-in-tray', 'notifications-denied'] as const).map(
      (kind) => ({
        kind,
        detail: ''
      })
    )
    const aboutWriting = (['storage-full', 'password-in-memory', 'keychain-locked'] as const).map((kind) => ({
      kind
    }))
    const bridge = new FakeBridge({
      'app.state': () => stateOf({ notices: [...lost, ...noise, ...aboutWriting] }),
      'compose.start': () => ({
        accountId: null,
        draft: newTicketOf(),
        later: 0,
        recentDepartments: {},
        recentServices: {}
      })
    })
    setBridge(bridge)
    await app.start()
    render(Compose)
    expect(await screen.findByText(waiting)).toBeVisible()
    for (const words of [/The disk is full/, /keychain is locked/, /in memory only/]) await next(words, 5)
    expect(button('5/5 Next message')).toBeVisible()
    for (const words of [
      /has no system tray/,
      /Another program uses/,
      /goes on in the tray/,
      /rebuilt from their folders/
    ])
      expect(screen.queryByText(words)).toBeNull()
  })
})

describe('a damaged file', () => {
  test('is dealt with by itself, not with all others', async () => {
    const bridge = await alone(lost)
    await user.click(button('1/3 Next message'))
    await user.click(button('Got it'))
    expect(bridge.argsOf('notices.dismiss')).toEqual([{ kind: 'file-set-aside', detail: 'outbox.json' }])
  })

  test('is shown where it lies, or it is said that it is gone', async () => {
    const bridge = await alone(lost.slice(1, 2))
    bridge.answer('notices.showFile', () => true)
    await user.click(button('Show file'))
    expect(bridge.argsOf('notices.showFile')).toEqual([{ name: 'outbox.json' }])
    expect(screen.queryByRole('alert')).toBeNull()
    bridge.answer('notices.showFile', () => false)
    await user.click(button('Show file'))
    expect(screen.getByRole('alert')).toHaveTextContent('The file is no longer there.')
  })
})

test('another computer that has the folder is named', async () => {
  await alone([{ kind: 'folder-in-use', detail: 'laptop' }])
  expect(screen.getByText(/on another computer \(laptop\)/)).toBeVisible()
})

describe('a proxy that wants a password', () => {
  const proxy: readonly Notice[] = [{ kind: 'proxy-sign-in', detail: 'proxy.example.com:3128' }]

  test('is named, and given one where it is asked for', async () => {
    const bridge = await alone(proxy)
    expect(screen.getByText(/proxy\.example\.com:3128/)).toBeVisible()
    // The form is loaded on demand.
    await user.click(await screen.findByRole('button', { name: 'Sign in to the proxy' }))
    expect(screen.getByLabelText('User name')).toHaveFocus()
    await user.keyboard('kullanıcı{Tab}gizli')
    await user.click(screen.getByLabelText('Save in the keychain'))
    await user.click(button('Sign in to the proxy'))
    expect(bridge.argsOf('proxy.signIn')).toEqual([{ user: 'kullanıcı', password: 'gizli', remember: true }])
    expect(screen.getByLabelText('Password')).toHaveValue('')
  })

  test('offers no keychain where there is none, says what is wrong, and closes with Esc', async () => {
    const info = { ...stateOf().info, keychain: false }
    const bridge = await alone([{ kind: 'proxy-refused', detail: 'p:1' }], { info })
    bridge.answer('proxy.signIn', () => refuse('internal'))
    expect(screen.getByText(/did not accept/)).toBeVisible()
    await user.click(await screen.findByRole('button', { name: 'Sign in to the proxy' }))
    expect(screen.queryByLabelText('Save in the keychain')).toBeNull()
    await user.keyboard('u{Tab}p{Enter}')
    expect(screen.getByRole('alert')).toHaveTextContent('Something unexpected happened')
    await user.click(screen.getByLabelText('Password'))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByLabelText('Password')).toBeNull())
    expect(button('Sign in to the proxy')).toHaveFocus()
  })
})

describe('of several notices', () => {
  const three = [{ kind: 'no-tray' }, { kind: 'storage-full' }, { kind: 'no-keychain' }] as const
  const shown = (): readonly string[] =>
    [/has no system tray/, /The disk is full/, /has no keychain/]
      .filter((words) => !isHidden(words))
      .map(String)

  test('one is shown, the gravest first, and a key leads from each to the next and around', async () => {
    await alone(three)
    expect(shown()).toEqual(['/The disk is full/'])
    button('1/3 Next message').focus()
    await user.keyboard('{Enter}')
    expect(shown()).toEqual(['/has no system tray/'])
    expect(button('2/3 Next message')).toHaveFocus()
    await user.keyboard('{Enter}{Enter}')
    expect(shown()).toEqual(['/The disk is full/'])
  })

  test('a graver one comes to the front, and one that ends makes way for the others', async () => {
    const bridge = await alone([{ kind: 'no-tray' }])
    expect(screen.queryByRole('button', { name: /Next message$/ })).toBeNull()
    bridge.emit('notices', three)
    await waitFor(() => expect(shown()).toEqual(['/The disk is full/']))
    bridge.emit('notices', [{ kind: 'no-tray' }, { kind: 'no-keychain' }])
    await waitFor(() => expect(screen.queryByText(/The disk is full/)).toBeNull())
    expect(screen.getByText(/has no system tray/)).toBeVisible()
  })
})
