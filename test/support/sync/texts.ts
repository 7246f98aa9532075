/** Typical messages of administrators to a hosting company. All people, hosts and passwords are invented. */
const log = (lines: number): string =>
  Array.from(
    { length: lines },
    (_, i) =>
      `Nov 20 03:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} web07 kernel: [${82_000 + i * 3}.${String(i).padStart(6, '0')}] ` +
      ([
        'ata2.00: failed command: READ FPDMA QUEUED',
        'md/raid1:md2: read error corrected (8 sectors at 19472 on sdb3)'
      ][i % 2] ?? '')
  ).join('\n')

export interface SampleText {
  readonly name: string
  readonly text: string
}

export const sampleTexts: readonly SampleText[] = [
  { name: 'config', text: 'Apache ayari: <VirtualHost *:80> satiri hata veriyor' },
  {
    name: 'config block',
    text: 'Merhaba,\n\naşağıdaki ayar çalışmıyor:\n\n<VirtualHost *:443>\n  ServerName www.ornek.com.tr\n  DocumentRoot "/var/www/ornek"\n  <Directory "/var/www/ornek">\n    Require all granted\n  </Directory>\n</VirtualHost>\n\nNe yapmalıyım?'
  },
  {
    name: 'PHP',
    text: 'Şu kod beyaz sayfa veriyor, PHP sürümü 8.1:\n\n<?php\n$a = isset($_GET["id"]) ? (int) $_GET["id"] : 0;\nif ($a > 0 && $a < 10) { echo \'<b>\' . $a . \'</b>\'; }\n?>\n\nHata günlüğünde bir şey yok, bakar mısınız?'
  },
  {
    name: 'Windows paths',
    text: 'IIS günlükleri C:\\inetpub\\logs\\LogFiles\\W3SVC1 altında birikiyor, D:\\yedek\\new klasörüne taşınamıyor. \\\\nas01\\yedek paylaşımı da görünmüyor.'
  },
  {
    name: 'SQL',
    text: "SELECT * FROM wp_options WHERE option_name = 'siteurl' AND autoload <> 'no' ORDER BY option_id DESC LIMIT 10; sorgusu 40 saniye sürüyor, tabloya index ekleyebilir misiniz?"
  },
  { name: 'log', text: `Sunucuda disk hataları var:\n\n${log(6)}\n\nDiskin değişimini rica ederiz.` },
  {
    name: 'quotes',
    text: 'Panelde "Hizmet askıya alındı" yazıyor, ama \'Ödendi\' görünüyor — faturamız "2026/1182" numaralı. Ali\'nin hesabından ödendi.'
  },
  {
    name: 'entities',
    text: 'Sayfada &lt;b&gt;Kampanya&lt;/b&gt; ve &amp;nbsp; yazıları görünüyor, &quot;decode&quot; edilmiyor. UTF-8 &amp; latin5 sorunu olabilir mi?'
  },
  {
    name: 'Turkish',
    text: 'İyi günler, müşterimizin alan adı süresi dolmuş görünüyor ancak yenileme ücretini dün ödedik; şüphesiz işleme alınmıştır, kontrol edip bilgi verir misiniz? Teşekkürler, Işıl Çağlayan'
  },
  {
    name: 'emoji',
    text: 'Site tekrar açıldı, elinize sağlık 👍 Yalnız yönetim paneli hâlâ yavaş 🐢, ona da bakabilir misiniz?'
  },
  { name: '10,000 letters', text: `Günlüğün tamamı aşağıda.\n\n${log(115)}`.slice(0, 10_000) },
  {
    name: 'URL',
    text: 'Şu adres 502 veriyor: https://www.ornek.com.tr/urun?id=81&renk=k%C4%B1rm%C4%B1z%C4%B1#yorumlar (yalnızca mobilde), https://panel.ornek.com.tr/giris açılıyor.'
  },
  {
    name: 'password',
    text: 'FTP bilgileri değişti. Kullanıcı: ornek_ftp  Şifre: K7$m&x!<9"q\\z\'  Sunucu: 203.0.113.24, kart sonu 4111111111111111 ile ödendi.'
  },
  { name: 'short', text: 'Tamam, teşekkürler.' },
  { name: 'one word', text: 'Evet' },
  { name: 'two lines', text: 'Merhaba,\r\n\r\niki satır — “tırnak”' }
]

const template = (server: string, ip: string, disk: string, extra = ''): string =>
  `Merhaba,\n\nSunucu: ${server}\nIP: ${ip}\nDisk doluluk orani: %${disk}\n\n/var/log altindaki gunlukler temizlendi ancak doluluk devam ediyor. Disk alaninin arttirilmasini rica ederiz.${extra}\n\nIyi calismalar,\nDeniz Arslan`

const invoice = (number: string, amount: string, month: string): string =>
  `Merhaba, ${number} numarali ve ${amount} TL tutarindaki ${month} ayi faturamizi odedik, dekont ektedir. Hizmetin acilmasini rica ederiz.`

