import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { defaultAccountRules, type AccountRules } from '../../../electron/tickets/account-rules.ts'
import type { AccountView } from '../../../electron/tickets/views.ts'
import Accounts from '../../../renderer/settings/Accounts.svelte'
import { refuse } from '../../support/fake-bridge.ts'
import { accountOf } from '../../support/builders.ts'
import { openPage, type OpenedPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const rules = (): HTMLElement => screen.getByRole('region', { name: 'Örnek Bilişim: account rules' })
const field = (name: string): HTMLElement => within(rules()).getByLabelText(name)

/** Opens the page with a main that stores the rules. */
async function open(own: Partial<AccountRules> = {}, change: Partial<AccountView> = {}): Promise<OpenedPage> {
  let account = accountOf({ rules: { ...defaultAccountRules, ...own }, ...change })
  const page = await openPage(Accounts, {
    state: { accounts: [account] },
    answer: (bridge) => {
      bridge.answer('services.list', () => ({
        services: [{ id: 'S952157', product: 'SSD VDS II', status: 'Active' }],
        isMissing: false,
        problem: null
      }))
      bridge.answer('accounts.setRules', ({ rules }) => {
        account = { ...account, rules: { ...account.rules, ...(rules as Partial<AccountRules>) } }
        bridge.emit('accounts', [account])
        return null
      })
    }
  })
  await user.click(screen.getByRole('button', { name: 'Account rules' }))
  return page
}
const set = ({ bridge }: OpenedPage): readonly unknown[] =>
  bridge.argsOf('accounts.setRules').map(({ rules }) => rules)

describe('the rules of an account', () => {
  test.each([
    ['Show notifications for this account', { notify: false }],
    ['Play a sound', { sound: false }],
    ['Count unread tickets in the tray and on the icon', { badge: false }]
  ])('“%s” is turned off, and stays so in sight', async (label, changed) => {
    const page = await open()
    await user.click(field(label))
    expect(set(page)).toEqual([changed])
    await waitFor(() => expect(field(label)).not.toBeChecked())
  })

  test('remind of tickets without an answer, by hours and department', async () => {
    const page = await open()
    await user.click(within(rules()).getByRole('button', { name: 'Add a reminder rule' }))
    await waitFor(() => expect(field('Hours')).toHaveFocus())
    await user.clear(field('Hours'))
    await user.type(field('Hours'), '48{Tab}')
    await waitFor(() => expect(field('Hours')).toHaveValue(48))
    await user.selectOptions(field('Department'), 'Muhasebe')
    await waitFor(() => expect(set(page).at(-1)).toEqual({ followUp: [{ hours: 48, department: 7 }] }))
    // Not a number of hours: what holds comes back.
    await user.clear(field('Hours'))
    await user.tab()
    await waitFor(() => expect(field('Hours')).toHaveValue(48))
    await user.click(within(rules()).getByRole('button', { name: 'Remove reminder rule 1' }))
    await waitFor(() => expect(set(page).at(-1)).toEqual({ followUp: [] }))
  })

  test('have quiet hours of their own, none, or those of the settings', async () => {
    const page = await open()
    await user.selectOptions(field('Quiet hours'), 'Hours of this account’s own')
    await waitFor(() => expect(field('From')).toHaveValue('22:00'))
    await user.selectOptions(field('Quiet hours'), 'None for this account')
    await waitFor(() => expect(within(rules()).queryByLabelText('From')).toBeNull())
    await user.selectOptions(field('Quiet hours'), 'As in the general settings')
    expect(set(page)).toEqual([
      { quiet: { enabled: true, from: '22:00', to: '08:00' } },
      { quiet: { enabled: false, from: '22:00', to: '08:00' } },
      { quiet: null }
    ])
  })

  test('set how often it is asked for, or leave it to the settings', async () => {
    const page = await open({ pollSeconds: 45 })
    expect(field('Check every')).toHaveDisplayValue('45 seconds')
    await user.selectOptions(field('Check every'), '5 minutes')
    await user.selectOptions(field('Check every'), 'As in the general settings (1 minute)')
    expect(set(page)).toEqual([{ pollSeconds: 300 }, { pollSeconds: null }])
  })

  test('set the department and the service that a new ticket begins with', async () => {
    const page = await open()
    await user.selectOptions(field('Default department'), 'Sunucu Hizmetleri')
    await user.type(field('Default service'), 'S952157{Tab}')
    expect(set(page)).toEqual([{ departmentId: 4 }, { service: 'S952157' }])
    await user.clear(field('Default service'))
    await user.type(field('Default service'), 'sunucum{Tab}')
    expect(field('Default service')).toHaveAccessibleDescription(/digits only/)
    expect(set(page)).toHaveLength(2)
  })

  test('take the panel’s address, and say next to the field what is wrong with it', async () => {
    const page = await open()
    const address = field('Address of a ticket in the panel')
    await user.type(address, 'https://panel.example.com/viewticket.php?id=5{Enter}')
    expect(address).toHaveAccessibleDescription(/^Write \{id\} instead of the ticket number/)
    expect(address).toBeInvalid()
    await user.clear(address)
    await user.type(address, 'panel.example.com{Enter}')
    expect(address).toHaveAccessibleDescription(/must begin with https/)
    expect(set(page)).toEqual([])
    await user.clear(address)
    await user.type(address, 'https://panel.example.com/viewticket.php?id={{id}{Enter}')
    expect(set(page)).toEqual([{ panelUrl: 'https://panel.example.com/viewticket.php?id={id}' }])
    expect(await within(rules()).findByText('Saved')).toBeVisible()
  })

  test('show what is so again where a change is refused', async () => {
    const page = await open()
    page.bridge.answer('accounts.setRules', () => refuse('storage-full'))
    await user.click(field('Play a sound'))
    await waitFor(() => expect(page.lastError()).toMatch(/disk is full/))
    expect(field('Play a sound')).toBeChecked()
  })
})
