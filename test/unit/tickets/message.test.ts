import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachmentsFrom } from '../../../electron/tickets/text/attachments.ts'
import { excerpt, splitMessage, subjectFrom } from '../../../electron/tickets/text/message.ts'
import { segments } from '../../../electron/tickets/text/segments.ts'
import { plainMailto } from '../../../electron/tickets/text/url.ts'
import { cleanLine, cleanText, cutAt, decodeEntities } from '../../../electron/tickets/text/text.ts'

const staff =
  'Destek talebi yanıt mesajı.\n\n-----------------\n\nBilginize sunar, iyi çalışmalar dileriz.\n\n______\n\nNetinternet - Teknik Birim'

describe('splitMessage', () => {
  it("takes the system's footer off the customer's text", () => {
    expect(
      splitMessage('Destek talebi mesaj.\n\n-----------------\nIP Adresiniz: 127.0.0.1', 'customer')
    ).toEqual({
      body: 'Destek talebi mesaj.',
      signature: null,
      ip: '127.0.0.1'
    })
  })

  it("takes the closing words and signature off the staff's text", () => {
    expect(splitMessage(staff, 'staff')).toEqual({
      body: 'Destek talebi yanıt mesajı.',
      signature: 'Bilginize sunar, iyi çalışmalar dileriz.\nNetinternet - Teknik Birim',
      ip: null
    })
  })

  it('takes off a signature without closing words', () => {
    expect(splitMessage('Tamam.\n____\nAyşe Öztürk\nNetinternet - Satış / Pazarlama', 'staff')).toEqual({
      body: 'Tamam.',
      signature: 'Ayşe Öztürk\nNetinternet - Satış / Pazarlama',
      ip: null
    })
  })

  it('leaves a footer alone that is not at the end: nothing after it may be lost', () => {
    const text = 'Şöyle yazıyor:\n-----------------\nIP Adresiniz: 127.0.0.1\n\nNe demek?'
    expect(splitMessage(text, 'customer')).toEqual({ body: text, signature: null, ip: null })
  })

  it('leaves long text after a line of underscores in the body', () => {
    const text = `Kayıtlar:\n______\n${'satır\n'.repeat(200)}son`
    expect(splitMessage(text, 'staff').body).toBe(text)
  })

  it('leaves a table of dashes in the body', () => {
    const text = 'A\n-----\nB\n-----\nC'
    expect(splitMessage(text, 'staff')).toEqual({ body: text, signature: null, ip: null })
  })

  const end = '______\n\nNetinternet - Teknik Birim'
  it.each([
    // Pasted output and a question below it, by staff or customer.
    'Çıktısı:\n____________\nFailed to start nginx\n\nNe yapmalıyım?',
    '$ df -h\n-----------------\n/dev/sda1 100%\n______\nDolu mu?',
    'Erişim bilgileri:\n______\nKullanıcı: root\nParola: gizli-7',
    '______\nsunucu 10.0.0.1\nroot\ngizli',
    'Bakınız.\n______\nSunucu Adı\nKullanıcı Adı\nNetinternet - Teknik Birim',
    'Bakınız.\n______\nNetinternet - Parola: gizli',
    '______\nNetinternet hesabınız kapatıldı, ödeme yapmanız gerekiyor',
    '-----------------\nIP Adresiniz: bilmiyorum',
    // A reply that consists only of closing words.
    `-----------------\nBilginize sunar, iyi çalışmalar dileriz.\n${end}`
  ])('hides nothing of %j', (text) => {
    for (const author of ['staff', 'customer'] as const)
      expect(splitMessage(text, author)).toEqual({ body: text, signature: null, ip: null })
  })

  it('takes only the signature where something is to be read above it', () => {
    const body = 'Çıktısı:\n-----------------\nFailed to start nginx\n\nHangi sürüm?'
    expect(splitMessage(`${body}\n${end}`, 'staff')).toEqual({
      body,
      signature: 'Netinternet - Teknik Birim',
      ip: null
    })
  })

  it('takes no signature off what a customer quotes', () => {
    expect(splitMessage(staff, 'customer')).toEqual({ body: staff, signature: null, ip: null })
  })

  it('loses no word of any text', () => {
    const line = fc.constantFrom(
      'a b',
      '',
      '-----',
      '______',
      'Netinternet - Teknik Birim',
      'IP Adresiniz: 1.2.3.4',
      '> q',
      'x'.repeat(400)
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n')
        const { body, signature, ip } = splitMessage(text, 'staff')
        const words = (text: string): number => (text.match(/a b|> q|x{400}|Netinternet/g) ?? []).length
        expect(words(`${body}\n${signature ?? ''}`)).toBe(words(text))
        const shown = `${body}\n${signature ?? ''}`.split('IP Adresiniz').length - 1
        expect(shown + (ip === null ? 0 : 1)).toBe(text.split('IP Adresiniz').length - 1)
      })
    )
  })
})

