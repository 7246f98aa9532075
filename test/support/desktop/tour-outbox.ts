/** Part of the tour: outbox entries in all states, on the outbox screen and in the list. */
import type { ElectronApplication, Page } from '@playwright/test'
import type { DemoServer } from '../demo/api.ts'
import type { OutboxAction, OutboxItem } from '../../../electron/tickets/views.ts'
import type { RunningApp } from './app.ts'
import { invoke } from './steps.ts'
import { resize, broadcast } from './tour-steps.ts'
import { candidateOf, minute, newTicketOf, outboxOf } from '../builders.ts'

interface Scene {
  readonly app: RunningApp
  readonly demo: DemoServer
  readonly see: (name: string) => Promise<void>
}

const typedText =
  'Merhaba, sunucuya yeniden bağlandım ve yedeği elle başlattım. Saat 14.20 gibi “disk dolu” hatası yine geldi; günlükleri ekliyorum, bakabilir misiniz?'
const storedText = [
  'Merhaba, sunucuya yeniden baglandim ve yedegi elle baslattim. Saat 14.20 gibi disk dolu hatasi yine geldi (icerik filtrelendi), bakabilir misiniz?',
  'Merhaba, saat 14.20 gibi hata yine geldi.'
]

function itemsOf(
  accountId: string
): (id: string, action: OutboxAction, change: Partial<OutboxItem>) => OutboxItem {
  const now = Date.now()
  return (id, action, change) =>
    outboxOf({ id, accountId, action, queuedAt: now - 20 * minute, attempts: 1, ...change })
}

const replyTo = (ticketId: number, text: string): OutboxAction => ({ kind: 'reply', ticketId, text })
const close = (ticketId: number): OutboxAction => ({ kind: 'close', ticketId })
const create = (title: string, message: string): OutboxAction => ({
  kind: 'create',
  hasPassword: false,
  draft: newTicketOf({ title, departmentId: 19, service: '952157', message })
})

/** One outbox entry for each state and question. */
function entriesOfEveryKind(accountId: string): readonly OutboxItem[] {
  const item = itemsOf(accountId)
  const sentAt = Date.now() - 18 * minute
  const candidates = storedText.map((text, i) => candidateOf({ key: `reply ${i}`, text, sentAt }))
  return [
    item('tour-similar', replyTo(272298, typedText), {
      state: 'undecided',
      problem: { kind: 'timeout' },
      question: { kind: 'similar', candidates }
    }),
    item('tour-similar-ticket', create('Yedekleme görevi başarısız', typedText), {
      state: 'undecided',
      attempts: 2,
      question: {
        kind: 'similar',
        candidates: [
          candidateOf({ key: '272305', ticketId: 272305, text: storedText[0] ?? '', sentAt: null })
        ]
      }
    }),
    item('tour-not-shown', replyTo(272291, 'Teşekkürler, şimdi çalışıyor.'), {
      state: 'undecided',
      acknowledgedAt: sentAt,
      question: { kind: 'not-shown' }
    }),
    item('tour-cannot-tell', close(272274), {
      state: 'undecided',
      attempts: 3,
      question: { kind: 'cannot-tell' }
    }),
    item('tour-blocked', replyTo(272251, 'cat ../../etc/passwd çıktısı aşağıda.'), {
      state: 'refused',
      problem: { kind: 'blocked' }
    }),
    item('tour-refused', create('Ek disk alanı', 'Olur'), {
      state: 'refused',
      problem: { kind: 'refused', serverMessage: 'Mesaj en az 10 karakter olmalıdır.' }
    }),
    item('tour-other-customer', replyTo(272240, 'Bu yanıt önceki müşteri için yazılmıştı.'), {
      state: 'refused',
      problem: { kind: 'other-customer' }
    }),
    item('tour-queued', replyTo(272240, 'Ekran görüntüsünü panelden ekledim.'), {
      problem: { kind: 'unreachable' },
      nextAttemptAt: Date.now() + 4 * minute
    }),
    item('tour-uncertain', close(272240), { state: 'uncertain', problem: { kind: 'timeout' } }),
    item('tour-sent', replyTo(272274, 'Elinize sağlık.'), { state: 'sent', acknowledgedAt: sentAt })
  ]
}

