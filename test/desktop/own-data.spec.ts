/** What people keep about tickets, in the real app: states that end, reminders, mute, and own data in a file. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, connect, invoke, rowOf } from '../support/desktop/steps.ts'

/** Makes both file dialogs choose this path, since tests cannot operate the system's. */
const chooseFile = (electron: ElectronApplication, path: string): Promise<void> =>
  electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)

test('states end by what is new, reminders come once, and own data come back from a file', async ({
  session,
  demo,
  launch
}) => {
  test.setTimeout(120_000)
  let app = await launch()
  let inbox = await app.window(/Inbox/)
  await connect(inbox, demo, { version: 'v2' })
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const [first = 0, second = 0, third = 0] = demo
    .tickets()
    .filter(({ id, status }) => id !== 272298 && status !== 'closed')
    .map(({ id }) => id)
  const accountId = async (): Promise<string> => (await invoke(inbox, 'app.state')).accounts[0]?.id ?? ''
  const set = async (id: number, change: object): Promise<void> => {
    const refs = [{ accountId: await accountId(), ticketId: id }]
    await invoke(inbox, 'tickets.setWork', { refs, change })
  }
  const workOf = async (id: number): Promise<unknown> =>
    (await invoke(inbox, 'tickets.rows', { from: 0, count: 1000 })).find((row) => row.id === id)?.work
  const titles = async (): Promise<readonly string[]> =>
    (await session.notifications()).map(({ summary }) => summary)
  const reply = async (id: number, text: string): Promise<void> => {
    demo.staffReply(id, 'Çiğdem Şahin', text)
    await checkNow(inbox)
  }

  await test.step('a muted ticket raises no notification and is not counted; others do', async () => {
    await set(first, { muted: true })
    await reply(first, 'Sessizde.')
    await expect.poll(async () => (await titles()).length + (await session.shownCount())).toBe(0)
    await reply(second, 'Bildirilir.')
    await expect.poll(titles).toEqual([expect.stringContaining('Çiğdem Şahin replied')])
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
  })

  await test.step('a done ticket is not counted and keeps its own title, also after a restart', async () => {
    await set(second, { done: true, title: 'Taşıma işi', note: 'Salı günü aranacak', addTags: ['Ada'] })
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
    await app.quit()
    app = await launch()
    inbox = await app.window(/Inbox/)
    await expect.poll(() => workOf(second)).toMatchObject({ done: true, title: 'Taşıma işi', tags: ['Ada'] })
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
  })

  await test.step('a new reply ends it, under its own title', async () => {
    await reply(second, 'Yenisi geldi.')
    await expect.poll(() => workOf(second)).toMatchObject({ done: false, title: 'Taşıma işi' })
    await expect.poll(async () => (await titles())[0]).toBe('Çiğdem Şahin replied — Taşıma işi')
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
  })

  await test.step('a snoozed ticket returns at its time and is notified once, also after a restart', async () => {
    await set(third, { snoozedUntil: Date.now() + 2000, title: 'Hatırlat' })
    await expect.poll(titles).toContain('Reminder — Hatırlat')
    await expect.poll(() => workOf(third)).toMatchObject({ snoozedUntil: null })
    const reminders = async (): Promise<number> =>
      (await titles()).filter((title) => title.startsWith('Reminder')).length
    expect(await reminders()).toBe(1)
    const until = Date.now() + 3000
    await set(third, { snoozedUntil: until })
    await app.quit()
    await expect.poll(() => Date.now(), 'it was closed at that time').toBeGreaterThan(until)
    app = await launch()
    inbox = await app.window(/Inbox/)
    await expect.poll(reminders, { timeout: 20_000 }).toBe(2)
    await checkNow(inbox)
    expect(await reminders()).toBe(2)
  })

  await test.step('an account that is removed and added again has its own data from the file', async () => {
    const path = join(session.home, 'own-data.json')
    await chooseFile(app.electron, path)
    expect(await invoke(inbox, 'data.export')).toBe(true)
    const text = readFileSync(path, 'utf8')
    expect(text).toContain('Salı günü aranacak')
    expect(text).not.toContain(demo.token)
    await invoke(inbox, 'accounts.remove', { accountId: await accountId() })
    const connected = await invoke(inbox, 'accounts.connect', {
      ...{ name: 'Yeniden', baseUrl: demo.origin, version: 'v1', thisRunOnly: false },
      auth: { kind: 'bearer', token: demo.token }
    })
    expect(await workOf(second)).toBeNull()
    expect(await invoke(inbox, 'data.import')).toMatchObject({ accounts: 1, waiting: [] })
    expect(await workOf(second)).toMatchObject({ title: 'Taşıma işi', tags: ['Ada'], hasNote: true })
    expect(await workOf(first)).toMatchObject({ muted: true })
    const ref = { accountId: connected.id, ticketId: second }
    expect((await invoke(inbox, 'tickets.thread', ref)).note).toBe('Salı günü aranacak')
  })

  await test.step('none of it was sent', () => {
    const sent = JSON.stringify(demo.requests)
    for (const secret of ['Taşıma', 'Ta%C5%9F', 'aranacak', 'Ada"', 'Hat%C4%B1rlat'])
      expect(sent).not.toContain(secret)
  })
})