describe('excerpt', () => {
  it.each([
    ['Merhaba,\nSunucuma bağlanamıyorum.', 'Sunucuma bağlanamıyorum.'],
    ['Merhaba, sunucuma bağlanamıyorum.\nYardım edin.', 'sunucuma bağlanamıyorum. Yardım edin.'],
    ['Merhaba sunucuma bağlanamıyorum.\nYardım edin.', 'Merhaba sunucuma bağlanamıyorum. Yardım edin.'],
    ['İyi günler,\n\nDNS kayıtları yanlış.', 'DNS kayıtları yanlış.'],
    ['Sayın Deniz Arslan,\nİlgileniyoruz.', 'İlgileniyoruz.'],
    ['Merhaba Deniz Bey,\nİlgileniyoruz.', 'İlgileniyoruz.'],
    ['Hello,\nIt works.', 'It works.'],
    ['> eski satır\n> bir daha\nYeni söz.', 'Yeni söz.'],
    ['24 Kasım 2026 tarihinde Ayşe yazdı:\n> eski\n\nYeni söz.', 'Yeni söz.'],
    ['Merhaba,', 'Merhaba,'],
    ['> yalnız alıntı', '> yalnız alıntı'],
    ['bir\n\n  iki\t\tüç', 'bir iki üç'],
    [staff, 'Destek talebi yanıt mesajı.'],
    ['______\n\nErişim bilgileriniz hazır.', 'Erişim bilgileriniz hazır.'],
    ['Merhaba,\n=====\n┌──────┐\nDisk dolu.', 'Disk dolu.'],
    ['-----', '-----'],
    ['', '']
  ])('of %j is %j', (text, expected) => {
    expect(excerpt(text, 'staff')).toBe(expected)
  })

  it('is one line of at most 140 characters, cut between whole ones, for any text', () => {
    const line = fc.oneof(fc.constantFrom('Merhaba,', '-----', '____', '> q', '😀'.repeat(90)), fc.string())
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = excerpt(lines.join('\n'), 'staff')
        expect(text.length).toBeLessThanOrEqual(140)
        expect(text).not.toMatch(/\n/)
        expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
      })
    )
  })

  it('gives a subject of at most 80 characters', () => {
    expect(subjectFrom(`Merhaba,\n${'kelime '.repeat(30)}`).length).toBeLessThanOrEqual(80)
  })
})

describe('texts from the server', () => {
  it('has its entities decoded once', () => {
    expect(decodeEntities('&lt;b&gt; &amp;lt; &#351;&#x15F; &ccedil;&Ccedil; &nbsp;.')).toBe(
      '<b> &lt; şş çÇ  .'
    )
    expect(decodeEntities('&toString; &valueOf; &bogus; a & b; ?a=1&copy=2&lt=3')).toBe(
      '&toString; &valueOf; &bogus; a & b; ?a=1&copy=2&lt=3'
    )
  })

  it.each([
    ['Ayşe&#146;nin &#147;yeni&#148; sunucusu &#150; 5 &#128;', 'Ayşe’nin “yeni” sunucusu – 5 €'],
    ['&#x92; &#x80;', '’ €'],
    ['&rarr; &le; &frac12; &Scaron; &commat; &NewLine;', '→ ≤ ½ Š @ \n'],
    ['&Idot;&imath;&gbreve;&Scedil;', 'İığŞ'],
    ['&#0;&#xD800;&#1114112;', '\ufffd\ufffd\ufffd']
  ])('has %s read as browsers do', (text, read) => {
    expect(decodeEntities(text)).toBe(read)
  })

  it('loses control characters and direction signs, and has plain line ends', () => {
    expect(cleanText('a\r\nb\rc\u2028d\u0000\u001b[31m\u202egpj\u2066\u0085e\tf&#13;&#10;g')).toBe(
      'a\nb\nc\nd[31mgpje\tf\ng'
    )
  })

  it('holds no half characters afterwards', () => {
    expect(cleanText('a\ud800b 😀')).toBe('a\ufffdb 😀')
  })

  it('fits a name on one line', () => {
    expect(cleanLine(' Ayşe\r\n Öztürk ')).toBe('Ayşe Öztürk')
    expect(cleanLine('x'.repeat(300))).toHaveLength(200)
  })

  it('is cut between whole characters', () => {
    expect(cutAt('😀😀😀', 4)).toBe('😀…')
    const family = '👨\u200d👩\u200d👧'
    expect(cutAt(`ab${family}${family}`, 14)).toBe(`ab${family}…`)
    expect(cutAt('e\u0301'.repeat(9), 4)).toBe('e\u0301…')
    expect(cutAt('🇹🇷🇹🇷🇹🇷', 8)).toBe('🇹🇷…')
    // Extremely long clusters are cut as well.
    expect(cutAt(`a${'\u0301'.repeat(100_000)}`, 80)).toHaveLength(80)
  })
})

