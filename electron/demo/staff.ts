/** The demo's staff: who they are and how they write. All people are invented. */
export const ayse = 'Ayşe Öztürk'
export const emre = 'Emre Yıldız'
export const cigdem = 'Çiğdem Şahin'
export const ugur = 'Uğur Güneş'
export const irem = 'İrem Aksoy'

/** The staff's closing lines, as the documentation shows them. */
export const signed = (text: string, team = 'Teknik Birim'): string =>
  `${text}\n\n-----------------\r\n\r\nBilginize sunar, iyi çalışmalar dileriz.\r\n\r\n______\r\n\r\nNetinternet - ${team}`

/** What the staff write by themselves in the demo, one after the other. */
export const staffAnswers: readonly (readonly [admin: string, message: string])[] = [
  [
    ayse,
    signed(
      'Merhaba,\r\n\r\nSunucunuzda güvenlik duvarı SSH portunu engelliyordu; kuralı düzelttik, şu an bağlanabiliyor olmalısınız. Değişiklik dün 22.43’te bir güncellemeyle gelmiş görünüyor.'
    )
  ],
  [
    cigdem,
    signed(
      'Merhaba,\r\n\r\nTalebiniz bize ulaştı, ilgileniyoruz. Şu an için sizden ek bir bilgiye ihtiyacımız yok.'
    )
  ],
  [
    ugur,
    signed(
      'Kontrol ettik, işlem tamamlandı. Sorun sürerse bu bilet üzerinden yazmanız yeterli.',
      'Veri Merkezi'
    )
  ]
]
