/** `npm run screenshots`: pictures of every screen of the real app, light and dark, Turkish and English. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { buildApp } from '../../build/build.ts'
import type { Bridge, SettingsPatch } from '../../electron/ipc/contract.ts'
import { startDemoServer } from '../../electron/demo/server.ts'
import { launchApp } from '../support/desktop/app.ts'
import { ensurePackages, prepareStage } from '../support/desktop/machine.ts'
import { DesktopSession } from '../support/desktop/session.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = process.argv[2] ?? join(root, 'docs', 'screenshots')
mkdirSync(folder, { recursive: true })

const change = (page: Page, patch: SettingsPatch): Promise<void> =>
  page.evaluate(async (wanted) => {
    await (window as unknown as { bilet: Bridge }).bilet.invoke('settings.change', wanted)
  }, patch)

ensurePackages()
await buildApp()
const stage = await prepareStage(root)
const session = await DesktopSession.open(stage)
const demo = await startDemoServer({ token: 'a-token-for-pictures' })
const app = await launchApp({ stage, session, lang: 'tr', args: [] })
const inbox = await app.window(/Gelen kutusu/)

const looks = [
  { theme: 'light', language: 'tr' },
  { theme: 'dark', language: 'tr' },
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'en' }
] as const

/** The same screen in all four looks. */
async function picture(page: Page, name: string): Promise<void> {
  for (const { theme, language } of looks) {
    await change(page, { theme, language })
    await page.waitForFunction(
      ([wanted, lang]) =>
        document.documentElement.dataset.theme === wanted && document.documentElement.lang === lang,
      [theme, language] as const
    )
    await page.screenshot({ path: join(folder, `${name}-${theme}-${language}.png`) })
  }
  await change(page, { theme: 'light', language: 'tr' })
  await page.waitForFunction(
    () => document.documentElement.lang === 'tr' && document.documentElement.dataset.theme === 'light'
  )
}

await picture(inbox, 'onboarding')
await inbox.getByText('Gelişmiş').click()
await inbox.getByLabel('API adresi').fill(demo.origin)
await inbox.getByLabel('API anahtarı').fill('a-wrong-token')
await inbox.getByRole('button', { name: 'Bağlan' }).click()
await inbox.getByRole('alert').waitFor()
await picture(inbox, 'onboarding-refused')
await inbox.getByLabel('API anahtarı').fill(demo.token)
await inbox.getByRole('button', { name: 'Bağlan' }).click()
await inbox.getByRole('option').first().waitFor()
await picture(inbox, 'inbox-list')

demo.staffReply(
  272298,
  'Ayşe Öztürk',
  'Merhaba,\r\n\r\nGüvenlik duvarındaki kuralı düzelttik, 198.51.100.7 adresinden bağlanabiliyor olmalısınız. Ayrıntı: https://wiki.example.com/ssh\r\n\r\n______\r\n\r\nNetinternet - Teknik Birim'
)
demo.staffReply(272251, 'İrem Aksoy', 'Transfer kodunuz kayıtlı e-posta adresinize gönderildi.')
await inbox.getByRole('button', { name: 'Şimdi denetle' }).click()
await inbox.getByText('okunmamış yanıt').first().waitFor({ state: 'attached' })
await inbox.getByRole('option').filter({ hasText: '272298' }).click()
await inbox.getByRole('article').last().waitFor()
await inbox
  .getByLabel('Mesaj', { exact: true })
  .last()
  .fill('Teşekkürler, şu an bağlanabiliyorum — iyi çalışmalar.')
await picture(inbox, 'inbox')
await inbox.getByLabel('Ara', { exact: true }).fill('sikayet')
await inbox.locator('mark').first().waitFor()
await picture(inbox, 'search')
await inbox.getByLabel('Ara', { exact: true }).fill('')

await inbox.evaluate(() => window.resizeTo(560, 420))
await inbox.waitForTimeout(300)
await picture(inbox, 'inbox-small')
await inbox.evaluate(() => window.resizeTo(980, 660))

await inbox.evaluate(() =>
  (window as unknown as { bilet: Bridge }).bilet.invoke('window.open', { window: 'compose' })
)
const compose = await app.window(/Yeni bilet/)
await compose.getByLabel('Başlık').fill('Yedekleme görevi başarısız')
await compose.getByLabel('Hizmet').fill('95x')
await compose
  .getByLabel('Mesaj', { exact: true })
  .fill('Gece yedeği “disk dolu” hatasıyla bitti; günlüğü inceleyebilir misiniz?')
await compose.getByText('Sunucu erişimi').click()
await picture(compose, 'new-ticket')

await inbox.bringToFront()
await inbox.getByRole('button', { name: 'Ayarlar' }).click()
await picture(inbox, 'settings')
await inbox.locator('#statistics').scrollIntoViewIfNeeded()
await picture(inbox, 'statistics')
await inbox.getByRole('button', { name: 'Gelen kutusuna dön' }).click()
demo.misbehave({ how: { kind: 'html' }, times: Infinity })
await inbox.getByRole('button', { name: 'Şimdi denetle' }).click()
await inbox.getByRole('status').filter({ hasText: 'web sayfası' }).waitFor()
await picture(inbox, 'trouble')

await app.quit()
await demo.close()
await session.close()
console.log(`Pictures are in ${folder}`)