describe('segments', () => {
  const kinds = (text: string): string[] =>
    segments(text).map(
      (segment) => `${segment.kind}:${segment.text}${'href' in segment ? ` → ${segment.href}` : ''}`
    )

  it('finds addresses, mail addresses and IPs', () => {
    expect(
      kinds(
        'Bkz. https://a.example/x?y=1, www.netinternet.com.tr veya destek@ni.net.tr; IP 10.0.0.1 ve 2001:db8::1.'
      )
    ).toEqual([
      'text:Bkz. ',
      'link:https://a.example/x?y=1 → https://a.example/x?y=1',
      'text:, ',
      'link:www.netinternet.com.tr → https://www.netinternet.com.tr/',
      'text: veya ',
      'mail:destek@ni.net.tr → mailto:destek@ni.net.tr',
      'text:; IP ',
      'ip:10.0.0.1',
      'text: ve ',
      'ip:2001:db8::1',
      'text:.'
    ])
  })

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://a.example/x',
    'data:text/html,x',
    '10:30:09',
    'std::vector',
    '1.2.3.4.5',
    'v1.2.3',
    'README.md',
    'install.sh',
    'config.py',
    'main.rs',
    'libssl.so',
    'id_rsa.pub',
    'eth0.network',
    'multi-user.target',
    'git config user.email',
    'yedek.zip',
    'docs/README.md',
    'index.php',
    'a.xy',
    'betik.sh/kur'
  ])('makes nothing to click of %s', (text) => {
    expect(segments(text).filter(({ kind }) => kind === 'link' || kind === 'ip')).toEqual([])
  })

  it.each([
    ['ni.net.tr', 'https://ni.net.tr/'],
    ['panel.ornek.com.tr/giris?a=1', 'https://panel.ornek.com.tr/giris?a=1'],
    ['www.kurulum.sh', 'https://www.kurulum.sh/'],
    ['https://get.ornek.sh/kur', 'https://get.ornek.sh/kur'],
    ['örnek.com', 'https://xn--rnek-4qa.com/'],
    ['http://10.0.0.5:8080/durum', 'http://10.0.0.5:8080/durum']
  ])('leads from %s to %s', (text, href) => {
    expect(segments(text)).toEqual([{ kind: 'link', text, href }])
  })

  it.each([
    [
      'mailto:a@b.com?subject=A%20%26%20B+c&bcc=x@evil.com&attach=/etc/passwd&BODY=1%0D%0A2',
      'mailto:a@b.com?subject=A%20%26%20B%2Bc&body=1%0D%0A2'
    ],
    [
      'mailto:a@b.com,c@d.com?cc=e@f.com%0d%0aBcc:x@y.com',
      'mailto:a@b.com,c@d.com?cc=e%40f.com%20%20Bcc%3Ax%40y.com'
    ],
    ['mailto:?to=a@b.com&in-reply-to=x', 'mailto:?to=a%40b.com'],
    ['mailto:a+b@c.com?subject=%zz', 'mailto:a%2Bb@c.com?subject=%25zz'],
    ['mailto:a%0aBcc:x@y.com', 'mailto:a%20Bcc%3Ax@y.com']
  ])('keeps of %s whom it is to and what it says', (url, kept) => {
    expect(plainMailto(new URL(url))).toBe(kept)
  })

  it('never leads elsewhere than it reads', () => {
    const [link] = segments('https://bank.example@evil.example/')
    expect(link).toMatchObject({ text: 'https://bank.example', href: 'https://bank.example/' })
  })

  it('leads to the written name of a host in another script', () => {
    const [link] = segments('https://аррӏе.com/')
    expect(link).toMatchObject({ kind: 'link', href: 'https://xn--80ak6aa92e.com/' })
  })

  it('gives back the whole text, with nothing but safe targets', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'https://',
        'www.',
        'a.com',
        'javascript:',
        '@',
        '::1',
        '1.2.3.4',
        '<',
        '"',
        '\n',
        'mailto:a@b.co'
      ),
      fc.string({ unit: 'binary' })
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const found = segments(text)
        expect(found.map((segment) => segment.text).join('')).toBe(text)
        for (const segment of found)
          if ('href' in segment) expect(segment.href).toMatch(/^(?:https?|mailto):/)
      })
    )
  })
})

describe('attachmentsFrom', () => {
  it.each([
    ['', []],
    [' ', []],
    ['ekran.png', ['text ekran.png']],
    ['https://a.example/f/ekran%20g%C3%B6r.png', ['link ekran gör.png']],
    ['https://a.example/', ['link a.example']],
    ['a.png|b.png', ['text a.png', 'text b.png']],
    ['a.png, b.pdf', ['text a.png', 'text b.pdf']],
    ['https://a.example/1.png,https://a.example/2.png', ['link 1.png', 'link 2.png']],
    ['Fatura, ekim ayı', ['text Fatura, ekim ayı']],
    ['https://a.example/a,b.png', ['link a,b.png']],
    ['javascript:alert(1)', ['text javascript:alert(1)']],
    ['https://a.example/%E2%80%AEgnp.exe', ['link gnp.exe']]
  ])('reads %j', (value, expected) => {
    expect(
      attachmentsFrom(value).map(
        (attachment) => `${attachment.kind} ${attachment.kind === 'link' ? attachment.name : attachment.text}`
      )
    ).toEqual(expected)
  })
})
