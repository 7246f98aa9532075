/**
 * Every screen of the app, one after the other in one run, in Turkish. Pictures and the checks for access are
 * made from the same tour, so that what is checked is what is shown.
 */
import type { Page } from '@playwright/test'
import type { DemoServer } from '../../../electron/demo/api.ts'
import type { Bridge } from '../../../electron/ipc/contract.ts'
import type { RunningApp } from './app.ts'
import { wear } from './looks.ts'

export interface Tour {
  readonly app: RunningApp
  readonly demo: DemoServer
  /** May dress the page as it likes; it is undressed again afterwards. */
  readonly visit: (page: Page, name: string) => Promise<void>
}

const reply =
  'Merhaba,\r\n\r\nGüvenlik duvarındaki kuralı düzelttik, 198.51.100.7 adresinden bağlanabiliyor olmalısınız. Ayrıntı: https://wiki.example.com/ssh\r\n\r\n______\r\n\r\nNetinternet - Teknik Birim'

export async function tour({ app, demo, visit }: Tour): Promise<void> {
  const inbox = await app.window(/Gelen kutusu/)
  const see = async (page: Page, name: string): Promise<void> => {
    // Nothing is under the mouse.
    await page.mouse.move(0, 0)
    await visit(page, name)
    await wear(page, { theme: 'light', language: 'tr' })
  }
  const button = (name: string): ReturnType<Page['getByRole']> =>
    inbox.getByRole('button', { name, exact: true })
  const row = (id: number): ReturnType<Page['getByRole']> =>
    inbox.getByRole('option').filter({ hasText: String(id) })
  const resize = (width: number, height: number): Promise<void> =>
    app.electron.evaluate(
      ({ BrowserWindow }, size) => {
        for (const window of BrowserWindow.getAllWindows())
          if (window.getTitle() === 'Gelen kutusu') window.setSize(size.width, size.height)
      },
      { width, height }
    )

  await wear(inbox, { theme: 'light', language: 'tr' })
  await inbox.getByLabel('API anahtarı').waitFor()
  await see(inbox, 'onboarding')
  await inbox.getByText('Gelişmiş', { exact: true }).click()
  await inbox.getByLabel('API adresi').fill(demo.origin)
  await inbox.getByLabel('API anahtarı').fill('a-wrong-token')
  await button('Bağlan').click()
  await inbox.getByRole('alert').waitFor()
  await see(inbox, 'onboarding-refused')

  demo.misbehave({ on: 'list', how: { kind: 'empty-list' }, times: Infinity })
  await inbox.getByLabel('API anahtarı').fill(demo.token)
  await button('Bağlan').click()
  await inbox.getByText('Henüz bilet yok').waitFor()
  await see(inbox, 'inbox-empty')
  demo.behave()
  await button('Şimdi denetle').click()
  await row(272298).waitFor()
  await see(inbox, 'inbox-list')

  demo.staffReply(272298, 'Ayşe Öztürk', reply)
  demo.staffReply(272251, 'İrem Aksoy', 'Transfer kodunuz kayıtlı e-posta adresinize gönderildi.')
  await button('Şimdi denetle').click()
  await row(272298).filter({ hasText: 'Güvenlik duvarındaki' }).waitFor()
  await row(272298).click()
  await inbox.getByRole('article').last().waitFor()
  await inbox
    .getByRole('textbox', { name: 'Mesaj' })
    .fill('Teşekkürler, şu an bağlanabiliyorum — iyi çalışmalar.')
  await see(inbox, 'inbox')

  await button('Bileti kapat').click()
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'close')
  await inbox.getByRole('dialog').getByRole('button', { name: 'Vazgeç' }).click()

  await inbox.keyboard.press('Control+k')
  await inbox.getByRole('dialog').getByRole('combobox').fill('s')
  await see(inbox, 'palette')
  await inbox.keyboard.press('Escape')
  await row(272298).click()
  await inbox.getByRole('listbox', { name: 'Biletler' }).focus()
  await inbox.keyboard.press('?')
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'shortcuts')
  await inbox.keyboard.press('Escape')

  await inbox.keyboard.press('x')
  await inbox.keyboard.press('Shift+ArrowDown')
  await see(inbox, 'selection')
  await inbox.keyboard.press('Escape')

  const search = inbox.getByRole('searchbox', { name: 'Ara' })
  await search.fill('sikayet')
  await inbox.locator('mark').first().waitFor()
  await see(inbox, 'search')
  await search.fill('zzzz is:neolursa')
  await inbox.getByText('için sonuç yok').waitFor()
  await see(inbox, 'search-nothing')
  await search.fill('')
  await row(272298).waitFor()

  await resize(560, 420)
  await inbox.waitForFunction(() => innerWidth < 600)
  await see(inbox, 'inbox-small')
  if (await button('Listeye dön').isVisible()) await button('Listeye dön').click()
  await row(272298).waitFor()
  await see(inbox, 'list-small')
  await resize(980, 660)
  await inbox.waitForFunction(() => innerWidth > 900)

  await inbox.evaluate(() =>
    (window as unknown as { bilet: Bridge }).bilet.invoke('window.open', { window: 'compose' })
  )
  const compose = await app.window(/Yeni bilet/)
  await compose.getByLabel('Başlık').fill('Yedekleme görevi başarısız')
  await compose.getByLabel('Hizmet').fill('952157')
  await compose
    .getByLabel('Mesaj', { exact: true })
    .fill('Gece yedeği “disk dolu” hatasıyla bitti; günlüğü inceleyebilir misiniz?')
  await see(compose, 'new-ticket')
  await compose.getByLabel('Hizmet').fill('95x')
  await compose.getByText('Sunucu erişimi').click()
  await compose.getByLabel('Sunucu IP').fill('1.2.3')
  await compose.getByRole('button', { name: 'Gönder' }).click()
  await compose.getByRole('alert').first().waitFor()
  await see(compose, 'new-ticket-errors')
  await compose.keyboard.press('Escape')

  await settingsTour(inbox, see)
  await button('Gelen kutusuna dön').click()

  demo.misbehave({ on: 'any', how: { kind: 'html' }, times: Infinity })
  await button('Şimdi denetle').click()
  await inbox.getByRole('status').filter({ hasText: 'web sayfası' }).waitFor()
  await row(272298).click()
  await inbox.getByRole('textbox', { name: 'Mesaj' }).press('Control+Enter')
  await inbox.getByText('Gönderilmeyi bekliyor').first().waitFor()
  await see(inbox, 'trouble')
  demo.behave()
  demo.requireToken('another-token')
  await button('Şimdi denetle').click()
  await inbox.getByRole('status').filter({ hasText: 'kabul etmedi' }).waitFor()
  await see(inbox, 'signed-out')
}

