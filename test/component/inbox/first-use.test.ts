import { screen, waitFor, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, test } from 'vitest'
import { nextHint } from '../../../renderer/inbox/status/next-hint.ts'
import { isLaterVersion } from '../../../renderer/inbox/banners/later-version.ts'
import { rowOf, settingsOf, stateOf } from '../../support/builders.ts'
import { button, openInbox, openTicket, type OpenInbox } from '../../support/inbox.ts'

const hint = (): HTMLElement | null => screen.queryByRole('complementary', { name: 'Tip' })

describe('hints of the first use', () => {
  /** Opens the inbox with a main that stores settings and sends changes to the window. */
  async function firstUse(change: Parameters<typeof stateOf>[0] = {}): Promise<OpenInbox> {
    let settings = settingsOf({ dismissedHints: [] })
    const inbox = await openInbox({ rows: [rowOf({ unread: 1 })], state: stateOf({ settings, ...change }) })
    inbox.bridge.answer('settings.change', (patch) => {
      settings = { ...settings, ...(patch as Partial<typeof settings>) }
      inbox.bridge.emit('settings', { settings, locale: 'en' })
      return settings
    })
    return inbox
  }
  const dismiss = async ({ user }: OpenInbox): Promise<void> =>
    user.click(within(hint() as HTMLElement).getByRole('button', { name: 'Got it' }))

  test('come one at a time where there is an occasion, and each once', async () => {
    const inbox = await firstUse()
    expect(await screen.findByText(/tickets where it is your turn/)).toBeVisible()
    await dismiss(inbox)
    await waitFor(() => expect(hint()).toBeNull())
    await openTicket(inbox, 272298)
    expect(await screen.findByText(/\? shows all keys/)).toBeVisible()
    await dismiss(inbox)
    expect(await screen.findByText(/keeps running in the tray/)).toBeVisible()
    await dismiss(inbox)
    await waitFor(() => expect(hint()).toBeNull())
    expect(inbox.bridge.argsOf('settings.change').at(-1)).toEqual({
      dismissedHints: ['filters', 'keys', 'tray']
    })
  })

  test('about the keys leads to them', async () => {
    const inbox = await firstUse({ settings: settingsOf({ dismissedHints: ['filters'] }) })
    await openTicket(inbox, 272298)
    await inbox.user.click(await screen.findByRole('button', { name: 'Show keys' }))
    expect(await screen.findByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
  })

  test('do not promise a tray where there is none', () => {
    const occasion = { dismissed: ['filters', 'keys'], counted: 1, isTicketOpen: true } as const
    expect(nextHint({ ...occasion, staysInTray: true })).toBe('tray')
    expect(nextHint({ ...occasion, staysInTray: false })).toBeNull()
  })

  test('are gone for who dismissed them', async () => {
    await openInbox()
    expect(hint()).toBeNull()
  })
})

describe('what is new', () => {
  const updated = (newsShownFor: string): Promise<OpenInbox> =>
    openInbox({ state: stateOf({ settings: settingsOf({ newsShownFor }) }) })

  test('is offered in one line after an update, and shown from there', async () => {
    const { user, bridge } = await updated('0.0.9')
    bridge.answer('settings.change', () => settingsOf())
    expect(screen.getByText('Bilet was updated to version 0.1.0.')).toBeVisible()
    await user.click(button('What’s new'))
    expect(await screen.findByRole('dialog', { name: 'What is new in version 0.1.0' })).toBeVisible()
    expect(bridge.argsOf('settings.change')).toEqual([{ newsShownFor: '0.1.0' }])
  })

  test('can be left unread, and is not offered again', async () => {
    const { user, bridge } = await updated('')
    bridge.answer('settings.change', () => settingsOf())
    await user.click(button('Got it'))
    expect(bridge.argsOf('settings.change')).toEqual([{ newsShownFor: '0.1.0' }])
    bridge.emit('settings', { settings: settingsOf(), locale: 'en' })
    await waitFor(() => expect(screen.queryByText(/was updated/)).toBeNull())
  })

  test.each(['0.1.0', '0.2.0'])('is not offered to who has seen version %s', async (version) => {
    await updated(version)
    expect(screen.queryByText(/was updated/)).toBeNull()
  })

  test.each([
    ['0.10.0', '0.9.9', true],
    ['1.0.0', '0.9.9', true],
    ['0.2.0', '0.2.0', false],
    ['0.2.0', '0.2.1', false],
    ['0.2.0', '', true]
  ])('%s is later than %j: %j', (version, other, expected) => {
    expect(isLaterVersion(version, other)).toBe(expected)
  })
})

describe('a dialog', () => {
  /** As Esc does: the element is closed at once, and its event comes in a later task. */
  const beginToClose = (name: string): HTMLElement => {
    const dialog = screen.getByRole('dialog', { name })
    dialog.removeAttribute('open')
    return dialog
  }
  const news = 'What is new in version 0.1.0'

  test.each([
    ['report', 'Report a problem'],
    ['news', news]
  ] as const)('opened while another one closes stays open: %s', async (page, name) => {
    const { bridge } = await openInbox()
    bridge.emit('navigate', { to: 'help', page: 'news' })
    await screen.findByRole('dialog', { name: news })
    const closing = beginToClose(news)
    bridge.emit('navigate', { to: 'help', page })
    await waitFor(() => expect(closing.isConnected).toBe(false))
    await screen.findByRole('dialog', { name })
    closing.dispatchEvent(new Event('close'))
    await tick()
    screen.getByRole('dialog', { name }).dispatchEvent(new Event('close'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test.each([
    ['{Shift>}?{/Shift}', 'Shortcuts'],
    ['{Control>}k{/Control}', 'Commands']
  ])('opened by %s while the palette closes stays open', async (keys, name) => {
    const { user } = await openInbox()
    await user.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog', { name: 'Commands' })
    const closing = beginToClose('Commands')
    // The focus goes back when the dialog closes.
    closing.querySelector('input')?.blur()
    await user.keyboard(keys)
    await waitFor(() => expect(closing.isConnected).toBe(false))
    await screen.findByRole('dialog', { name })
    closing.dispatchEvent(new Event('close'))
    await tick()
    expect(screen.getByRole('dialog', { name })).toBeVisible()
  })
})
