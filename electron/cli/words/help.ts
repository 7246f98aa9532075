/** What `--help` prints. */
import { filters } from '../../tickets/list/filters.ts'
import type { Locale } from '../../tickets/locale.ts'

const tr = `Kullanım: bilet [KOMUT] [SEÇENEKLER]

Komutsuz: uygulamayı açar ya da öne getirir.
  --new                     yeni bilet penceresini açar
  --check                   biletleri şimdi yeniler
  --hidden                  pencere açmadan başlar
  --lang=tr|en              bu sefer için dil

Komutlar:
  list [ARAMA]              biletleri listeler; ARAMA, uygulamadaki arama kutusuyla aynıdır
    --filter=AD             ${filters.join(', ')}
    --limit=SAYI            en çok bu kadar bilet (varsayılan 100)
  show NUMARA               bir biletin iletilerini gösterir
    --mark-read             bileti okundu olarak işaretler
    --show-secrets          şifreye benzeyenleri gizlemez
  reply NUMARA [METİN]      yanıt yazar; METİN yoksa standart girdiden okunur
    --close                 yanıttan sonra bileti kapatır
  new --title=KONU [METİN]  yeni bilet açar; METİN yoksa standart girdiden okunur
    --department=AD         departmanın adı ya da numarası
    --service=HİZMET        hizmet numarası
    --server-ip, --server-user, --server-password-file=DOSYA
  close NUMARA…             biletleri kapatır
  status                    bağlantıları, sayıları ve giden kutusunu gösterir
    --nagios                izleme eklentisi olarak yazar: çıkış kodu 0, 1, 2 ya da 3
    --warning=N             okunmamış bilet sayısı N olunca uyarı (varsayılan 1; 0: uyarma)
    --critical=N            okunmamış bilet sayısı N olunca kritik
  status KİMLİK             giden bir iletinin ne olduğunu söyler

reply, new, close ve status KİMLİK ile:
    --wait[=SANİYE]         gönderilene kadar bekler (varsayılan 120 saniye)
    --allow-changes         sunucunun değiştireceği karakterler olsa da gönderir
Her komutla:
    --account=AD            hesabın adı (status dışında)
    --refresh               önce sunucudan yeni liste alır (list, show, status)
    --json                  JSON yazar; şeması: bilet --json-schema
    --output=DOSYA          standart çıktı yerine dosyaya yazar
    --no-start              uygulama çalışmıyorsa başlatmaz
    --timeout=SANİYE        uygulamayı en çok bu kadar bekler (varsayılan 60)
    --lang=tr|en            komutun dili

Çıkış kodları:
  0 tamam   1 hata   2 yanlış kullanım ya da gönderilemeyecek metin   3 bulunamadı
  4 uygulamaya ulaşılamadı   5 sunucu kabul etmedi ya da geri alındı
  6 karar sizde   7 süre doldu, ileti giden kutusunda bekliyor   8 çalışan uygulama başka sürüm
`

const en = `Usage: bilet [COMMAND] [OPTIONS]

Without a command: opens the app or brings it to the front.
  --new                     opens the window for a new ticket
  --check                   refreshes the tickets now
  --hidden                  starts without a window
  --lang=tr|en              language of this start

Commands:
  list [QUERY]              lists tickets; QUERY is that of the app’s search box
    --filter=NAME           ${filters.join(', ')}
    --limit=COUNT           at most this many tickets (default 100)
  show TICKET               shows the messages of a ticket
    --mark-read             marks the ticket as read
    --show-secrets          does not hide what looks like a password
  reply TICKET [TEXT]       replies; without TEXT it is read from standard input
    --close                 closes the ticket after the reply
  new --title=SUBJECT [TEXT]  opens a ticket; without TEXT it is read from standard input
    --department=NAME       name or number of the department
    --service=SERVICE       number of the service
    --server-ip, --server-user, --server-password-file=FILE
  close TICKET…             closes tickets
  status                    shows connections, counts and the outbox
    --nagios                prints as a monitoring plugin: exit code 0, 1, 2 or 3
    --warning=N             warns from N unread tickets on (default 1; 0: never)
    --critical=N            is critical from N unread tickets on
  status ID                 tells what became of a message in the outbox

With reply, new, close and status ID:
    --wait[=SECONDS]        waits until it is sent (default 120 seconds)
    --allow-changes         sends even what the server’s character set changes
With every command:
    --account=NAME          name of the account (not with status)
    --refresh               gets new lists from the server first (list, show, status)
    --json                  prints JSON; its schema: bilet --json-schema
    --output=FILE           writes to a file instead of standard output
    --no-start              does not start the app if it is not running
    --timeout=SECONDS       waits this long for the app (default 60)
    --lang=tr|en            language of the command

Exit codes:
  0 done   1 failed   2 wrong usage, or a text that cannot be sent   3 not found
  4 the app cannot be reached   5 refused by the server, or cancelled
  6 your decision is needed   7 time is up, the message waits in the outbox
  8 the running app is of another version
`

const help: Readonly<Record<Locale, string>> = { tr, en }
export const helpText = (locale: Locale): string => help[locale]

const hint: Readonly<Record<Locale, string>> = {
  tr: '“bilet --help” bütün komutları ve seçenekleri anlatır.',
  en: '“bilet --help” explains all commands and options.'
}
export const helpHint = (locale: Locale): string => hint[locale]
