/** Long names, large text and low windows: what is read stays readable. */
import type { Page } from '@playwright/test'
import { startDemoServer } from '../support/demo/server.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { applyLook } from '../support/desktop/looks.ts'
import { dismissDialog, invoke } from '../support/desktop/steps.ts'

const longName = 'Ajans Beta – Müşteri Hizmetleri ve Sunucu Yönetimi Çok Uzun Ad'

async function connectTwo(inbox: Page, origins: readonly { origin: string; token: string }[]): Promise<void> {
  for (const [i, { origin, token }] of origins.entries())
    await invoke(inbox, 'accounts.connect', {
      ...{ name: i === 0 ? 'Kısa' : longName, baseUrl: origin, version: 'v2', thisRunOnly: false },
      auth: { kind: 'bearer', token }
    })
}

test('a long account name takes no room from the subject, and low windows show tickets in large text', async ({
  launch,
  demo
}) => {
  const beta = await startDemoServer({ token: 'tok-beta-51' })
  const app = await launch({ lang: 'tr' })
  const inbox = await app.window(/Gelen kutusu/)
  await connectTwo(inbox, [demo, beta])
  const rows = inbox.getByRole('option').filter({ hasText: '#272240' })
  await expect(rows).toHaveCount(2)

  await test.step('the subjects of both accounts’ rows are equally wide', async () => {
    await inbox.setViewportSize({ width: 980, height: 660 })
    const widthIn = async (account: string): Promise<number> =>
      (await rows.filter({ hasText: account }).locator('.subject').boundingBox())?.width ?? 0
    const short = await widthIn('Kısa')
    expect(short).toBeGreaterThan(100)
    expect(Math.abs((await widthIn(longName)) - short)).toBeLessThan(2)
  })

  await test.step('what can be undone does not lie over the reply that is being written', async () => {
    const list = inbox.getByRole('listbox', { name: 'Biletler' })
    for (const key of ['Home', 'Enter']) await list.press(key)
    const reply = inbox.getByLabel('Mesaj')
    await expect(reply).toBeVisible()
    await inbox.keyboard.press('d')
    const undo = await inbox.getByRole('button', { name: 'Geri al' }).boundingBox()
    expect((undo?.x ?? 0) + (undo?.width ?? Infinity)).toBeLessThan((await reply.boundingBox())?.x ?? 0)
    await inbox.keyboard.press('z')
    await inbox.keyboard.press('Escape')
    await expect(reply).toHaveCount(0)
  })

  await test.step('twice as large text in the smallest window leaves room for rows', async () => {
    await inbox.setViewportSize({ width: 560, height: 420 })
    await applyLook(inbox, { theme: 'light', language: 'tr', textSize: 'double' })
    const list = inbox.getByRole('listbox', { name: 'Biletler' })
    const row = (await inbox.getByRole('option').first().boundingBox())?.height ?? 0
    expect(row).toBeGreaterThan(0)
    expect((await list.boundingBox())?.height ?? 0).toBeGreaterThan(2 * row)
    await list.focus()
    await inbox.keyboard.press('End')
    await expect(inbox.getByRole('option').last()).toBeInViewport()
    const hidden = await inbox.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)
    expect(hidden).toBe(0)
  })

  await test.step('there, no dialog about a ticket scrolls sideways', async () => {
    for (const key of ['h', 'f', 't', 'F2', 'Shift+N']) {
      await inbox.getByRole('listbox', { name: 'Biletler' }).press(key)
      const dialog = inbox.getByRole('dialog')
      await expect(dialog).toContainText(/#\d+ .* · (?:Kısa|Ajans)/)
      const hidden = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
      expect([key, hidden]).toEqual([key, 0])
      await dismissDialog(inbox)
    }
  })
  await beta.close()
})

test('“as written” is chosen in the settings of an account, and v1 then gets what was typed', async ({
  launch,
  demo
}) => {
  const app = await launch({ lang: 'tr' })
  const inbox = await app.window(/Gelen kutusu/)
  await invoke(inbox, 'accounts.connect', {
    ...{ name: 'Bir', baseUrl: demo.origin, version: 'v1', thisRunOnly: false },
    auth: { kind: 'bearer', token: demo.token }
  })
  const typed = 'Işık şöyle yandı, çözüm öğleden sonra.'
  const sentReplies = (): readonly (string | undefined)[] =>
    demo.requests.filter(({ path }) => path.endsWith('/reply')).map(({ parameters }) => parameters.reply)
  const reply = async (): Promise<void> => {
    await inbox.getByLabel('Mesaj').fill(typed)
    await inbox.getByRole('button', { name: 'Yanıtla', exact: true }).click()
    await expect(inbox.getByLabel('Mesaj')).toHaveValue('')
  }
  const choose = async (form: string, rule: 'ascii' | 'as-written'): Promise<void> => {
    await inbox.getByRole('button', { name: 'Ayarlar' }).click()
    await inbox.getByRole('button', { name: 'Hesap kuralları' }).click()
    await inbox.getByLabel('Türkçe karakterler').selectOption({ label: form })
    await expect.poll(async () => (await invoke(inbox, 'app.state')).accounts[0]?.rules.textForm).toBe(rule)
    await inbox.getByRole('button', { name: 'Gelen kutusuna dön' }).click()
  }
  await inbox.getByRole('option').filter({ hasText: '#272298' }).click()
  await reply()
  await expect.poll(sentReplies).toEqual(['Isik soyle yandi, cozum ogleden sonra.'])

  await choose('Her zaman olduğu gibi gönder', 'as-written')
  await inbox.getByLabel('Mesaj').fill(typed)
  await expect(inbox.getByText(/Türkçe karakterler çevrilecek/)).toHaveCount(0)
  await reply()
  await expect.poll(() => sentReplies().at(-1)).toBe(typed)

  await choose('Her zaman çevir (ş → s)', 'ascii')
  await inbox.getByLabel('Mesaj').fill(typed)
  await expect(inbox.getByText(/Türkçe karakterler çevrilecek: \d+ harf/)).toBeVisible()
  await reply()
  await expect.poll(() => sentReplies().at(-1)).toBe('Isik soyle yandi, cozum ogleden sonra.')
  // The person reads the own messages as they were typed, whatever went.
  await expect(inbox.getByRole('article').filter({ hasText: typed })).toHaveCount(3)
})
