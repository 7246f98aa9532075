import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { AppState } from '../../../electron/ipc/contract.ts'
import type { ClipboardLook } from '../../../electron/tickets/text/token.ts'
import { app } from '../../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../../renderer/lib/bridge/bridge.ts'
import ConnectForm from '../../../renderer/onboarding/ConnectForm.svelte'
import Onboarding from '../../../renderer/onboarding/Onboarding.svelte'
import { FakeBridge, refuse } from '../../support/fake-bridge.ts'
import { accountOf, stateOf } from '../../support/builders.ts'

const user = userEvent.setup()
const token = (): HTMLElement => screen.getByLabelText('API token')
const copied = '4f8a1c9e2b7d40e5a6c3f1e8d9b07a52'
let focused: boolean

beforeEach(() => {
  focused = true
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused)
})

async function open(look: ClipboardLook = 'other', state: Partial<AppState> = {}): Promise<FakeBridge> {
  const bridge = new FakeBridge({
    'app.state': () => stateOf({ accounts: [], ...state }),
    'accounts.connect': () => accountOf(),
    'clipboard.look': () => look,
    'clipboard.readToken': () => copied
  })
  setBridge(bridge)
  await app.start()
  render(Onboarding)
  return bridge
}

describe('the first run', () => {
  test('has the keyboard in the field for the key', async () => {
    await open()
    expect(token()).toHaveFocus()
  })

  test('leads to the panel in three steps, and opens it outside the app', async () => {
    const bridge = await open()
    const steps = within(screen.getByRole('region', { name: 'Three steps to connect' }))
    expect(steps.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Sign in to the customer panel. Open the panel',
      'Create a new token on the API page.',
      'Copy the token and paste it below.'
    ])
    await user.click(screen.getByRole('button', { name: 'Open the panel' }))
    expect(bridge.argsOf('link.open')).toEqual([{ url: 'https://www.netinternet.com.tr/' }])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('says the panel’s address where no browser opens, and blames no field', async () => {
    const bridge = await open()
    bridge.answer('link.open', () => refuse('invalid-address', { field: 'url' }))
    await user.click(screen.getByRole('button', { name: 'Open the panel' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('https://www.netinternet.com.tr/')
    expect(screen.getByLabelText('API address')).toHaveAttribute('aria-invalid', 'false')
  })

  test.each([
    ['en', 'I cannot see the API page', 'Copy the text', 'The text was copied', /enable API access/],
    ['tr', 'API sayfasını göremiyorum', 'Metni kopyala', 'Metin kopyalandı', /API erişimini açmanızı/]
  ] as const)(
    'has a text for support where there is no API page (%s)',
    async (locale, no, copy, confirmation, words) => {
      const bridge = await open('other', { locale })
      await user.click(screen.getByText(no))
      await user.click(screen.getByRole('button', { name: copy }))
      expect(await screen.findByText(confirmation)).toBeVisible()
      expect(bridge.argsOf('clipboard.write')[0]?.text).toMatch(words)
    }
  )

  test('does not say that the text was copied where it was not', async () => {
    const bridge = await open()
    bridge.answer('clipboard.write', () => refuse('internal'))
    await user.click(screen.getByText('I cannot see the API page'))
    await user.click(screen.getByRole('button', { name: 'Copy the text' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Something unexpected happened')
    expect(screen.queryByText('The text was copied')).toBeNull()
  })

  test('tells which rights the key needs and how it is revoked', async () => {
    await open()
    await user.click(screen.getByText('What the token may do, and revoking it'))
    expect(screen.getByText(/list, create, answer and close support tickets is enough/)).toBeVisible()
    expect(screen.getByText(/revoke the token at any time/)).toBeVisible()
  })
})

describe('a key on the clipboard', () => {
  const paste = (): HTMLElement => screen.getByRole('button', { name: 'Paste' })

  test('is offered, and read only on the click; Enter then connects', async () => {
    const bridge = await open('token')
    expect(await screen.findByText('There seems to be a token on the clipboard.')).toBeVisible()
    expect(bridge.argsOf('clipboard.readToken')).toHaveLength(0)
    expect(token()).toHaveValue('')
    await user.click(paste())
    expect(token()).toHaveValue(copied)
    expect(token()).toHaveFocus()
    expect(screen.queryByRole('button', { name: 'Paste' })).toBeNull()
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('accounts.connect')).toMatchObject([{ auth: { kind: 'bearer', token: copied } }])
    // The page must not keep the token after main has got it.
    await waitFor(() => expect(token()).toHaveValue(''))
  })

  test('is looked for when the window gets the keyboard, and never by the clock', async () => {
    const bridge = await open()
    await waitFor(() => expect(bridge.argsOf('clipboard.look')).toHaveLength(1))
    vi.useFakeTimers()
    await vi.advanceTimersByTimeAsync(3_600_000)
    vi.useRealTimers()
    expect(bridge.argsOf('clipboard.look')).toHaveLength(1)
    bridge.answer('clipboard.look', () => 'token')
    window.dispatchEvent(new Event('focus'))
    expect(await screen.findByRole('button', { name: 'Paste' })).toBeVisible()
    expect(bridge.argsOf('clipboard.look')).toHaveLength(2)
  })

  test('is not looked for in a window without the keyboard, nor while a key stands in the field', async () => {
    focused = false
    const bridge = await open('token')
    await Promise.resolve()
    expect(bridge.argsOf('clipboard.look')).toHaveLength(0)
    focused = true
    await user.type(token(), 'x')
    window.dispatchEvent(new Event('focus'))
    await Promise.resolve()
    expect(bridge.argsOf('clipboard.look')).toHaveLength(0)
    expect(screen.queryByRole('button', { name: 'Paste' })).toBeNull()
  })

  test('of a system that asks the person first is read only on their click', async () => {
    const bridge = await open('unread')
    const button = await screen.findByRole('button', { name: 'Paste from clipboard' })
    expect(screen.queryByText(/seems to be a token/)).toBeNull()
    bridge.answer('clipboard.readToken', () => null)
    await user.click(button)
    expect(await screen.findByText(/Nothing on the clipboard looks like a token/)).toBeVisible()
    expect(token()).toHaveValue('')
    bridge.answer('clipboard.readToken', () => copied)
    await user.click(button)
    expect(token()).toHaveValue(copied)
    expect(screen.getByText('The token was pasted.')).toBeVisible()
  })

  test('is offered in the settings as well, where the panel of the account opens', async () => {
    const bridge = await open('token')
    const rules = { ...accountOf().rules, panelUrl: 'https://panel.example.com/ticket?id={id}' }
    const form = render(ConnectForm, { props: { account: accountOf({ rules }) } })
    const settings = within(form.container)
    expect(await settings.findByRole('button', { name: 'Paste' })).toBeVisible()
    await user.click(settings.getByRole('button', { name: 'Open the panel' }))
    expect(bridge.argsOf('link.open')).toEqual([{ url: 'https://panel.example.com/' }])
  })
})
