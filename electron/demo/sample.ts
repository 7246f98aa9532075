/** Realistic tickets of an agency that hosts its customers' servers at the company. All people are invented. */
import type { EpochMs } from '../tickets/ticket.ts'
import { ayse, cigdem, emre, irem, withSignature, ugur } from './staff.ts'
import type { StoredReply, StoredTicket } from './stored-ticket.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const ip = '203.0.113.24'
const footer = `\n\n-----------------\nIP Adresiniz: ${ip}`

/** An open ticket whose last message is the customer's: it gets an automatic staff reply. */
export const unansweredTicketId = 272298

type SampleReply = readonly [who: string | null, ageMs: number, text: string, attachment?: string]

interface SampleTicket {
  readonly id: number
  readonly age: number
  readonly status: StoredTicket['status']
  readonly message: string
  readonly attachment?: string
  readonly thread?: readonly SampleReply[]
  readonly bare?: boolean
}

const raidLog = Array.from({ length: 300 }, (_, i) => {
  const at = `Nov 20 03:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`
  const what = [
    'ata2.00: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x6 frozen',
    'ata2.00: failed command: READ FPDMA QUEUED',
    'md/raid1:md2: read error corrected (8 sectors at 19472 on sdb3)',
    'blk_update_request: I/O error, dev sdb, sector 976773160'
  ][i % 4]
  return `${at} web07 kernel: [${82_000 + i * 3}.${String(i).padStart(6, '0')}] ${what ?? ''}`
}).join('\n')

const me = null

