import { expect, test } from '../support/desktop/fixtures.ts'
import { closeWindow, connect, rowOf } from '../support/desktop/steps.ts'
import { violations } from '../support/desktop/violations.ts'

test('a template and a saved reply are written in the settings, and used by key and by mouse', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()

  await test.step('in the settings, by mouse', async () => {
    await inbox.getByRole('button', { name: 'Settings' }).click()
    await inbox.getByRole('button', { name: 'Templates' }).click()
    await inbox.getByRole('button', { name: 'Add template' }).click()
    await inbox.getByLabel('Name').fill('Yeni IP')
    await inbox.getByLabel('Title').fill('Ek IP talebi')
    await inbox.getByLabel('Department').fill('Veri Merkezi İşlemleri')
    await inbox.getByLabel('Service').fill('952157')
    await inbox.getByLabel('Message').fill('{service}: {ip} yanına bir adres')
    await inbox.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(inbox.getByText('Yeni IP')).toBeVisible()
    expect(await violations(inbox, 'html')).toEqual([])
    await inbox.getByRole('button', { name: 'Saved replies' }).click()
    await inbox.getByRole('button', { name: 'Add saved reply' }).click()
    await inbox.getByLabel('Name').fill('Teşekkür')
    await inbox.getByLabel('Text').fill('{ticket} için teşekkürler.')
    await inbox.getByRole('button', { name: 'Add', exact: true }).click()
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
  })

  await test.step('a saved reply, by key', async () => {
    const box = inbox.getByRole('textbox', { name: 'Message' })
    await box.focus()
    await inbox.keyboard.type(';tes')
    await expect(inbox.getByRole('option', { name: /^Teşekkür/ })).toBeVisible()
    expect(await violations(inbox, 'html')).toEqual([])
    await inbox.keyboard.press('Enter')
    await expect(box).toHaveValue('#272298 için teşekkürler.')
  })

  await test.step('a template, by key, and what it leaves open is typed over', async () => {
    await inbox.keyboard.press('Control+k')
    await inbox.getByRole('combobox').fill('template')
    await inbox.keyboard.press('Enter')
    const compose = await app.window(/New ticket/)
    await expect(compose.getByLabel('Title')).toHaveValue('Ek IP talebi')
    await expect(compose.getByLabel('Department')).toHaveValue('Veri Merkezi İşlemleri')
    await expect(compose.getByLabel('Message')).toBeFocused()
    await compose.keyboard.type('203.0.113.7')
    await expect(compose.getByLabel('Message')).toHaveValue('952157: 203.0.113.7 yanına bir adres')
  })

  await test.step('a template, by mouse, beside the draft that is written', async () => {
    const compose = await app.window(/New ticket/)
    await compose.getByRole('button', { name: 'New draft' }).click()
    await compose.getByRole('button', { name: 'Templates' }).click()
    await compose.getByRole('menuitem', { name: /Yeni IP/ }).click()
    await expect(compose.getByLabel('Title')).toHaveValue('Ek IP talebi')
    await expect(compose.getByRole('button', { name: 'Next draft (1)' })).toBeVisible()
    await closeWindow(app.electron, 'New ticket')
  })
})
