import { describe, expect, it } from 'vitest'
import { blocks } from '../../../electron/tickets/text/blocks.ts'
import { hideSecrets, secretRanges } from '../../../electron/tickets/text/secrets.ts'

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
    ['FTP Şifre............: Xy7!kLm9', ['Xy7!kLm9']],
    ['Kurtarma kodu: ABCD-1234', ['ABCD-1234']],
    ['useradd -m -p Abc123! ayse', ['Abc123!']],
    ['redis-cli -a Abc123! ping', ['Abc123!']],
    ['Doğrulama kodunuz: 482913', ['482913']],
    ['Doğrulama kodunuz 482913', ['482913']],
    ['SMS KODU 4829 ile girin', ['4829']],
    ['Your verification code is 482913, valid for 5 min', ['482913']],
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
    'Onay kodu: gelmedi',
    'Onay kodu 6 haneli',
    'Hata kodu 500404 alıyorum',
    'anahtar: bulunamadı',
    'SSL anahtarı 2048bit üretildi',
    'TOKEN=$TOKEN',
    'DNS bilgileri: ns1.ornek.com / ns2.ornek.com',
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