const drafts: readonly SampleTicket[] = [
  {
    id: unansweredTicketId,
    age: 3 * hour,
    status: 'open',
    message:
      'Sunucuma SSH ile bağlanamıyorum, bağlantı 22 numaralı portta zaman aşımına uğruyor. Panelden yeniden başlattım, değişmedi. Güvenlik duvarında bir değişiklik yapmadık, dün akşam 22.40 civarında çalışıyordu.'
  },
  {
    id: 272291,
    age: 9 * hour,
    status: 'answered',
    message:
      'Merhaba,\n\nalışveriş sitemizde ödeme adımı sabahtan beri 502 veriyor. PHP-FPM günlüğünü ekledim.',
    attachment: 'https://files.example.com/php-fpm-20261124.log',
    thread: [
      [ayse, 8 * hour, withSignature('Merhaba,\r\n\r\nİlgileniyoruz, en kısa sürede dönüş sağlayacağız.')],
      [
        ayse,
        7 * hour,
        withSignature(
          'Merhaba,\r\n\r\nPHP-FPM havuzundaki pm.max_children değeri dolmuş görünüyor; 20 yerine 60 olarak güncelledik ve servisi yeniden başlattık. Şu an hata görünmüyor, kontrol edip bilgi verebilir misiniz?'
        )
      ]
    ]
  },
  {
    id: 272274,
    age: 1.2 * day,
    status: 'in-progress',
    message: `Gece yarısından beri md2 dizisinde okuma hataları var, sdb diskinin değiştirilmesini rica ederiz. Günlüğün tamamı aşağıda.\n\n${raidLog}`,
    thread: [
      [
        ugur,
        26 * hour,
        withSignature(
          'Disk değişimi için bakım penceresi bu gece 02.00–03.00 olarak planlandı, onayınızı rica ederiz.',
          'Veri Merkezi'
        )
      ],
      [me, 25 * hour, `Onaylıyoruz, servisleri 01.45'te durduracağız.${footer}`]
    ]
  },
  {
    id: 272251,
    age: 2 * day,
    status: 'customer-reply',
    message:
      'musteri-ornek.example alan adının transfer kodunu iletebilir misiniz? Kayıt kilidi de kaldırılmalı.',
    thread: [
      [
        irem,
        47 * hour,
        withSignature(
          'Kimlik doğrulaması için kayıtlı e-posta adresinizden yazmanız gerekiyor.',
          'Alan Adı Birimi'
        )
      ],
      [me, 46 * hour, `Az önce yazdım, hosting@ajans.example adresinden.${footer}`]
    ]
  },
  {
    id: 272240,
    age: 3 * day,
    status: 'answered',
    message:
      'E-postalarımız bir kurumsal alıcıya ulaşmıyor:\n\n550 5.7.1 Service unavailable; client host [198.51.100.17] blocked\n\nKara liste kaydının kaldırılması için ne yapmalıyız?',
    thread: [
      [
        cigdem,
        2.9 * day,
        withSignature(
          'Merhaba,\r\n\r\nIP adresiniz bir kara listede görünüyor. Kaldırma talebini https://lookup.example.org/remove?ip=198.51.100.17 adresinden iletebilirsiniz; sonrasında abuse@example.org adresine de yazın. SPF kaydınıza ip4:198.51.100.17 ve ip6:2001:db8:4f::17 eklenmesini öneririz. Ayrıntılar: www.example.net/spf-kaydi'
        )
      ]
    ]
  },
  {
    id: 272198,
    age: 5 * day,
    status: 'on-hold',
    message: 'KVM erişimi rica ediyoruz, işletim sistemini kendimiz kuracağız (Debian 12, özel bölümleme).',
    thread: [
      [
        ugur,
        4.8 * day,
        withSignature('KVM cihazlarımız şu an dolu, boşalınca buradan bilgi vereceğiz.', 'Veri Merkezi')
      ]
    ]
  },
  {
    id: 272150,
    age: 8 * day,
    status: 'closed',
    message: 'Wildcard SSL sertifikamızın süresi haftaya doluyor, yenileme için CSR ektedir.',
    attachment: 'https://files.example.com/wildcard.csr|https://files.example.com/eski-zincir.pem',
    thread: [
      [emre, 7.8 * day, withSignature('Sertifikanız yenilendi ve sunucunuza kuruldu.')],
      [me, 7.7 * day, `Teşekkürler, sorunsuz görünüyor.${footer}`]
    ]
  },
  {
    id: 272100,
    age: 11 * day,
    status: 'closed',
    message:
      'Özel durum testi: &lt;b&gt;kalın&lt;/b&gt; &amp; "tırnak" — şablonda HTML görünüyor, ekran görüntüsü ekte.',
    attachment: 'ekran görüntüsü panelde yüklü'
  },
  {
    id: 271950,
    age: 16 * day,
    status: 'answered',
    message: 'DNS kayıtlarımızda TTL 86400 görünüyor; taşıma öncesinde 300 yapabilir misiniz? ns1/ns2 sizde.',
    thread: [
      [emre, 15.9 * day, withSignature('TTL değerleri 300 olarak güncellendi.')],
      [me, 15 * day, `Taşımayı bitirdik, 3600 yapabiliriz artık.${footer}`],
      [emre, 14.9 * day, withSignature('3600 olarak güncellendi, kolay gelsin.')]
    ]
  },
  {
    id: 271877,
    age: 23 * day,
    status: 'open',
    message: 'Aylık yedek (backup) alanımız %94 dolu. 500 GB ek alanın aylık ücreti nedir?'
  },
  {
    id: 271802,
    age: 31 * day,
    status: 'closed',
    message: 'Ekim faturası iki kez tahsil edilmiş görünüyor: 17,50 $ + 17,50 $. İade rica ederiz.',
    thread: [
      [
        irem,
        30.6 * day,
        withSignature('İnceledik; mükerrer çekim bankanıza iade edildi, 3–5 iş gününde yansır.', 'Muhasebe')
      ],
      [me, 27 * day, `Yansıdı, teşekkürler.${footer}`],
      [irem, 26.9 * day, withSignature('Rica ederiz.', 'Muhasebe')]
    ]
  },
  {
    id: 271744,
    age: 44 * day,
    status: 'closed',
    message:
      'MySQL sorguları 02.00–04.00 arasında çok yavaş. Ağır sorgu günlüğünde kilit bekleyen 212 sorgu var.',
    thread: [
      [
        ayse,
        43.9 * day,
        withSignature('Yedekleme saatiniz bu aralıkta; --single-transaction kullanılmasını öneririz.')
      ],
      [me, 43.5 * day, `Kullanıyoruz. Disk gecikmesi (iowait) %40'a çıkıyor.${footer}`],
      [
        ayse,
        43.4 * day,
        withSignature('Depolama düğümünde yoğunluk vardı, sanal sunucunuzu başka bir düğüme taşıyabiliriz.')
      ],
      [me, 43.3 * day, `Bu gece 03.00 uygundur.${footer}`],
      [
        ugur,
        42.8 * day,
        withSignature('Taşıma 03.12’de tamamlandı, kesinti 40 saniye sürdü.', 'Veri Merkezi')
      ],
      [me, 42.7 * day, `iowait %2, çok teşekkürler.${footer}`],
      [ayse, 42.7 * day, withSignature('Güzel haber, iyi çalışmalar.')]
    ]
  },
  {
    id: 271690,
    age: 58 * day,
    status: 'closed',
    message: 'Sunucumuza yoğun UDP trafiği geliyor, DDoS korumasının açılmasını rica ederiz. IP: 192.0.2.45',
    thread: [
      [
        ugur,
        57.99 * day,
        withSignature('Koruma 192.0.2.45 için devrede, saldırı 11 Gbit/sn seviyesindeydi.', 'Veri Merkezi')
      ]
    ]
  },
  {
    id: 271655,
    age: 73 * day,
    status: 'closed',
    message: 'cPanel lisansımız "license expired" uyarısı veriyor, oysa fatura ödendi.',
    thread: [
      [
        emre,
        72.9 * day,
        withSignature('Lisans yenilendi, /usr/local/cpanel/cpkeyclt komutunu çalıştırmanız yeterli.')
      ]
    ]
  },
  {
    id: 271601,
    age: 96 * day,
    status: 'closed',
    message:
      'Bir müşterimizin sitesi hakkında kötüye kullanım (abuse) şikâyeti aldık, gereğini yaptık: eklenti kaldırıldı.',
    thread: [
      [
        cigdem,
        95.8 * day,
        withSignature('Bildiriminiz için teşekkürler, kayıt kapatıldı.', 'Bilgi Güvenliği')
      ]
    ]
  },
  {
    id: 271540,
    age: 121 * day,
    status: 'closed',
    message:
      'Ek IP bloğu (/29) talep ediyoruz. Gerekçe: dört ayrı müşteri için ayrı sertifika ve posta itibarı.',
    thread: [
      [
        ugur,
        120 * day,
        withSignature('198.51.100.8/29 bloğu tanımlandı. Ağ geçidi 198.51.100.9.', 'Veri Merkezi')
      ],
      [me, 119.9 * day, `Ters DNS: mail.ajans.example -> 198.51.100.10 rica ederiz.${footer}`],
      [ugur, 119.8 * day, withSignature('PTR kaydı eklendi.', 'Veri Merkezi')]
    ]
  },
  {
    id: 271488,
    age: 150 * day,
    status: 'closed',
    message: 'VDS II paketinden VDS IV paketine yükseltme sırasında kesinti olur mu?',
    thread: [
      [irem, 149.7 * day, withSignature('Yalnızca yeniden başlatma gerekir, yaklaşık 2 dakika.', 'Satış')]
    ]
  },
  {
    id: 271402,
    age: 183 * day,
    status: 'closed',
    message: 'Node.js uygulamamız için 8443 portunun açılmasını rica ederiz.',
    thread: [[emre, 182.9 * day, withSignature('Port açıldı.')]]
  },
  {
    id: 271344,
    age: 214 * day,
    status: 'closed',
    message: 'Yedekten geri dönüş: 12 Nisan tarihli veritabanı yedeği gerekiyor (magaza_prod).',
    thread: [
      [ayse, 213.9 * day, withSignature('Yedek /root/restore altına çıkarıldı.')],
      [me, 213.8 * day, `Aldım, sağ olun. Bir tablo eksik: siparis_detay.${footer}`],
      [ayse, 213.6 * day, withSignature('O tablo 13 Nisan yedeğinde var, onu da ekledik.')]
    ]
  },
  {
    id: 271290,
    age: 251 * day,
    status: 'escalated',
    message: 'Ağda %3 paket kaybı görüyoruz, mtr çıktısı ekte. Güzergâh: İstanbul – Frankfurt.',
    attachment: 'https://files.example.com/mtr-1.txt,https://files.example.com/mtr-2.txt',
    thread: [[ugur, 250 * day, withSignature('Üst sağlayıcımıza iletildi, takip ediyoruz.', 'Veri Merkezi')]]
  },
  {
    id: 271233,
    age: 290 * day,
    status: 'closed',
    message: 'Lütfen hesabımıza ikinci bir yetkili ekleyin: Gökçe Ünlü, gokce@ajans.example',
    thread: [[irem, 289.8 * day, withSignature('Yetkili eklendi.', 'Müşteri Hizmetleri')]]
  },
  {
    id: 271190,
    age: 320 * day,
    status: 'closed',
    message: 'PHP 8.1 desteği ne zaman sona erecek, 8.3 sürümüne geçişi siz mi yapıyorsunuz?',
    thread: [
      [
        emre,
        319.5 * day,
        withSignature('Paylaşımlı sunucularda Ocak ayında geçilecek, panelden kendiniz de seçebilirsiniz.')
      ]
    ]
  },
  {
    id: 271121,
    age: 355 * day,
    status: 'closed',
    message: 'Kargo: eski diskimizin güvenli imha tutanağını rica ederiz.',
    thread: [[cigdem, 354 * day, withSignature('Tutanak kargoya verildi, takip no 1234 5678.', 'Kargo')]]
  },
  { id: 271067, age: 389 * day, status: 'closed', message: 'Test bileti, dikkate almayınız.', bare: true },
  {
    id: 271002,
    age: 421 * day,
    status: 'closed',
    message: 'İlk kurulum tamam mı? Şifre e-postası ulaşmadı.',
    thread: [[emre, 420.9 * day, withSignature('Kurulum tamamlandı, erişim bilgileri yeniden gönderildi.')]]
  }
]

/** The sample tickets, with dates relative to `now`; ids and texts are constant. */
export function sampleTickets(now: EpochMs): readonly StoredTicket[] {
  let replyId = 8000
  return drafts.map(({ id, age, status, message, attachment = '', thread = [], bare }) => {
    const replies = thread.map(([who, ageMs, text, file = '']): StoredReply => {
      replyId += 1
      return { id: replyId, admin: who ?? ' ', sentAt: now - ageMs, message: text, attachment: file }
    })
    return {
      id,
      createdAt: now - age,
      lastReplyAt: replies.at(-1)?.sentAt ?? now - age,
      status,
      message: bare ? message : message + footer,
      attachment,
      replies
    }
  })
}
