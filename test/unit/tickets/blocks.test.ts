import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocks, blockText } from '../../../electron/tickets/text/blocks.ts'
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
    ],
    [
      'commands without a prompt',
      'Merhaba,\n\nsudo systemctl restart nginx\napt-get update\n\nTeşekkürler.',
      'sudo systemctl restart nginx\napt-get update'
    ],
    [
      'SQL',
      'Merhaba,\n\nSELECT * FROM users WHERE id = 5;\nUPDATE users SET a = 1 WHERE id = 5\n\nTeşekkürler.',
      'SELECT * FROM users WHERE id = 5;\nUPDATE users SET a = 1 WHERE id = 5'
    ],
    ['variables of a shell', 'Merhaba,\n\nexport A=1\nexport B=2\n\nTeşekkürler.', 'export A=1\nexport B=2'],
    ['JSON', 'Merhaba,\n\n{\n  "a": 1,\n  "b": "c"\n}\n\nTeşekkürler.', '{\n  "a": 1,\n  "b": "c"\n}'],
    [
      'directives of nginx',
      'Merhaba,\n\nlisten 80;\nserver_name x;\nroot /var/www;\n\nTeşekkürler.',
      'listen 80;\nserver_name x;\nroot /var/www;'
    ],
    [
      'requests',
      'Merhaba,\n\nGET /index.php 502\nPOST /odeme 500\n\nTeşekkürler.',
      'GET /index.php 502\nPOST /odeme 500'
    ],
    [
      'headers of HTTP',
      'Merhaba,\n\nHTTP/1.1 502 Bad Gateway\nServer: nginx\nDate: Tue, 24 Nov 2026 10:00:00 GMT\n\nTeşekkürler.',
      'HTTP/1.1 502 Bad Gateway\nServer: nginx\nDate: Tue, 24 Nov 2026 10:00:00 GMT'
    ],
    [
      'headers of an e-mail',
      'Merhaba,\n\nReceived: from mx.example.com\nFrom: a@example.com\nSubject: deneme\n\nTeşekkürler.',
      'Received: from mx.example.com\nFrom: a@example.com\nSubject: deneme'
    ],
    [
      'answers of a mail server',
      'Merhaba,\n\n550 5.7.1 Service unavailable\n554 5.7.1 Relay denied\n\nTeşekkürler.',
      '550 5.7.1 Service unavailable\n554 5.7.1 Relay denied'
    ],
    [
      'records of DNS',
      'Merhaba,\n\nexample.com. 300 IN A 192.0.2.1\nexample.com. IN MX 10 mail.example.com.\n\nTeşekkürler.',
      'example.com. 300 IN A 192.0.2.1\nexample.com. IN MX 10 mail.example.com.'
    ],
    [
      'messages of programs',
      'Merhaba,\n\ncurl: (7) Failed to connect\nnginx: configuration file test failed\n\nTeşekkürler.',
      'curl: (7) Failed to connect\nnginx: configuration file test failed'
    ],
    [
      'a kernel log',
      'Merhaba,\n\nkernel: [12345.678901] md2: read error\nkernel: [12346.678901] md2: read error\n\nTeşekkürler.',
      'kernel: [12345.678901] md2: read error\nkernel: [12346.678901] md2: read error'
    ],
    [
      'a log without seconds',
      'Merhaba,\n\n24/11/2026 03:00 ERROR x\n24/11/2026 03:01 ERROR y\n\nTeşekkürler.',
      '24/11/2026 03:00 ERROR x\n24/11/2026 03:01 ERROR y'
    ],
    [
      'a certificate',
      'Merhaba,\n\n-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n\nTeşekkürler.',
      '-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----'
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
    ['sentences about commands', 'curl -I 502 dönüyor\nsudo çalışmıyor\nrsync /home dizinini kopyalamıyor'],
    ['remarks with semicolons', 'acele edin;\nsimdi bakin;'],
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
    const lines = ['```\n', '```js\n', '~~~x\n```\n', '\t```\n', '\t-----\n', '    a\n']
    for (const part of ['a  ', '| ', '= ', '    ', 'x=1 ', '#0 ', '[', '$ a ', '\\', '1:', 'a@b ', ...lines])
      expect(blocks(part.repeat(20_000)).length).toBeGreaterThan(0)
  })
})
