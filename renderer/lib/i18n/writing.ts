/** What is said about a text before it is sent; read only once there is something to say. */
import type { Locale } from '../../../electron/tickets/locale.ts'
import { numbers as n } from '../numbers.ts'

const tr = {
  changed: (count: number) => `Türkçe karakterler çevrilecek: ${n.tr(count)} harf`,
  preview: 'Önizle',
  hidePreview: 'Önizlemeyi kapat',
  previewOf: 'Gönderilecek metin',
  lost: (count: number, characters: string) => `${n.tr(count)} karakter gönderilemiyor: ${characters}`,
  lostHint: '(yerine ? yazılacak)',
  technical: 'Şifre, yol, adres ya da komut olabilir; değişerek gidecek:',
  becomes: (typed: string, sent: string) => `${typed} → ${sent}`,
  check: 'Göndermeden önce bakın; böyle gitmesi uygunsa yeniden gönderin.',
  unfilled: (names: string) =>
    `Doldurulmamış: ${names} · Doldurun ya da böyle gitmesi uygunsa yeniden gönderin.`,
  noFiles: 'API dosya göndermeyi desteklemiyor. Dosyayı panelden ekleyebilirsiniz.',
  openInPanel: 'Panelde aç',
  noPanel:
    'Panelin adresi bu hesapta kayıtlı değil; Ayarlar → Hesaplar’da hesabın kurallarından ekleyebilirsiniz.',
  notOpened: 'Panel açılamadı.',
  dismiss: 'Kapat',
  savedReplies: 'Hazır yanıtlar',
  suggestionCount: (count: number) => `${n.tr(count)} hazır yanıt; ok tuşlarıyla seçin, Enter ile ekleyin`
}

const en: typeof tr = {
  changed: (count) =>
    `Turkish letters will be replaced: ${n.en(count)} ${count === 1 ? 'letter' : 'letters'}`,
  preview: 'Preview',
  hidePreview: 'Close preview',
  previewOf: 'Text as it will be sent',
  lost: (count, characters) =>
    `${n.en(count)} ${count === 1 ? 'character' : 'characters'} cannot be sent: ${characters}`,
  lostHint: '(a ? is sent instead)',
  technical: 'May be a password, path, address or command, and will be sent changed:',
  becomes: (typed, sent) => `${typed} → ${sent}`,
  check: 'Check before sending; if it is fine like this, send again.',
  unfilled: (names) => `Not filled in: ${names} · Fill it in, or send again if it is fine like this.`,
  noFiles: 'The API does not accept files. You can add the file in the panel.',
  openInPanel: 'Open in panel',
  noPanel:
    'The panel’s address is not set for this account; add it under Settings → Accounts, in the account’s rules.',
  notOpened: 'The panel could not be opened.',
  dismiss: 'Close',
  savedReplies: 'Saved replies',
  suggestionCount: (count) =>
    `${n.en(count)} saved ${count === 1 ? 'reply' : 'replies'}; choose with the arrow keys, insert with Enter`
}

export const writing: Readonly<Record<Locale, typeof tr>> = { tr, en }