/** Finished entries: arrived, arrived at the second attempt, discarded. */
async function makeHistory(inbox: Page, demo: DemoServer): Promise<void> {
  const accountId = (await invoke(inbox, 'app.state')).accounts[0]?.id ?? ''
  const waiting = async (state: OutboxItem['state'] | null): Promise<void> => {
    for (;;) {
      const { outbox } = await invoke(inbox, 'app.state')
      if (state === null ? outbox.length === 0 : outbox.some((item) => item.state === state)) return
      await inbox.waitForTimeout(100)
    }
  }
  await invoke(inbox, 'tickets.reply', { ref: { accountId, ticketId: 272274 }, text: typedText })
  await waiting(null)
  demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 422 }, times: 1 })
  const { id } = await invoke(inbox, 'tickets.reply', { ref: { accountId, ticketId: 272274 }, text: 'Olur' })
  await waiting('refused')
  await invoke(inbox, 'outbox.decide', { id, decision: 'discard', candidateKey: null })
  await waiting(null)
}

async function closingMany(electron: ElectronApplication, inbox: Page, see: Scene['see']): Promise<void> {
  const accountId = (await invoke(inbox, 'app.state')).accounts[0]?.id ?? ''
  const item = itemsOf(accountId)
  const many = Array.from({ length: 300 }, (_, i) =>
    item(`tour-close-${i}`, close(100_000 + i), { batch: 'tour', attempts: 0 })
  )
  await broadcast(electron, 'outbox', { changed: many, removed: [] })
  await broadcast(electron, 'outbox', { changed: [], removed: many.slice(0, 112).map(({ id }) => id) })
  await inbox.getByRole('progressbar', { name: 'Kapat' }).waitFor()
  await see('closing-many')
  await broadcast(electron, 'outbox', { changed: [], removed: many.slice(112).map(({ id }) => id) })
}

export async function outboxTour({ app, demo, see }: Scene): Promise<void> {
  const { electron } = app
  const inbox = await app.window(/Gelen kutusu/)
  await makeHistory(inbox, demo)
  const accountId = (await invoke(inbox, 'app.state')).accounts[0]?.id ?? ''
  const items = entriesOfEveryKind(accountId)
  const row = inbox.getByRole('option').filter({ hasText: '272298' })

  await broadcast(electron, 'outbox', { changed: items, removed: [] })
  await row.click()
  const asked = inbox.getByRole('heading', { name: 'Yanıtınız bu mu?' })
  await asked.waitFor()
  await asked.scrollIntoViewIfNeeded()
  await see('question')
  await resize(app, 'Gelen kutusu', 560, 420)
  await inbox.waitForFunction(() => innerWidth < 600)
  await asked.scrollIntoViewIfNeeded()
  await see('question-small')
  await resize(app, 'Gelen kutusu', 980, 660)
  await inbox.waitForFunction(() => innerWidth > 900)

  await broadcast(electron, 'navigate', { to: 'outbox' })
  await inbox.getByRole('heading', { name: 'Giden kutusu', level: 1 }).waitFor()
  const history = inbox.getByRole('region', { name: 'Geçmiş' })
  await history.getByRole('listitem').nth(2).waitFor()
  await see('outbox-screen')
  await inbox.getByRole('button', { name: 'Hepsini iptal et' }).click()
  await inbox.getByRole('dialog').waitFor()
  await see('outbox-cancel')
  await inbox.keyboard.press('Escape')
  await history.getByRole('listitem').last().scrollIntoViewIfNeeded()
  await see('outbox-history')
  await resize(app, 'Gelen kutusu', 560, 420)
  await inbox.waitForFunction(() => innerWidth < 600)
  await see('outbox-small')
  await resize(app, 'Gelen kutusu', 980, 660)
  await inbox.waitForFunction(() => innerWidth > 900)
  await broadcast(electron, 'outbox', { changed: [], removed: items.map(({ id }) => id) })
  await inbox.getByText('Giden kutusu boş').waitFor()
  await see('outbox-empty')
  await inbox.keyboard.press('Escape')
  await row.waitFor()
  await closingMany(electron, inbox, see)
}
