import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { OutboxItem } from '../../../electron/tickets/views.ts'
import Accounts from '../../../renderer/settings/Accounts.svelte'
import { refuse } from '../../support/fake-bridge.ts'
import { accountOf, connectionOf, outboxOf } from '../../support/builders.ts'
import { openPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const button = (name: string): HTMLElement => screen.getByRole('button', { name })

describe('an account', () => {
  test('is renamed and coloured; the focus returns to where it was', async () => {
    const { bridge } = await openPage(Accounts)
    await user.click(button('Edit name and colour'))
    const name = screen.getByLabelText('Account name')
    expect(name).toHaveFocus()
    await user.clear(name)
    await user.type(name, '  Acme  ')
    await user.click(screen.getByRole('radio', { name: 'Purple' }))
    await user.click(button('Save'))
    await waitFor(() => expect(button('Edit name and colour')).toHaveFocus())
    expect(bridge.argsOf('accounts.rename')).toEqual([{ accountId: 'a', name: 'Acme' }])
    expect(bridge.argsOf('accounts.recolor')).toEqual([{ accountId: 'a', color: 2 }])
  })

  test('stays as it is with Esc, with an empty name, and when it cannot be kept', async () => {
    const { bridge, lastError } = await openPage(Accounts, {
      answer: (to) => to.answer('accounts.rename', () => refuse('storage-full'))
    })
    await user.click(button('Edit name and colour'))
    await user.keyboard('x{Escape}')
    expect(screen.queryByLabelText('Account name')).toBeNull()
    await user.click(button('Edit name and colour'))
    await user.clear(screen.getByLabelText('Account name'))
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('accounts.rename')).toEqual([])
    await user.click(button('Edit name and colour'))
    await user.type(screen.getByLabelText('Account name'), ' 2{Enter}')
    await waitFor(() => expect(lastError()).toMatch(/The disk is full/))
    expect(screen.getByLabelText('Account name')).toHaveValue('Örnek Bilişim 2')
  })

  test('whose address was lost is signed in to again with it, and is no new one', async () => {
    const connection = connectionOf({ state: 'signed-out', problem: { kind: 'no-address' } })
    const { bridge } = await openPage(Accounts, {
      state: { accounts: [accountOf({ baseUrl: '', connection })] }
    })
    expect(screen.getByText(/The address of this account is unknown/)).toBeVisible()
    await user.click(button('Sign in again'))
    await user.keyboard('anahtar')
    const address = screen.getByLabelText('API address')
    expect(address).toBeVisible()
    await user.clear(address)
    await user.type(address, 'https://api.example.com{Enter}')
    expect(bridge.argsOf('accounts.connect')).toEqual([])
    expect(bridge.argsOf('accounts.reconnect')).toMatchObject([
      { accountId: 'a', address: { baseUrl: 'https://api.example.com', version: 'auto' } }
    ])
  })

  test('is paused and resumed', async () => {
    const { bridge } = await openPage(Accounts)
    await user.click(button('Pause'))
    expect(bridge.argsOf('accounts.pause')).toEqual([{ accountId: 'a', paused: true }])
    bridge.emit('accounts', [accountOf({ paused: true, connection: connectionOf({ state: 'paused' }) })])
    await user.click(await screen.findByRole('button', { name: 'Resume' }))
    expect(bridge.argsOf('accounts.pause')[1]).toEqual({ accountId: 'a', paused: false })
  })

  test('says in words what is wrong with it', async () => {
    const connection = connectionOf({ state: 'signed-out', problem: { kind: 'unauthorized' } })
    await openPage(Accounts, { state: { accounts: [accountOf({ connection, secretStored: false })] } })
    expect(screen.getByText(/Sign in again: The server did not accept this token/)).toBeVisible()
    expect(screen.getByText(/token for this session only/)).toBeVisible()
  })

  test('is removed only after it said what goes, and how much was not sent', async () => {
    const outbox = [outboxOf(), outboxOf({ id: 'o3' }), outboxOf({ id: 'o4', state: 'sent' })]
    const { bridge } = await openPage(Accounts, { state: { outbox } })
    await user.click(button('Remove'))
    const dialog = screen.getByRole('dialog', { name: 'Remove Örnek Bilişim?' })
    expect(dialog).toHaveTextContent('read marks, drafts and the token are erased from this computer')
    expect(dialog).toHaveTextContent('2 messages in the outbox have not been sent yet')
    await user.click(button('Cancel'))
    expect(bridge.argsOf('accounts.remove')).toEqual([])
    await user.click(button('Remove'))
    await user.click(screen.getAllByRole('button', { name: 'Remove' }).at(-1) ?? document.body)
    await waitFor(() => expect(bridge.argsOf('accounts.remove')).toEqual([{ accountId: 'a' }]))
    await waitFor(() => expect(button('Add account')).toHaveFocus())
  })

  test('of the demo has nothing to sign in to', async () => {
    await openPage(Accounts, { state: { accounts: [accountOf({ demo: true })] } })
    expect(screen.queryByRole('button', { name: 'Sign in again' })).toBeNull()
    expect(screen.getByText(/sample account/)).toBeVisible()
  })

  test('gets new credentials without asking for its address', async () => {
    const { bridge } = await openPage(Accounts, {
      answer: (to) => to.answer('accounts.reconnect', () => accountOf())
    })
    await user.click(button('Sign in again'))
    await waitFor(() => expect(screen.getByLabelText('API token')).toHaveFocus())
    expect(screen.queryByLabelText('API address')).toBeNull()
    await user.keyboard('new-token{Enter}')
    await waitFor(() => expect(screen.queryByLabelText('API token')).toBeNull())
    expect(bridge.argsOf('accounts.reconnect')).toEqual([
      {
        accountId: 'a',
        auth: { kind: 'bearer', token: 'new-token' },
        thisRunOnly: false,
        otherCustomer: 'ask'
      }
    ])
  })
})

