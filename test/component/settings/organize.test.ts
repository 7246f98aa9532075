import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import Organize from '../../../renderer/settings/organize/Organize.svelte'
import { refuse, type FakeBridge } from '../../support/fake-bridge.ts'
import { settingsOf } from '../../support/builders.ts'
import { openPage, type OpenedPage } from '../../support/settings-page.ts'

const user = userEvent.setup()
const button = (name: string): HTMLElement => screen.getByRole('button', { name })
const tags = [
  { name: 'Ajans', color: 0 },
  { name: 'Sunucu', color: 3 }
]
const refOf = (ticketId: number) => ({ accountId: 'a', ticketId })
/** Two tickets have every tag. */
const found = (bridge: FakeBridge): void => bridge.answer('tickets.withTag', () => [refOf(1), refOf(2)])

describe('tags', () => {
  const open = (): Promise<OpenedPage> =>
    openPage(Organize, { state: { settings: settingsOf({ tags }) }, answer: found })

  test('are added with a colour that is free, and no name is there twice', async () => {
    const { settings } = await openPage(Organize)
    expect(screen.getByText('No tags yet.')).toBeVisible()
    await user.click(button('Add a tag'))
    const name = screen.getByLabelText('Name of the tag')
    await waitFor(() => expect(name).toHaveFocus())
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('This field is required.')
    await user.keyboard('Müşteri{Enter}')
    await waitFor(() => expect(settings().tags).toEqual([{ name: 'Müşteri', color: 0 }]))
    await waitFor(() => expect(button('Add a tag')).toHaveFocus())
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('radio', { name: 'Orange' })).toBeChecked()
    await user.keyboard('müsteri{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('There is a tag of this name.')
    await user.keyboard('{Escape}')
    expect(screen.queryByLabelText('Name of the tag')).toBeNull()
  })

  test('get another name on every ticket that has them, and another colour', async () => {
    const { bridge, settings } = await open()
    await user.click(button('Edit Sunucu'))
    await user.clear(screen.getByLabelText('Name of the tag'))
    await user.type(screen.getByLabelText('Name of the tag'), 'VDS')
    await user.click(screen.getByRole('radio', { name: 'Red' }))
    await user.click(button('Save'))
    await waitFor(() => expect(settings().tags).toEqual([tags[0], { name: 'VDS', color: 7 }]))
    expect(bridge.argsOf('tickets.withTag')).toEqual([{ name: 'Sunucu' }])
    expect(bridge.argsOf('tickets.setWork')).toEqual([
      { refs: [refOf(1), refOf(2)], change: { removeTags: ['Sunucu'], addTags: ['VDS'] } }
    ])
  })

  test('stay where their tickets could not be found', async () => {
    const { bridge, settings, lastError } = await open()
    bridge.answer('tickets.withTag', () => refuse('internal'))
    await user.click(button('Remove Ajans'))
    await waitFor(() => expect(lastError()).not.toBeNull())
    expect(settings().tags).toEqual(tags)
  })

  test('that only change their colour change no ticket', async () => {
    const { bridge, settings } = await open()
    await user.click(button('Edit Ajans'))
    await user.click(screen.getByRole('radio', { name: 'Blue' }))
    await user.click(button('Save'))
    await waitFor(() => expect(settings().tags[0]).toEqual({ name: 'Ajans', color: 6 }))
    expect(bridge.argsOf('tickets.setWork')).toEqual([])
  })

  test('are removed from their tickets, and come back to them', async () => {
    const { bridge, settings } = await open()
    await user.click(button('Remove Ajans'))
    expect(await screen.findByText('“Ajans” was removed, also from 2 tickets.')).toBeVisible()
    expect(settings().tags).toEqual([tags[1]])
    await waitFor(() => expect(button('Undo')).toHaveFocus())
    await user.keyboard('{Enter}')
    await waitFor(() => expect(settings().tags).toEqual(tags))
    expect(bridge.argsOf('tickets.setWork').map(({ change }) => change)).toEqual([
      { removeTags: ['Ajans'], addTags: [] },
      { removeTags: [], addTags: ['Ajans'] }
    ])
  })

  test('stay where their tickets could not be changed', async () => {
    const { bridge, settings, lastError } = await open()
    bridge.answer('tickets.setWork', () => refuse('storage-full'))
    await user.click(button('Remove Ajans'))
    await waitFor(() => expect(lastError()).toMatch(/disk is full/))
    expect(settings().tags).toEqual(tags)
  })
})

describe('saved searches', () => {
  const savedSearches = ['Bir', 'İki', 'Üç'].map((name, i) => ({ id: `s${i}`, name, query: `sorgu ${i}` }))
  const open = (): Promise<OpenedPage> =>
    openPage(Organize, { state: { settings: settingsOf({ savedSearches }) } })
  const names = ({ settings }: OpenedPage): readonly string[] =>
    settings().savedSearches.map(({ name }) => name)

  test('move by keyboard, and the focus goes with them', async () => {
    const page = await open()
    expect(button('Move Bir up')).toBeDisabled()
    button('Move Bir down').focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(names(page)).toEqual(['İki', 'Bir', 'Üç']))
    await waitFor(() => expect(button('Move Bir down')).toHaveFocus())
    await user.keyboard('{Enter}')
    await waitFor(() => expect(names(page)).toEqual(['İki', 'Üç', 'Bir']))
    // At the end its button is of no use any more.
    await waitFor(() => expect(button('Move Bir up')).toHaveFocus())
  })

  test('are renamed; Esc keeps the name', async () => {
    const page = await open()
    await user.click(button('Rename İki'))
    const field = screen.getByLabelText('Name of the filter')
    await waitFor(() => expect(field).toHaveFocus())
    await fireEvent.keyDown(field, { key: 'Escape' })
    await waitFor(() => expect(button('Rename İki')).toHaveFocus())
    await user.keyboard('{Enter}')
    await user.clear(screen.getByLabelText('Name of the filter'))
    await user.keyboard('Ortanca{Enter}')
    await waitFor(() => expect(names(page)).toEqual(['Bir', 'Ortanca', 'Üç']))
    await waitFor(() => expect(button('Rename Ortanca')).toHaveFocus())
  })

  test('are removed and come back to their place', async () => {
    const page = await open()
    const row = screen.getByText('sorgu 1').closest('li') as HTMLElement
    await user.click(within(row).getByRole('button', { name: 'Remove İki' }))
    await waitFor(() => expect(names(page)).toEqual(['Bir', 'Üç']))
    await user.click(button('Undo'))
    await waitFor(() => expect(names(page)).toEqual(['Bir', 'İki', 'Üç']))
  })
})
