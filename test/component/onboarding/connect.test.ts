import { render, screen, waitFor, within as queries } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { AppState } from '../../../electron/ipc/contract.ts'
import { app } from '../../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../../renderer/lib/bridge/bridge.ts'
import ConnectForm from '../../../renderer/onboarding/ConnectForm.svelte'
import Onboarding from '../../../renderer/onboarding/Onboarding.svelte'
import { FakeBridge, refuse } from '../../support/fake-bridge.ts'
import { accountOf, stateOf } from '../../support/builders.ts'

const user = userEvent.setup()
const token = (): HTMLElement => screen.getByLabelText('API token')
const connect = (): Promise<void> => user.click(screen.getByRole('button', { name: 'Connect' }))

async function open(state: Partial<AppState> = {}): Promise<FakeBridge> {
  const bridge = new FakeBridge({
    'app.state': () => stateOf({ accounts: [], ...state }),
    'accounts.connect': () => accountOf(),
    'accounts.demo': () => accountOf({ demo: true })
  })
  setBridge(bridge)
  await app.start()
  render(Onboarding)
  return bridge
}

describe('connecting', () => {
  test('takes a token and finds out the rest', async () => {
    const bridge = await open()
    await user.type(token(), 'my-token{Enter}')
    expect(bridge.argsOf('accounts.connect')).toEqual([
      {
        name: '',
        baseUrl: 'https://api.ni.net.tr',
        version: 'auto',
        auth: { kind: 'bearer', token: 'my-token' },
        thisRunOnly: false
      }
    ])
  })

  test('without a token asks for it and for nothing else', async () => {
    const bridge = await open()
    await connect()
    expect(screen.getByRole('alert')).toHaveTextContent('Paste the token.')
    expect(token()).toHaveFocus()
    expect(token()).toHaveAttribute('aria-invalid', 'true')
    expect(bridge.argsOf('accounts.connect')).toEqual([])
  })

  test.each([
    ['unauthorized', 'API token', /did not accept this token. Get a new one/],
    ['wrong-address', 'API address', /no ticket API at this address/],
    ['unreachable', 'API address', /Check the address and your connection, and try again/]
  ] as const)(
    'that ends as %s says so at its field, and keeps what was typed',
    async (kind, label, words) => {
      const bridge = await open()
      bridge.answer('accounts.connect', () => refuse(kind))
      await user.type(token(), 'my-token{Enter}')
      await waitFor(() => expect(screen.getByLabelText(label)).toHaveFocus())
      expect(screen.getByRole('alert')).toHaveTextContent(words)
      expect(token()).toHaveValue('my-token')
      expect(screen.getByLabelText(label)).toHaveAccessibleDescription(words)
    }
  )

  test('sends nothing of what was copied along with the token', async () => {
    const bridge = await open()
    await user.click(token())
    await user.paste('\ufeffAuthorization: Bearer my-\u200btoken ')
    await connect()
    expect(bridge.argsOf('accounts.connect')).toMatchObject([{ auth: { kind: 'bearer', token: 'my-token' } }])
  })

  test('says that what was copied cannot be a token, and asks no server', async () => {
    const bridge = await open()
    await user.type(token(), 'my token{Enter}')
    expect(screen.getByRole('alert')).toHaveTextContent('A token contains no spaces')
    expect(token()).toHaveFocus()
    expect(bridge.argsOf('accounts.connect')).toEqual([])
  })

  test('never promises to try again by itself: nothing does', async () => {
    const bridge = await open()
    for (const kind of [
      'timeout',
      'server-error',
      'connection-lost',
      'truncated',
      'rate-limited',
      'offline'
    ] as const) {
      bridge.answer('accounts.connect', () => refuse(kind, { serverMessage: 'Bakım' }))
      await user.clear(token())
      await user.type(token(), 'my-token{Enter}')
      await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/ry again/))
      expect(screen.getByRole('alert')).not.toHaveTextContent(/by itself|tried again soon/)
      expect(screen.getByText('The server says: “Bakım”')).toBeVisible()
    }
  })

  describe('that takes long', () => {
    async function connecting(): Promise<FakeBridge> {
      const bridge = await open()
      let give: (problem: null) => void = () => undefined
      bridge.answer('accounts.connect', async () => {
        await new Promise((resolve) => (give = resolve))
        return refuse('stopped')
      })
      bridge.answer('accounts.cancelConnect', () => {
        give(null)
        return null
      })
      await user.type(token(), 'my-token{Enter}')
      return bridge
    }

    test('shows how far its list is, outside of what is read aloud', async () => {
      const bridge = await connecting()
      expect(screen.queryByRole('progressbar')).toBeNull()
      bridge.emit('connecting', { received: 3_400_000, total: 10_000_000 })
      const bar = await screen.findByRole('progressbar')
      expect(bar).toHaveAttribute('aria-valuetext', '3.4 MB of 10.0 MB')
      expect(bar.closest('[role=status], [aria-live]')).toBeNull()
      await user.click(screen.getByRole('button', { name: 'Cancel' }))
      await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
    })

    test.each(['the button', 'Escape'])('is given up by %s, and the form is as it was', async (way) => {
      const bridge = await connecting()
      if (way === 'Escape') await user.keyboard('{Escape}')
      else await user.click(screen.getByRole('button', { name: 'Cancel' }))
      expect(bridge.argsOf('accounts.cancelConnect')).toHaveLength(1)
      await waitFor(() => expect(screen.getByRole('button', { name: 'Connect' })).toHaveFocus())
      expect(screen.getByRole('alert')).toHaveTextContent('nothing was changed')
      expect(token()).toHaveValue('my-token')
      expect(token()).toBeEnabled()
      expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull()
      await user.keyboard('{Escape}')
      expect(bridge.argsOf('accounts.cancelConnect')).toHaveLength(1)
    })
  })

  test('again by a header asks for its name too, by a pair for both parts', async () => {
    const bridge = await open()
    bridge.answer('accounts.reconnect', () => accountOf())
    const header = render(ConnectForm, { props: { account: accountOf({ auth: 'header' }) } })
    const within = queries(header.container)
    await user.type(within.getByLabelText('API token'), 'my-token')
    await user.type(within.getByLabelText('Header name'), 'not a header{Enter}')
    expect(within.getByLabelText('Header name')).toHaveFocus()
    expect(within.getByRole('alert')).toHaveTextContent('without spaces. Example: X-Api-Key')
    await user.clear(within.getByLabelText('Header name'))
    await user.type(within.getByLabelText('Header name'), 'X-Api-Key{Enter}')
    expect(bridge.argsOf('accounts.reconnect')[0]?.auth).toEqual({
      kind: 'header',
      header: 'X-Api-Key',
      token: 'my-token'
    })
    header.unmount()
    render(ConnectForm, { props: { account: accountOf({ auth: 'pair' }) } })
    await user.type(screen.getByLabelText('Access'), 'me')
    await user.type(screen.getByLabelText('Secret'), 'hidden{Enter}')
    expect(bridge.argsOf('accounts.reconnect')[1]?.auth).toEqual({
      kind: 'pair',
      access: 'me',
      secret: 'hidden'
    })
  })

  test('on a machine without a keychain first asks whether this run is enough', async () => {
    const bridge = await open({ info: { ...stateOf().info, keychain: false } })
    await user.type(token(), 'my-token{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Tick this to continue')
    expect(screen.getByLabelText('Keep it for this session only')).toHaveFocus()
    await user.keyboard(' ')
    await connect()
    expect(bridge.argsOf('accounts.connect')).toMatchObject([{ thisRunOnly: true }])
  })
})

test('the token is hidden until it is asked for', async () => {
  await open()
  expect(token()).toHaveAttribute('type', 'password')
  await user.click(screen.getByRole('button', { name: 'Show' }))
  expect(token()).toHaveAttribute('type', 'text')
})

test('the demo needs nothing, and says when it cannot start', async () => {
  const bridge = await open()
  await user.click(screen.getByRole('button', { name: 'Try the demo' }))
  expect(bridge.argsOf('accounts.demo')).toHaveLength(1)
  bridge.answer('accounts.demo', () => refuse('internal'))
  await user.click(screen.getByRole('button', { name: 'Try the demo' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Something unexpected happened')
})
