/** What is said about how an account's texts go; read only in the settings. */
import type { TextForm } from '../../../electron/tickets/account-rules.ts'
import type { Locale } from '../../../electron/tickets/locale.ts'

interface Words {
  readonly label: string
  /** The form that `auto` currently means. */
  readonly autoAsked: string
  readonly autoAsWritten: string
  readonly autoDamaged: string
  readonly ascii: string
  readonly 'as-written': string
  readonly hint: Readonly<Record<TextForm, string>>
}

const tr: Words = {
  label: 'Türkçe karakterler',
  autoAsked: 'Otomatik (API v1: çevriliyor)',
  autoAsWritten: 'Otomatik (olduğu gibi)',
  autoDamaged: 'Otomatik (harfler bozuldu)',
  ascii: 'Her zaman çevir (ş → s)',
  'as-written': 'Her zaman olduğu gibi gönder',
  hint: {
    auto: 'Sunucu bir iletinizdeki harfleri bozarsa çevirmeye otomatik olarak geçilir.',
    ascii: 'İletileriniz burada yine yazdığınız gibi görünür.',
    'as-written': 'Sunucu harfleri bozarsa destek ekibi bozuk metni görür.'
  }
}

const en: Words = {
  label: 'Turkish letters',
  autoAsked: 'Automatic (API v1: replaced)',
  autoAsWritten: 'Automatic (as written)',
  autoDamaged: 'Automatic (letters damaged)',
  ascii: 'Always replace (ş → s)',
  'as-written': 'Always send as written',
  hint: {
    auto: 'If the server damages the letters of a message, they are replaced from then on.',
    ascii: 'Here you still see your messages as you typed them.',
    'as-written': 'If the server damages letters, the support staff see the damaged text.'
  }
}

export const textForm: Readonly<Record<Locale, Words>> = { tr, en }
