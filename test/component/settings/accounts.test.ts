import { screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import Accounts from '../../../renderer/settings/Accounts.svelte'
import { refuse } from '../../support/fake-bridge.ts'
import { accountOf, connectionOf, outboxOf } from '../../support/fixtures.ts'
import { openPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const button = (name: string): HTMLElement => screen.getByRole('button', { name })

describe('an account', () => {
  test('is renamed and coloured; the focus returns to where it was', async () => {
    const { bridge } = await openPage(Accounts)
    await user.click(button('Name and colour'))
    const name = screen.getByLabelText('Name of the account')
    expect(name).toHaveFocus()
    await user.clear(name)
    await user.type(name, '  Acme  ')
    await user.click(screen.getByRole('radio', { name: 'Purple' }))
    await user.click(button('Save'))
    await waitFor(() => expect(button('Name and colour')).toHaveFocus())
    expect(bridge.argsOf('accounts.rename')).toEqual([{ accountId: 'a', name: 'Acme' }])
    expect(bridge.argsOf('accounts.recolor')).toEqual([{ accountId: 'a', color: 2 }])
  })

  test('stays as it is with Esc, with an empty name, and when it cannot be kept', async () => {
    const { bridge, heard } = await openPage(Accounts, {
      answer: (to) => to.answer('accounts.rename', () => refuse('storage-full'))
    })
    await user.click(button('Name and colour'))
    await user.keyboard('x{Escape}')
    expect(screen.queryByLabelText('Name of the account')).toBeNull()
    await user.click(button('Name and colour'))
    await user.clear(screen.getByLabelText('Name of the account'))
    await user.keyboard('{Enter}')
    expect(bridge.argsOf('accounts.rename')).toEqual([])
    await user.click(button('Name and colour'))
    await user.type(screen.getByLabelText('Name of the account'), ' 2{Enter}')
    await waitFor(() => expect(heard()).toMatch(/The disk is full/))
    expect(screen.getByLabelText('Name of the account')).toHaveValue('Örnek Bilişim 2')
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
    expect(screen.getByText(/token for this run only/)).toBeVisible()
  })

  test('is removed only after it said what goes, and how much was not sent', async () => {
    const outbox = [outboxOf(), outboxOf({ id: 'o3' }), outboxOf({ id: 'o4', state: 'sent' })]
    const { bridge } = await openPage(Accounts, { state: { outbox } })
    await user.click(button('Remove'))
    const dialog = screen.getByRole('dialog', { name: 'Remove Örnek Bilişim?' })
    expect(dialog).toHaveTextContent('read marks, drafts and the token on this computer are erased')
    expect(dialog).toHaveTextContent('2 texts in the outbox were not sent yet')
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
