import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { literalsOf } from './literals.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Search words keep those of earlier versions, and the demo's replies are written like those of support staff. */
const notOurs = /^electron\/(?:tickets\/list\/query-words\.ts|demo\/)/
const sources = ['electron', 'renderer'].flatMap((house) =>
  readdirSync(join(root, house), { recursive: true, encoding: 'utf8' })
    .map((file) => `${house}/${file.replaceAll(sep, '/')}`)
    .filter((path) => path.endsWith('.ts') && !notOurs.test(path))
)

/** A text in one language, with the file that contains it. */
type Said = readonly [file: string, text: string]
const inCode = (locale: 'tr' | 'en'): readonly Said[] =>
  sources.flatMap((path) => literalsOf(read(path), locale).map((text): Said => [path, text]))
/** Paragraphs, list items and cells of a document, without code and markup. */
const inDocument = (path: string): readonly Said[] =>
  read(path)
    .replace(/^```[^]*?^```/gm, '')
    .replace(/`[^`]*`/g, '…')
    .split(/\n{2,}|\n(?=[#|] ?|\d+\. |- )/)
    .map((text): Said => [path, text.replace(/\s+/g, ' ').replace(/^(?:[#|]+|\d+\.|-) |\*\*/g, '')])
const metainfo = 'build/linux/tr.bilet.app.metainfo.xml'
const turkish: readonly Said[] = [
  ...inCode('tr'),
  ...inDocument('docs/guide.tr.md'),
  ...inDocument('README.tr.md'),
  ...inDocument('CHANGELOG.tr.md'),
  ...[...read('electron-builder.yml').matchAll(/\[tr\]: (.*)/g)].map(([, text = '']): Said => [
    'electron-builder.yml',
    text
  ]),
  ...[...read(metainfo).matchAll(/xml:lang="tr">([^<]*)</g)].map(([, text = '']): Said => [
    metainfo,
    text.replace(/\s+/g, ' ').trim()
  ])
]
const english: readonly Said[] = [
  ...inCode('en'),
  ...inDocument('docs/guide.en.md'),
  ...inDocument('README.md'),
  ...inDocument('CHANGELOG.md')
]

/** Stems that users of hosting panels do not use, and the terms that they use. */
const rejectedStems: readonly (readonly [stem: RegExp, better: string])[] = [
  [/denetl[ei]/u, 'kontrol et-, yenile-'],
  [/süzgeç|süzgec/u, 'filtre'],
  [/sürdür|(?<!\p{L})sürer(?:se)?(?!\p{L})/u, 'devam et-'],
  [/(?<!\p{L})kip(?:i|e|te|in|ler\p{L}*)?(?!\p{L})/u, 'mod'],
  [/anımsa/u, 'hatırlat-'],
  [/kendiliğinden/u, 'otomatik olarak'],
  [/(?<!\p{L})gönderi(?:n?i[nz]\p{L}*|yi|ye|si|ler\p{L}*|de)?(?!\p{L})/u, 'ileti'],
  [/oku(?:ndu|nmadı|nmuş|nmamış) say(?!ı(?:sı|ları))/u, 'okundu/okunmadı olarak işaretle-'],
  [/vekil sunucu/u, 'proxy sunucusu'],
  [/(?<!\p{L})(?:öteki|öbür)/u, 'diğer'],
  [/işleç/u, 'arama filtresi'],
  [/bildirim (?:adres|sayfa)|bir bildirim için/u, 'sorun bildirme, since bildirim is a notification'],
  [/yenileme aralığı/u, 'yenileme sıklığı'],
  [/kayıtlı yanıt/u, 'hazır yanıt'],
  [/(?<!sertifika )yetkili(?!dir)/u, 'destek ekibi'],
  [/(?<!sistem )(?<!\p{L})tepsi/u, 'sistem tepsisi'],
  [/(?<!\p{L})etkin(?!\p{L})/u, 'aktif'],
  [/alan gerekli/u, 'zorunlu'],
  [/düz harf/u, 'Türkçe karakter'],
  [/sözcü[kğ]/u, 'kelime'],
  [/üst bilgi/u, 'HTTP başlığı'],
  [/(?<!\p{L})parola/u, 'şifre'],
  [/sınanıyor|bakılıyor|soruluyor/u, 'kontrol ediliyor'],
  [/(?<!\p{L})oturum açılınca/u, 'bilgisayar açıldığında'],
  [/bağlantı gelince/u, 'bağlantı kurulunca']
]
const rejectedIn = (text: string): readonly string[] =>
  rejectedStems.flatMap(([stem, better]) => {
    const [found] = stem.exec(text.toLocaleLowerCase('tr')) ?? []
    return found === undefined ? [] : [`“${found}” is said ${better}: ${text}`]
  })

/**
 * "Bilet" at the start of a sentence can be read as "ticket". These continuations make clear that the app, or a part or
 * action of a ticket, is meant.
 */
const clear = /^Bilet (?:uygulama|numarası|listesi|kapandı|göndermek)|^Bilet$|^Bilet(?=\p{L})/u
const productFirst = (text: string): readonly string[] =>
  text
    .split(/(?<=[.:;!?]) |\n+|(?<=^[“"(])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /^Bilet(?!\p{Ll})/u.test(sentence) && !clear.test(sentence))

/** Literal translations and unidiomatic phrases. */
const rejectedEnglish =
  /\bTake back\b|\bTaken back\b|Proof of who|\bway of proof\b|\bFind out\b|\bAs the system\b|When there is\b|shown by:|suits this system|[Gg]o(?:es)? on (?:in the tray|when|by itself)|\bplain letters\b|tried again soon|Next try\b|\bno longer\.|lists this ticket no longer|\b(?:this|one) run\b|Not understood|There are: |\bhits?\b|Closed already|ticket’s number\b|background part|looked for at|\bat the server\b|may stay empty|every program\b|is left out|Clear the draft|Request to close|sent (?:again )?by itself|broke off/
/** `--lang` applies to one run of the program. */
const isAboutStarting = (text: string): boolean => text.includes('Language for one run')

describe('the Turkish texts', () => {
  it('are found: tables, guide, desktop entry and store page', () => {
    expect(turkish.length).toBeGreaterThan(500)
    expect(new Set(turkish.map(([file]) => file)).size).toBeGreaterThan(12)
    for (const text of ['Şimdi yenile', 'Yeni bilet', 'Netinternet destek biletleri sistem tepsisinde'])
      expect(turkish.map(([, turkishText]) => turkishText)).toContain(text)
  })

  it('say no word that the glossary rejects', () => {
    expect(turkish.flatMap(([file, text]) => rejectedIn(text).map((what) => `${file}: ${what}`))).toEqual([])
  })

  it('begin no sentence with the product’s name where it could mean a ticket', () => {
    expect(
      turkish.flatMap(([file, text]) => productFirst(text).map((sentence) => `${file}: ${sentence}`))
    ).toEqual([])
  })
})

describe('the English texts', () => {
  it('say nothing word for word', () => {
    expect(english.length).toBeGreaterThan(500)
    expect(
      english.filter(([, text]) => rejectedEnglish.test(text) && !isAboutStarting(text)).map(String)
    ).toEqual([])
  })
})

describe('this test fails', () => {
  it.each([
    'Şimdi denetle',
    'İzinlerini denetleyin',
    'SÜZGEÇLER',
    'Başka bir süzgece geçin.',
    'Pencere kapanınca tepside çalışmayı sürdür',
    'Süre dolunca devam eder; sorun sürerse yazın.',
    'Rahatsız etme kipi açık.',
    '1 saat sonra anımsat',
    'Kendiliğinden gönderilmez.',
    '2 gönderi bekliyor',
    '3 gönderinin ulaştığı belli değil',
    'Gönderiniz ulaştı.',
    'Okundu say',
    'Okunmamış sayıldı',
    'Vekil sunucuda oturum aç',
    'Ötekini kapatın.',
    'yetkili',
    'Yetkilinin adı',
    'Bu masaüstünde tepsi yok.',
    'Etkin',
    'Bu alan gerekli.',
    'API düz harf istiyor',
    'Farklı sözcükler işaretlidir.',
    'Üst bilgi adı',
    'Parola'
  ])('on “%s”', (text) => {
    expect(rejectedIn(text)).not.toEqual([])
  })

  it.each([
    'Bilet yanıtları izler.',
    'Bilet’in arka planına ulaşılamadı.',
    'Disk dolu. Bilet gönderilmeden çıkarsanız şifre sorulur.',
    'Bilet … çıktı.',
    'Saklandı; Bilet yeniden açılınca gönderilecek.',
    'Bilet, penceresi açık kaldıkça çalışır.',
    'Bilet hakkında'
  ])('on “%s”, which could mean a ticket', (text) => {
    expect(productFirst(text)).not.toEqual([])
  })

  it.each([
    'Gönderiliyor…',
    'Gönderilmeyi bekliyor',
    'Takip ediyoruz, ekip ilgileniyor.',
    'Destek ekibi',
    'Süre: 2 saat',
    'Sistem tepsisinde çalışıyor',
    'Etkinlik'
  ])('not on “%s”', (text) => {
    expect(rejectedIn(text)).toEqual([])
  })

  it.each([
    'Biletler',
    'Biletiniz gönderilecek.',
    'Bileti kapat',
    'Bilet numarası',
    'Bilet uygulaması çalışıyor'
  ])('not on “%s”', (text) => {
    expect(productFirst(text)).toEqual([])
  })

  it.each([
    'Take back',
    'Proof of who asks',
    'Find out',
    'As the system',
    'When there is',
    'It is tried again soon.',
    'Next try: 22:27.',
    'It goes on by itself when the time is over.',
    'The server lists this ticket no longer.',
    'There is no token in this run.',
    'Not understood: x. There are: y',
    '12 hits',
    'Closed already',
    'Copy the ticket’s number',
    '2 being looked for at the server',
    'How Bilet calls it; may stay empty.',
    'New ticket, from every program',
    'Bilet goes on in the tray',
    'Clear the draft',
    'Request to close'
  ])('on “%s”', (text) => {
    expect(text).toMatch(rejectedEnglish)
  })
})
