import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocks, blockText } from '../../../electron/tickets/text/blocks.ts'
import { hideSecrets, secretRanges } from '../../../electron/tickets/text/secrets.ts'
import { differentTexts, sampleTexts } from '../../support/sync/texts.ts'

const shapeOf = (text: string): readonly string[] =>
  blocks(text).map((block) => `${block.kind}: ${blockText(block)}`)
const machineOf = (text: string): readonly string[] =>
  blocks(text).flatMap((block) => (block.kind === 'machine' ? [blockText(block)] : []))

describe('machine text', () => {
  it.each([
    ['a fenced block', 'Şunu denedim:\n```bash\nls -l\necho merhaba\n```\nOlmadı.', 'ls -l\necho merhaba'],
    ['a fenced block of one line', 'Bu:\n~~~\nuptime\n~~~', 'uptime'],
    [
      'a log',
      'Günlük:\n\nNov 20 03:00:10 web07 kernel: ata2.00: failed\nNov 20 03:00:11 web07 kernel: ata2.00: failed\n\nBakar mısınız?',
      'Nov 20 03:00:10 web07 kernel: ata2.00: failed\nNov 20 03:00:11 web07 kernel: ata2.00: failed'
    ],
    [
      'a log with ISO dates',
      '2026-11-24T10:30:09Z error: bağlantı koptu\n2026-11-24T10:30:10Z error: yeniden',
      '2026-11-24T10:30:09Z error: bağlantı koptu\n2026-11-24T10:30:10Z error: yeniden'
    ],
    [
      'a log of a web server',
      '203.0.113.24 - - [24/Nov/2026:10:30:09 +0300] "GET / HTTP/1.1" 502\n203.0.113.25 - - [24/Nov/2026:10:30:10 +0300] "GET / HTTP/1.1" 502',
      '203.0.113.24 - - [24/Nov/2026:10:30:09 +0300] "GET / HTTP/1.1" 502\n203.0.113.25 - - [24/Nov/2026:10:30:10 +0300] "GET / HTTP/1.1" 502'
    ],
    [
      'a table of columns',
      'Disk dolu:\nFilesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        40G   38G  1.1G  98% /\ntmpfs           2.0G     0  2.0G   0% /dev/shm\nTeşekkürler',
      'Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        40G   38G  1.1G  98% /\ntmpfs           2.0G     0  2.0G   0% /dev/shm'
    ],
    [
      'a table of pipes',
      '+----+------+\n| id | name |\n+----+------+\n| 1  | ayşe |\n+----+------+',
      '+----+------+\n| id | name |\n+----+------+\n| 1  | ayşe |\n+----+------+'
    ],
    [
      'a command and what it answers',
      'Şöyle diyor:\n$ systemctl status nginx\nnginx.service - web server\n   Loaded: loaded\n\nNe yapmalıyım?',
      '$ systemctl status nginx\nnginx.service - web server\n   Loaded: loaded'
    ],
    ['commands', 'root@web01:~# df -h\nroot@web01:~# reboot', 'root@web01:~# df -h\nroot@web01:~# reboot'],
    [
      'a stack trace',
      'Hata:\nTypeError: x is not a function\n    at run (/app/index.js:3:7)\n    at main (/app/index.js:9:1)',
      'TypeError: x is not a function\n    at run (/app/index.js:3:7)\n    at main (/app/index.js:9:1)'
    ],
    [
      'a traceback',
      'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    run()\nValueError: no',
      'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    run()\nValueError: no'
    ],
    [
      'settings',
      'Ayar:\n\n<VirtualHost *:443>\n  ServerName www.ornek.com.tr\n</VirtualHost>\n\nNeden?',
      '<VirtualHost *:443>\n  ServerName www.ornek.com.tr\n</VirtualHost>'
    ],
    [
      'indented code',
      'Kod:\n\n    if (a > 0) {\n        return a\n    }\n\nolmadı',
      '    if (a > 0) {\n        return a\n    }'
    ],
    [
      'settings of one line each',
      'memory_limit = 256M\nmax_execution_time = 30',
      'memory_limit = 256M\nmax_execution_time = 30'
    ]
  ])('is %s', (_, text, machine) => {
    expect(machineOf(text)).toEqual([machine])
  })

  it.each([
    [
      'a letter with a list',
      'Merhaba,\n\nŞunları rica ediyoruz:\n- Yedek alınması\n- Diskin büyütülmesi\n  - en az 40 GB\n\nTeşekkürler,\nDeniz Arslan'
    ],
    ['an indented list', 'Yapılacaklar:\n    - yedek al\n    - güncelle\n    1. yeniden başlat'],
    [
      'an address',
      'Örnek Bilişim Ltd. Şti.\nAtatürk Cad. No: 5  Kat: 2\nŞişli / İstanbul\nTel: 0212 555 00 00'
    ],
    ['a signature', 'Saygılarımla,\n\nIşıl Çağlayan\nSistem Yöneticisi   |   Örnek Bilişim\n0532 555 00 00'],
    [
      'dates in sentences',
      '24.11.2026 tarihinde ödedik.\n25.11.2026 tarihinde kapandı.\n24.11.2026 10:30’da yine açıldı.'
    ],
    [
      'two spaces after sentences',
      'Merhaba.  Sunucu açılmıyor.  Bakar mısınız.\nTeşekkürler.  İyi günler.  Görüşürüz.'
    ],
    [
      'an indented paragraph',
      'Dediler ki:\n\n    Sunucunuz bakıma alındı, akşam açılacak.\n    Bilginize sunarız.\n\nDoğru mu?'
    ],
    ['a quotation', '> 2026-11-24 10:30 hata\n> 2026-11-24 10:31 hata\n\nBuna bakın'],
    ['a heading', '# Sorun şu\n# Çözüm de bu\nAma olmadı'],
    ['prices', '$ 15 ödedik\n$ 20 iade edildi'],
    ['one line of a log', 'Nov 20 03:00:10 web07 kernel: ata2.00: failed\n\nNe demek?'],
    ['a list that ends with semicolons', 'Şunlar eksik;\nyedek alınmadı;\nşifre değişmedi;'],
    ['an open fence', '```\nkapanmayan metin\nburada sürüyor'],
    ['access data', 'Sunucu: 203.0.113.24\nKullanıcı: root\nPort: 22'],
    ['greetings', 'İyi günler\n\nKolay gelsin\n\nTeşekkürler']
  ])('is not %s', (_, text) => {
    expect(shapeOf(text)).toEqual([`prose: ${text}`])
  })

  it('is no message of the customers but for its logs, code and tables', () => {
    const plain = sampleTexts.filter(
      ({ name }) => !['config block', 'PHP', 'log', '10,000 letters'].includes(name)
    )
    for (const { text } of plain) expect([text, machineOf(text)]).toEqual([text, []])
    for (const text of differentTexts.flat().filter((candidate) => !candidate.startsWith('Gunluk')))
      expect([text, machineOf(text)]).toEqual([text, []])
  })

  it('and prose together hold every line of a message but fences and empty lines, in their order', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '$ ls',
            'a  b  c',
            '',
            '```',
            'Merhaba.',
            '| a | b |',
            '    x = 1;',
            'Şifre: K7$m&x'
          ),
          { maxLength: 12 }
        ),
        (lines) => {
          const shown = blocks(lines.join('\n')).map(blockText).join('\n')
          const written = (text: string): readonly string[] =>
            text
              .split('\n')
              .filter((line) => line.trim() !== '' && line !== '```')
              .map((line) => line.trim())
          expect(written(shown)).toEqual(written(lines.join('\n')))
        }
      )
    )
  })

  it('ends soon on lines of the worst kind', () => {
    for (const part of ['a  ', '| ', '= ', '    ', 'x=1 ', '#0 ', '[', '$ a ', '\\', '1:', '```\n', 'a@b '])
      expect(blocks(part.repeat(20_000)).length).toBeGreaterThan(0)
  })
})

