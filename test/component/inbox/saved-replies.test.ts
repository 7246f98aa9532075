import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { rowOf, settingsOf, stateOf } from '../../support/builders.ts'
import { list, openInbox, openTicket, replyBox, type OpenInbox } from '../../support/inbox.ts'

const settings = settingsOf({
  snippets: [
    { name: 'Teşekkür', text: 'Merhaba {ad}, {bilet} için teşekkürler.' },
    { name: 'Adres bilgisi', text: '{ip} adresi ({hizmet})' },
    { name: 'Şifre', text: 'Şifreniz değişti.' }
  ],
  templates: [{ name: 'Yeni IP', title: 'Ek IP', department: '', service: '', message: '' }]
})
async function opened(): Promise<OpenInbox> {
  const inbox = await openInbox({ rows: [rowOf()], state: stateOf({ settings }) })
  await openTicket(inbox, 272298)
  replyBox().focus()
  return inbox
}
const names = async (): Promise<readonly string[]> => {
  const offered = await screen.findByRole('listbox', { name: 'Saved replies' })
  return within(offered)
    .getAllByRole('option')
    .map((option) => option.querySelector('span')?.textContent ?? '')
}
const isOffered = (): boolean => screen.queryByRole('listbox', { name: 'Saved replies' }) !== null
const box = (): HTMLTextAreaElement => replyBox() as HTMLTextAreaElement

describe('saved replies found by typing', () => {
  test('are offered by ; and a part of their name, however the Turkish letters are typed', async () => {
    const { user } = await opened()
    await user.keyboard(';')
    expect(await names()).toEqual(['Teşekkür', 'Adres bilgisi', 'Şifre'])
    await user.keyboard('sif')
    await waitFor(async () => expect(await names()).toEqual(['Şifre']))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(box()).toHaveValue('Şifreniz değişti.'))
    expect(isOffered()).toBe(false)
    expect(box()).toHaveFocus()
  })

  test('are chosen by arrows or a click, and replace only what was typed for them', async () => {
    const { user } = await opened()
    await user.keyboard('Selam ;')
    await names()
    await user.keyboard('{ArrowDown}{ArrowUp}{Tab}')
    await waitFor(() => expect(box()).toHaveValue('Selam Merhaba Ayşe Öztürk, #272298 için teşekkürler.'))
    await user.clear(box())
    await user.keyboard('Selam ;şif')
    await user.click(within(await screen.findByRole('listbox', { name: 'Saved replies' })).getByText('Şifre'))
    await waitFor(() => expect(box()).toHaveValue('Selam Şifreniz değişti.'))
  })

  test('with what only the person knows leave it selected', async () => {
    const { user } = await opened()
    await user.keyboard(';adres{Enter}')
    await waitFor(() => expect(box()).toHaveValue('{ip} adresi (S952157)'))
    await waitFor(() => expect([box().selectionStart, box().selectionEnd]).toEqual([0, 4]))
  })

  test('are not offered inside a word or after Escape, and Escape leaves the ticket open', async () => {
    const { user } = await opened()
    await user.keyboard('foo;te')
    expect(isOffered()).toBe(false)
    await user.keyboard(' ;te')
    await names()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(isOffered()).toBe(false))
    expect(box()).toHaveFocus()
    await user.keyboard('ş')
    expect(isOffered()).toBe(false)
    expect(box()).toHaveValue('foo;te ;teş')
  })
})

describe('the palette', () => {
  async function palette({ user }: OpenInbox, typed: string): Promise<HTMLElement> {
    await user.keyboard('{Control>}k{/Control}')
    const dialog = await screen.findByRole('dialog')
    await user.keyboard(typed)
    return dialog
  }

  test('inserts a saved reply into the open ticket, and has none without one', async () => {
    const inbox = await openInbox({ rows: [rowOf()], state: stateOf({ settings }) })
    list().focus()
    expect(within(await palette(inbox, 'saved')).queryByText(/Insert saved reply/)).toBeNull()
    await inbox.user.click(screen.getByRole('dialog'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await openTicket(inbox, 272298)
    await palette(inbox, 'insert sifre{Enter}')
    await waitFor(() => expect(replyBox()).toHaveValue('Şifreniz değişti.'))
  })

  test('begins a new ticket from a template', async () => {
    const inbox = await openInbox({ rows: [rowOf()], state: stateOf({ settings }) })
    list().focus()
    await palette(inbox, 'template yeni{Enter}')
    await waitFor(() =>
      expect(inbox.bridge.argsOf('window.open')).toEqual([{ window: 'compose', template: 'Yeni IP' }])
    )
  })
})

describe('a reply with a placeholder that nobody filled in', () => {
  const alert = (): Promise<HTMLElement> => screen.findByRole('alert')

  test('is held back with its name, and goes when it is sent again or filled in', async () => {
    const { user, bridge } = await opened()
    await user.keyboard(';adres{Enter}')
    await waitFor(() => expect(box()).toHaveValue('{ip} adresi (S952157)'))
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await alert()).toHaveTextContent('Not filled in: {ip} · Fill it in, or send again')
    expect(bridge.argsOf('tickets.reply')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Send anyway' }))
    await waitFor(() =>
      expect(bridge.argsOf('tickets.reply')).toMatchObject([{ text: '{ip} adresi (S952157)' }])
    )
    await user.keyboard(';adres{Enter}')
    await waitFor(() => expect(box()).toHaveValue('{ip} adresi (S952157)'))
    await user.keyboard('203.0.113.7')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(bridge.argsOf('tickets.reply')).toHaveLength(2))
    expect(bridge.argsOf('tickets.reply')).toMatchObject([{}, { text: '203.0.113.7 adresi (S952157)' }])
  })

  test('is held back before the ticket is closed with it', async () => {
    const { user, bridge } = await opened()
    await user.keyboard(';adres{Enter}')
    await waitFor(() => expect(box()).toHaveValue('{ip} adresi (S952157)'))
    await user.click(screen.getByRole('button', { name: 'Reply and close' }))
    expect(await alert()).toHaveTextContent('{ip}')
    expect(bridge.argsOf('tickets.replyAndClose')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Reply and close' }))
    await waitFor(() => expect(bridge.argsOf('tickets.replyAndClose')).toHaveLength(1))
  })

  test('is not held back for code of the person', async () => {
    const { user, bridge } = await opened()
    await user.click(box())
    await user.paste('{"ip": "203.0.113.7"} ${name}')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(bridge.argsOf('tickets.reply')).toHaveLength(1))
  })
})
