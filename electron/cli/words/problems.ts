/** What an error of the command line says: what happened, and what to do. */
import { problemsOn } from '../../../renderer/lib/i18n/problems.ts'
import type { Locale } from '../../tickets/locale.ts'
import { problemKinds, type ProblemKind } from '../../tickets/problem.ts'
import { commandNames } from '../arguments/options.ts'
import type { UsageError } from '../arguments/tokens.ts'
import type { CommandProblem, CommandProblemKind } from '../protocol/command-problem.ts'

/** Kinds whose words for windows tell of a screen. */
type OwnWords = Readonly<Record<CommandProblemKind | WindowKind, (detail: string) => string>>
const windowKinds = [
  'unknown-account',
  'unknown-ticket',
  'storage-full',
  'storage-read-only',
  'storage-failed',
  'folder-in-use',
  'text-too-long',
  'invalid-arguments'
] as const satisfies readonly ProblemKind[]
type WindowKind = (typeof windowKinds)[number]

/** Options that the account's settings may name instead. */
const defaultable = new Set(['department', 'service'])
const hasDefault: Readonly<Record<Locale, string>> = {
  tr: ' Seçenekle verin ya da hesap kurallarında varsayılanını seçin.',
  en: ' Give the option, or choose a default in the account’s rules.'
}

const tr: OwnWords = {
  closing: () => 'Uygulama şu anda kapanıyor. Birkaç saniye sonra yeniden deneyin.',
  'no-account': () => 'Bağlı hesap yok. Uygulamayı açıp bir hesap bağlayın, sonra yeniden deneyin.',
  'ambiguous-account': (names) => `Birden çok hesap var: ${names}. Birini --account ile seçin.`,
  'ambiguous-ticket': (names) =>
    `Bu numarayla birden çok hesapta bilet var: ${names}. Birini --account ile seçin.`,
  'unknown-department': (known) =>
    `Böyle bir departman yok ya da birden çoğuna uyuyor. Departmanlar: ${known}.`,
  'unknown-filter': (part) =>
    `Aramada anlaşılmayan bir filtre var: ${part}. Filtreler kılavuzun “Arama” bölümündedir.`,
  'unknown-entry': (id) =>
    `Giden kutusunda böyle bir ileti yok: ${id}. “bilet status” bekleyenleri listeler.`,
  'changed-text': (changes) =>
    `Sunucu Türkçe karakterleri kabul etmiyor; şunlar kaybolur ya da değişir: ${changes}. Metni düzeltin ya da --allow-changes ile gönderin.`,
  'not-running': () => 'Uygulama çalışmıyor. Açın ya da --no-start olmadan yeniden deneyin.',
  'cannot-start': (code) =>
    `Uygulama başlatılamadı (çıkış kodu ${code}). Komutsuz “bilet” yazarak elle başlatın; nedeni orada yazar.`,
  'no-display': () =>
    'Uygulama çalışmıyor ve burada başlatılamaz: grafik oturumu yok. Masaüstünde oturum açıp uygulamayı başlatın, sonra yeniden deneyin.',
  'no-answer': () =>
    'Uygulama zamanında yanıt vermedi. Yeniden deneyin ya da --timeout ile daha uzun bekleyin; sorun devam ederse uygulamayı yeniden başlatın.',
  'not-permitted': (folder) =>
    `Bu profil başka bir kullanıcının ya da başkalarına açık: ${folder}. Komutu o kullanıcı olarak çalıştırın: sudo -H -u KULLANICI bilet …`,
  'untrusted-app': () =>
    'Yanıt veren program sizin uygulamanız değil; hiçbir şey gönderilmedi. Uygulamadan çıkıp yeniden açın.',
  'other-version': (version) =>
    `Çalışan uygulama başka bir sürüm (${version}) ve bu komutu anlamıyor. Uygulamadan çıkıp yeniden açın.`,
  'not-utf8': () => 'Metin UTF-8 değil. Dönüştürün, örneğin: iconv -f iso-8859-9 -t utf-8',
  'binary-text': () => 'Metinde NUL karakteri var; metin dosyası olmayabilir. Ayıklamak için: tr -d "\\000"',
  'field-required': (option) => `--${option} boş olamaz.${defaultable.has(option) ? hasDefault.tr : ''}`,
  'field-invalid': (option) => `--${option} için yazılan geçerli değil.`,
  'field-too-long': (option) => `--${option} için yazılan çok uzun.`,
  'no-text': () =>
    'Metin boş. Komutun sonuna yazın ya da standart girdiden verin: echo "…" | bilet reply 272298',
  'file-failed': (file) => `Dosya okunamadı ya da yazılamadı: ${file}. Yolunu ve izinlerini kontrol edin.`,
  'unknown-account': (names) => `Böyle bir hesap yok. Hesaplar: ${names}.`,
  'unknown-ticket': (number) =>
    `${number} numaralı bilet hiçbir hesabın listesinde yok. Numarayı ve --account seçeneğini kontrol edin.`,
  'storage-full': () =>
    'Disk dolu; ileti giden kutusuna yazılamadı ve gönderilmeyecek. Yer açıp yeniden deneyin.',
  'storage-read-only': () =>
    'Profil klasörüne yazılamıyor; ileti gönderilmeyecek. Klasörün izinlerini kontrol edip yeniden deneyin.',
  'storage-failed': () => 'Diske yazılamadı; ileti gönderilmeyecek. Yeniden deneyin.',
  'folder-in-use': () =>
    'Profil başka bir bilgisayarda açık; ileti gönderilmeyecek. Oradaki uygulamayı kapatıp yeniden deneyin.',
  'text-too-long': () => 'Metin çok uzun. En çok 100.000 karakter gönderilebilir.',
  'invalid-arguments': (field) => `Bir değer geçersiz: ${field}. “bilet --help” seçenekleri anlatır.`
}