describe('what looks like a password', () => {
  const secretsOf = (text: string): readonly string[] =>
    secretRanges(text).map(([from, to]) => text.slice(from, to))

  it.each([
    ['Şifre: K7$m&x!9', ['K7$m&x!9']],
    ['Kullanıcı: ornek_ftp  Şifre: K7$m&x!<9"q\\z\'  Sunucu: 203.0.113.24', ['K7$m&x!<9"q\\z\'']],
    ['root sifresi : abc123', ['abc123']],
    ['Parola = "iki kelime"', ['iki kelime']],
    ['password=gizli1, user=root', ['gizli1']],
    ['"password": "abc-DEF"', ['abc-DEF']],
    ['Şifre (yeni): Qwe.123', ['Qwe.123']],
    ['Şifreniz:\nQwe123', ['Qwe123']],
    ['Şifre: güneş', ['güneş']],
    ['parola Gunes2024 olarak verildi', ['Gunes2024']],
    ['mysql://root:s3cret@db.local/x', ['s3cret']],
    ["CREATE USER a IDENTIFIED BY 'p4ss'", ['p4ss']],
    ['mysql -u root -pGizli123 db', ['Gizli123']],
    ['API key: sk_live_12345', ['sk_live_12345']],
    ['Şifre: abc123, sonra deneyin', ['abc123']],
    // Capitals of both alphabets, endings, and words between the label and the value.
    ['ŞİFRE: ABCD1234', ['ABCD1234']],
    ['SIFRENIZ = ABCD1234', ['ABCD1234']],
    ['şifreyi Deneme!23 yaptım', ['Deneme!23']],
    ['Şifresini "Deneme!23" olarak değiştirdim', ['Deneme!23']],
    ['Şifreniz artık Xk29dLq! oldu', ['Xk29dLq!']],
    ['Parolanız aşağıdadır:\nP4sswd.9', ['P4sswd.9']],
    ['şifreniz şudur: Xk29dLq!', ['Xk29dLq!']],
    ['cPanel şifreniz\nabc!DEF9', ['abc!DEF9']],
    ['Your new password is hunter22.', ['hunter22.']],
    ['password was changed to S3cret99 today', ['S3cret99']],
    // Other separators.
    ['Şifre -> Deneme!23', ['Deneme!23']],
    ['Yeni root şifresi → Xk29dLq!', ['Xk29dLq!']],
    ['Şifre – Xk29dLq!', ['Xk29dLq!']],
    ['**Şifre:** Xk29dLq!', ['Xk29dLq!']],
    ['Şifre 2: Xk29dLq!', ['Xk29dLq!']],
    ["define('DB_PASSWORD', 's3cretpw');", ['s3cretpw']],
    ['Şifreler: a1b2c3d4, e5f6g7h8 ve k9l0m1n2', ['a1b2c3d4', 'e5f6g7h8', 'k9l0m1n2']],
    // User and password side by side, and under the titles of a table.
    ['Kullanıcı adı / şifre: admin / Qwe123!!', ['Qwe123!!']],
    ['user/pass: root:aB3dE5fg', ['aB3dE5fg']],
    ['Erişim bilgileri: root / Xk29dLq!', ['Xk29dLq!']],
    ['Sunucunuz hazır.\nroot / Xk29dLq!', ['Xk29dLq!']],
    ['| Kullanıcı | Şifre |\n|---|---|\n| root | guzelgun |\n| ftp | Qwe!23 |', ['guzelgun', 'Qwe!23']],
    ['Kullanıcı\tŞifre\nroot\tguzelgun', ['guzelgun']],
    // Keys, tokens and codes.
    ['API anahtarınız: tok-3f9c71ab', ['tok-3f9c71ab']],
    ['PIN kodu: 4821', ['4821']],
    ['Doğrulama kodunuz: 482913', ['482913']],
    ['Authorization: Bearer k3yk3yk3yk3yk3y', ['k3yk3yk3yk3yk3y']],
    ['bununla: ghp_16C7e42F292c6912E7710c838347Ae178B4a', ['ghp_16C7e42F292c6912E7710c838347Ae178B4a']],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF', ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF']],
    [
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\naC1rZXk\n-----END OPENSSH PRIVATE KEY-----',
      ['b3BlbnNz\naC1rZXk']
    ],
    ['curl -u admin:S3cret99 https://api.example.com', ['S3cret99']],
    ['PGPASSWORD=abc12345 psql -h db', ['abc12345']],
    ['root:$6$s4lt$h4shh4sh:19000:0:99999:7:::', ['$6$s4lt$h4shh4sh']]
  ])('in %j is %j', (text, found) => {
    expect(secretsOf(text)).toEqual(found)
  })

  it.each([
    'Şifremi unuttum',
    'Şifre değişti',
    'Şifre: değiştirildi',
    'Parola: yok',
    'Şifre: ********',
    'Şifre: lütfen panelden alın',
    'Şifre 3 kez yanlış girildi',
    'password policy',
    'Şifreleri: sıfırladık ve size ilettik',
    'tokenlar bitti',
    'Sunucu: 203.0.113.24',
    'https://ornek.com/sifre-sifirla',
    'Şifre en az 8 karakter olmalı',
    'Şifreyi panelden değiştirdim',
    'Parolanız 01.12.2026 tarihinde değişecek',
    'Şifreyi info2@ornek.com.tr adresine gönderin',
    'Şifreli bağlantı: TLS1.3',
    'şifreleme: AES256',
    'token: expired',
    'Parola: geçersiz',
    'PWD=/var/www/html2',
    'Failed password for root from 203.0.113.24 port 51544 ssh2',
    'PasswordAuthentication yes',
    'root:x:0:0:root:/root:/bin/bash',
    'anahtar kelime: ucuz hosting2',
    'pin numarası 2',
    '| Konu | Sonuç |\n|---|---|\n| şifre | değişti |'
  ])('is not in %j', (text) => {
    expect(secretsOf(text)).toEqual([])
  })

  it('is hidden in passing, in as many characters', () => {
    expect(hideSecrets('Şifre: abc123 tamam')).toBe('Şifre: •••••• tamam')
  })

  it('is a part of its own, in prose and in machine text, and never a link', () => {
    const [prose] = blocks('Şifre: a1@ornek.com.tr!')
    expect(prose?.segments.map(({ kind }) => kind)).toEqual(['text', 'secret'])
    const [machine] = blocks('password = abc123\nuser = root')
    expect(machine).toMatchObject({ kind: 'machine', segments: [{}, { kind: 'secret', text: 'abc123' }, {}] })
  })

  it('ends soon on texts of the worst kind', () => {
    for (const part of [
      'şifre',
      'şifre:',
      'şifre: (',
      '://a:',
      'mysql -p',
      "identified by '",
      'token "',
      'şifre is ',
      'şifreler a1b2c3, ',
      'curl -u ',
      'root / ',
      'login: a/',
      'eyJaaaaaaaa.',
      'şifre | ',
      'PASSWORD=',
      '-----BEGIN PRIVATE KEY-----\n'
    ])
      expect(secretRanges(part.repeat(15_000)).length).toBeGreaterThanOrEqual(0)
  })
})
