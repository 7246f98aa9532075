import { describe, expect, it } from 'vitest'
import { asciiWarnings } from '../../../electron/tickets/text/sent-form/ascii-warnings.ts'

const wordsOf = (text: string): readonly string[] => asciiWarnings(text).words.map(({ typed }) => typed)

describe('what is lost in ASCII', () => {
  it.each([
    ['Tamam 🚀 中文', ['🚀', '中', '文'], 3],
    ['👍 ve 👍', ['👍'], 2],
    ['👨‍👩‍👧 burada', ['👨‍👩‍👧'], 1],
    ['Şu iş “tamam” – 5° 100 €…', [], 0],
    ['Neden?', [], 0],
    ['Neden şimdi?', [], 0]
  ])('of %j is %j', (text, lost, lostCount) => {
    expect(asciiWarnings(text)).toMatchObject({ lost, lostCount })
  })
})

describe('a changed word', () => {
  it.each([
    ['ŞİFRE=ğü$', ['ŞİFRE=ğü$']],
    ['Şifre: gül1881ş', ['gül1881ş']],
    ['Şifre: çiçekler', ['çiçekler']],
    ['parola Ğül2024 olsun', ['Ğül2024']],
    ['password: ışık', ['ışık']],
    ['Dosya /home/müşteri/yedek.tar.gz yolunda', ['/home/müşteri/yedek.tar.gz']],
    ['C:\\yedek\\güncel klasörü', ['C:\\yedek\\güncel']],
    ['Adres: bilgi@örnek.com.tr', ['bilgi@örnek.com.tr']],
    ['www.çiçekçi.com.tr açılmıyor', ['www.çiçekçi.com.tr']],
    ['https://ornek.com/ürün açılmıyor', ['https://ornek.com/ürün']],
    ['$ mkdir müşteri', ['müşteri']],
    ['root@web01:~# cat şablon', ['şablon']],
    ['```\necho günaydın\n```', ['günaydın']],
    ['$adı = "değer";', ['$adı', '"değer";']],
    ['kullanici:güneş girişi', ['kullanici:güneş']],
    ['anahtar ğ1ş2', ['ğ1ş2']],
    ['yedek_güncel', ['yedek_güncel']],
    ['rapor-şubat.pdf', ['rapor-şubat.pdf']],
    ['sudo useradd ayşe', ['ayşe']],
    ['Şunu çalıştırdım:\nchmod 755 klasör', ['klasör']],
    ['# systemctl restart ödeme.service', ['ödeme.service']],
    ['SELECT * FROM müşteriler', ['müşteriler']],
    ['define("ŞİFRE", "x")', ['define("ŞİFRE']],
    ['"C:/Program Dosyaları/x" içinde', ['Dosyaları/x"']],
    ['Kullanıcı adı: ayşe\nBağlanamıyorum', ['ayşe']]
  ])('of %j that may be a password, path, address or command is %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('is shown as it is sent', () => {
    expect(asciiWarnings('ŞİFRE=ğü$').words).toEqual([{ typed: 'ŞİFRE=ğü$', sent: 'SIFRE=gu$' }])
  })

  it.each([
    'Merhaba, sunucumuz açılmıyor. Şöyle bir hata görüyoruz:',
    'Bugün saat 10:00’da, 3’üncü kez 24.11.2026’da açıldı; %50’si çözüldü.',
    'Ücreti 100 € ödedik, sıcaklık 5° arttı.',
    'Işık açık/kapalı, gün/ay olarak yazın',
    '- Önce yedek alın\n- Sonra güncelleyin\n1. Şunu yapın\n2) Bunu yapın',
    'Şifre değiştirildi, şifremi unuttum, parola politikası değişti mi?',
    'Şifre: değiştirildi',
    '“Hizmet askıya alındı” yazıyor — ödedik!',
    '*Önemli*: (lütfen) _bakın_...',
    'Saygılarımla,\nIşıl Çağlayan\nÖrnek Bilişim Ltd. Şti.\nTel: 0212 555 00 00',
    "500GB’lık disk, 2'nci sunucu, kullanıcı(lar) görüyor",
    'rsync /home dizinini kopyalamıyor, curl isteği dönmüyor',
    'Kullanıcı: giriş yapamıyor',
    'Atatürk Cad. No:5 Kat:2 Şişli/İstanbul',
    'Düz metin, hiçbir şey değişmez'.normalize('NFD')
  ])('of a sentence is none: %j', (text) => {
    expect(wordsOf(text)).toEqual([])
  })

  it('of a text that goes as it is is none', () => {
    expect(asciiWarnings('sifre=gu$ C:\\x')).toEqual({ lost: [], lostCount: 0, words: [] })
  })
})

it('that is longer than anybody reads is cut where it is named', () => {
  const [word] = asciiWarnings(`https://örnek.com/${'a1'.repeat(500)}`).words
  expect(word?.typed).toMatch(/^https:\/\/örnek.*…$/)
  expect(word?.typed.length).toBe(200)
})

it('is found soon in 100,000 letters of the worst kind', () => {
  // No duration is asserted: what takes minutes exceeds the test's timeout.
  for (const part of [
    'ş',
    '🚀',
    '中',
    'ş/',
    'ş=1 ',
    'ğü1 ',
    '``` ş\n',
    'şifre: ş ',
    '$ ş\n',
    'ş.com',
    '*ş',
    '1️⃣'
  ])
    expect(asciiWarnings(part.repeat(Math.ceil(100_000 / part.length))).words.length).toBeLessThanOrEqual(20)
})