/** Groups of similar but different messages. */
export const differentTexts: readonly (readonly string[])[] = [
  [
    'Tamam',
    'Tamam, teşekkürler',
    'Tamamdır',
    'Tamam mı?',
    'Tamam değil',
    'Tamam, kapatabilirsiniz.',
    'Tamam ama yedek alın lütfen',
    'Hayır, tamam değil'
  ],
  ['Yes', 'No', 'Yes please', 'Yes, but not today', 'No, thanks', 'Not yet'],
  ['Evet', 'Hayır', 'Evet, devam edin', 'Evet ama önce yedek alın', 'Evet, kapatın', 'Hayır, kapatmayın'],
  [
    'Teşekkürler',
    'Teşekkürler, sorun çözüldü',
    'Teşekkürler ama sorun devam ediyor',
    'Sorun çözüldü',
    'Sorun çözülmedi',
    'Sorun hâlâ çözülmedi'
  ],
  ['1', '2', '12', '1.2', '10'],
  ['10.0.0.1', '10.0.0.2', '10.0.0.11', '10.0.1.1'],
  ['a < b', 'a > b', 'a <= b', 'a = b', 'a b'],
  ['Kapatabilirsiniz', 'Kapatmayın', 'Kapatabilirsiniz, teşekkürler', 'Lütfen kapatmayın'],
  [
    'Sunucu IP adresi 203.0.113.2',
    'Sunucu IP adresi 203.0.113.24',
    'Sunucu IP adresi 203.0.113.25',
    'Yeni sunucu IP adresi 203.0.113.2'
  ],
  [
    'Sunucu açılmıyor',
    'Sunucu artık açılıyor',
    'Sunucu hâlâ açılmıyor',
    'Mail sunucusu açılmıyor',
    'Sunucu açılmıyor, acil!'
  ],
  [
    'Apache ayari: <VirtualHost *:80> satiri hata veriyor',
    'Apache ayari: <VirtualHost *:443> satiri hata veriyor',
    'Nginx ayari: <VirtualHost *:80> satiri hata veriyor'
  ],
  [
    'Şu adres açılmıyor: https://www.ornek.com.tr/urun?id=81',
    'Şu adres açılmıyor: https://www.ornek.com.tr/urun?id=82',
    'Şu adres açılmıyor: https://www.baska.com.tr/',
    'Şu adres açılıyor: https://www.ornek.com.tr/urun?id=81'
  ],
  [
    template('web01', '203.0.113.24', '94'),
    template('web02', '203.0.113.24', '94'),
    template('web01', '203.0.113.25', '94'),
    template('web01', '203.0.113.24', '95'),
    template('web01', '203.0.113.24', '94', ' Ayrica 10 GB yedek alani istiyoruz.'),
    template('mail', '203.0.113.24', '94'),
    template('web01', '203.0.113.24', '94').replace('devam ediyor', 'devam etmiyor'),
    template('web01', '203.0.113.24', '94').replace('rica ederiz', 'rica etmiyoruz')
  ],
  [
    invoice('2026/1182', '450', 'Ocak'),
    invoice('2026/1183', '450', 'Ocak'),
    invoice('2026/1182', '540', 'Ocak'),
    invoice('2026/1182', '450', 'Subat'),
    invoice('2026/1182', '450', 'Ocak').replace('odedik', 'odemedik')
  ],
  [
    'Sunucumuzun yeniden baslatilmasini istiyoruz, uygun oldugunuzda yapabilirsiniz.',
    'Sunucumuzun yeniden baslatilmasini istemiyoruz, uygun oldugunuzda yapabilirsiniz.',
    'Sunucumuzun yeniden kurulmasini istiyoruz, uygun oldugunuzda yapabilirsiniz.',
    'Sunucumuzun yeniden baslatilmasini istiyoruz.',
    'Sunucumuzun bu gece 02:00 icin yeniden baslatilmasini istiyoruz, uygun oldugunuzda yapabilirsiniz.'
  ],
  [
    'SELECT * FROM wp_options WHERE autoload = 1 sorgusu yavas',
    'SELECT * FROM wp_posts WHERE autoload = 1 sorgusu yavas',
    'SELECT * FROM wp_options WHERE autoload = 0 sorgusu yavas',
    'SELECT * FROM wp_options sorgusu yavas'
  ],
  [
    `Gunluk:\n${log(20)}`,
    `Gunluk:\n${log(20).replace('82003', '82004')}`,
    `Gunluk:\n${log(12)}\n\nBu kadari var, kalani silinmis.`,
    `Gunluk:\n${log(20).replaceAll('web07', 'web08')}`
  ],
  ['Merhaba', 'Merhaba,\n\nsunucum açılmıyor.', 'Merhaba,\n\nalan adım açılmıyor.', 'Merhaba, iyi günler'],
  ['<b>Merhaba</b>', '<i>Selam</i>', '<?php echo 1; ?>', '<?php echo 2; ?>'],
  ['Şifre: K7$m&x!9', 'Şifre: K7$m&x!8', 'Şifre: ornek81', 'Şifre değişti']
]