describe('a key of another customer', () => {
  const others = (outbox: readonly OutboxItem[] = []): ReturnType<typeof openPage> =>
    openPage(Accounts, {
      state: { outbox },
      answer: (to) =>
        to.answer('accounts.reconnect', ({ otherCustomer }) =>
          otherCustomer === 'ask' ? refuse('other-customer') : accountOf()
        )
    })
  async function signIn(): Promise<HTMLElement> {
    await user.click(button('Sign in again'))
    await user.type(screen.getByLabelText('API token'), 'their-token{Enter}')
    return screen.findByRole('group', { name: 'This token belongs to another customer.' })
  }
  const answers = (bridge: Awaited<ReturnType<typeof openPage>>['bridge']): readonly string[] =>
    bridge.argsOf('accounts.reconnect').map(({ otherCustomer }) => otherCustomer)

  test.each([
    ['Add as a separate account', 'add'],
    ['Replace this account', 'replace']
  ])('is asked about, and “%s” does that with the same key', async (name, answer) => {
    const { bridge } = await others()
    await signIn()
    expect(button('Add as a separate account')).toHaveFocus()
    await user.click(button(name))
    await waitFor(() => expect(screen.queryByLabelText('API token')).toBeNull())
    expect(answers(bridge)).toEqual(['ask', answer])
    expect(bridge.argsOf('accounts.reconnect')[1]?.auth).toEqual({ kind: 'bearer', token: 'their-token' })
  })

  test('says what waits for the customer so far', async () => {
    await others([outboxOf(), outboxOf({ id: 'o3', state: 'sent' })])
    expect(await signIn()).toHaveTextContent('1 message written for this account is waiting')
  })

  test('changes nothing when it is cancelled, or another key is typed', async () => {
    const { bridge } = await others()
    const question = await signIn()
    await user.click(within(question).getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('group', { name: /another customer/ })).toBeNull()
    await user.click(button('Connect'))
    await screen.findByRole('group', { name: /another customer/ })
    await user.type(screen.getByLabelText('API token'), 'x')
    expect(screen.queryByRole('group', { name: /another customer/ })).toBeNull()
    expect(answers(bridge)).toEqual(['ask', 'ask'])
  })
})

test('another account is added, or not, and the focus stays near', async () => {
  const { bridge } = await openPage(Accounts, {
    answer: (to) => to.answer('accounts.connect', () => accountOf({ id: 'b' }))
  })
  await user.click(button('Add account'))
  await waitFor(() => expect(screen.getByLabelText('API token')).toHaveFocus())
  await user.click(button('Cancel'))
  await waitFor(() => expect(button('Add account')).toHaveFocus())
  await user.keyboard('{Enter}')
  await user.type(await screen.findByLabelText('API token'), 'second{Enter}')
  await waitFor(() => expect(button('Add account')).toHaveFocus())
  expect(bridge.argsOf('accounts.connect')).toHaveLength(1)
})