async function settingsTour(inbox: Page, see: (page: Page, name: string) => Promise<void>): Promise<void> {
  const button = (name: string): ReturnType<Page['getByRole']> =>
    inbox.getByRole('button', { name, exact: true })
  await button('Ayarlar').click()
  await see(inbox, 'settings-accounts')
  await button('Ad ve renk').click()
  await see(inbox, 'settings-account-name')
  await inbox.keyboard.press('Escape')
  await button('Kaldır').first().click()
  await inbox.getByRole('dialog').waitFor()
  await see(inbox, 'settings-account-remove')
  await inbox.keyboard.press('Escape')

  const sections = {
    notifications: 'Bildirimler',
    general: 'Genel',
    snippets: 'Hazır yanıtlar',
    statistics: 'İstatistik',
    privacy: 'Gizlilik ve veriler',
    diagnostics: 'Tanılama',
    about: 'Hakkında'
  }
  for (const [id, name] of Object.entries(sections)) {
    await inbox.getByRole('navigation').getByRole('button', { name }).click()
    if (id === 'snippets') {
      await button('Hazır yanıt ekle').click()
      await inbox.getByLabel('Ad', { exact: true }).fill('Teşekkür')
      await inbox.getByLabel('Metin').fill('Merhaba {name},\n\n{ticket} için teşekkürler.')
      await button('Ekle').click()
      await inbox.getByText('Teşekkür', { exact: true }).waitFor()
    }
    if (id === 'about') await inbox.getByText('Açık kaynak lisansları').click()
    await see(inbox, `settings-${id}`)
  }
}