const en: OwnWords = {
  closing: () => 'Bilet is quitting at the moment. Try again in a few seconds.',
  'no-account': () => 'No account is connected. Open the app, connect one, then try again.',
  'ambiguous-account': (names) => `There are several accounts: ${names}. Choose one with --account.`,
  'ambiguous-ticket': (names) =>
    `Several accounts have a ticket of this number: ${names}. Choose one with --account.`,
  'unknown-department': (known) => `No department, or more than one, has this name. Departments: ${known}.`,
  'unknown-filter': (part) =>
    `The search contains an unknown filter: ${part}. The guide lists the filters under “Search”.`,
  'unknown-entry': (id) => `The outbox has no message ${id}. “bilet status” lists what is waiting.`,
  'changed-text': (changes) =>
    `The server does not accept Turkish letters; this would be lost or changed: ${changes}. Change the text, or send it with --allow-changes.`,
  'not-running': () => 'Bilet is not running. Start it, or try again without --no-start.',
  'cannot-start': (code) =>
    `Bilet could not be started (exit code ${code}). Start it by hand with “bilet”, which shows the reason.`,
  'no-display': () =>
    'Bilet is not running and cannot be started here: there is no graphical session. Sign in to the desktop, start Bilet there, then try again.',
  'no-answer': () =>
    'Bilet did not answer in time. Try again, or wait longer with --timeout; if this keeps happening, restart Bilet.',
  'not-permitted': (folder) =>
    `This profile belongs to another user, or is open to others: ${folder}. Run the command as that user: sudo -H -u USER bilet …`,
  'untrusted-app': () =>
    'The program that answered is not your Bilet; nothing was sent. Quit Bilet and open it again.',
  'other-version': (version) =>
    `The running Bilet is of another version (${version}) and does not understand this command. Quit Bilet and open it again.`,
  'not-utf8': () => 'The text is not UTF-8. Convert it, for example: iconv -f iso-8859-9 -t utf-8',
  'binary-text': () => 'The text contains NUL; it may not be a text file. To remove it: tr -d "\\000"',
  'field-required': (option) =>
    `--${option} must not be empty.${defaultable.has(option) ? hasDefault.en : ''}`,
  'field-invalid': (option) => `The value of --${option} is not valid.`,
  'field-too-long': (option) => `The value of --${option} is too long.`,
  'no-text': () =>
    'The text is empty. Write it at the end of the command, or pipe it in: echo "…" | bilet reply 272298',
  'file-failed': (file) => `The file could not be read or written: ${file}. Check its path and permissions.`,
  'unknown-account': (names) => `There is no such account. Accounts: ${names}.`,
  'unknown-ticket': (number) =>
    `No account has ticket ${number} in its list. Check the number and --account.`,
  'storage-full': () =>
    'The disk is full; the message could not be written to the outbox and will not be sent. Free up some space and try again.',
  'storage-read-only': () =>
    'The profile folder is not writable; the message will not be sent. Check its permissions and try again.',
  'storage-failed': () => 'Writing to disk failed; the message will not be sent. Try again.',
  'folder-in-use': () =>
    'The profile is open on another computer; the message will not be sent. Quit Bilet there and try again.',
  'text-too-long': () => 'The text is too long. At most 100,000 characters can be sent.',
  'invalid-arguments': (field) => `A value is not valid: ${field}. “bilet --help” explains the options.`
}

const own: Readonly<Record<Locale, OwnWords>> = { tr, en }

export type System = Parameters<typeof problemsOn>[1]

const hasWindowWords = (kind: CommandProblem['kind']): kind is Exclude<ProblemKind, WindowKind> =>
  (problemKinds as readonly string[]).includes(kind) && !(windowKinds as readonly string[]).includes(kind)

export function problemText({ kind, detail = '' }: CommandProblem, locale: Locale, system: System): string {
  return hasWindowWords(kind) ? problemsOn(locale, system)[kind] : own[locale][kind](detail)
}

/** `takesText`: the command takes a text, which is one argument. */
type UsageWords = Readonly<Record<UsageError['kind'], (what: string, takesText: boolean) => string>>

const usage: Readonly<Record<Locale, UsageWords>> = {
  tr: {
    'unknown-command': (what) => `Böyle bir komut yok: ${what}. Komutlar: ${commandNames.join(', ')}.`,
    'unknown-option': (what) => `Böyle bir seçenek yok: ${what}`,
    'missing-value': (what) => `${what} bir değer ister.`,
    'unexpected-value': (what) => `${what} değer almaz.`,
    'invalid-value': (what) => `Geçersiz değer: ${what}`,
    // As the help in this language calls it.
    'missing-argument': (what) => `Eksik: ${what === 'TICKET' ? 'NUMARA' : what}`,
    'too-many-arguments': (what, takesText) =>
      `Fazladan yazılmış: ${what}.${takesText ? ' Metnin tamamını tırnak içine alın.' : ''}`
  },
  en: {
    'unknown-command': (what) => `Unknown command: ${what}. Commands: ${commandNames.join(', ')}.`,
    'unknown-option': (what) => `Unknown option: ${what}`,
    'missing-value': (what) => `${what} needs a value.`,
    'unexpected-value': (what) => `${what} takes no value.`,
    'invalid-value': (what) => `Invalid value: ${what}`,
    'missing-argument': (what) => `Missing: ${what}`,
    'too-many-arguments': (what, takesText) =>
      `One argument too many: ${what}.${takesText ? ' Put the whole text in quotes.' : ''}`
  }
}

export const usageText = ({ kind, what, command }: UsageError, locale: Locale): string =>
  usage[locale][kind](what, command === 'reply' || command === 'new')
