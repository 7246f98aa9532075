/** Names and texts of the demo's staff. All people are invented. */
export const ayse = 'Ayşe Öztürk'
export const emre = 'Emre Yıldız'
export const cigdem = 'Çiğdem Şahin'
export const ugur = 'Uğur Güneş'
export const irem = 'İrem Aksoy'

/** Appends the staff's signature in the documented form. */
export const withSignature = (text: string, team = 'Teknik Birim'): string =>
  `${text}\n\n-----------------\r\n\r\nBilginize sunar, iyi çalışmalar dileriz.\r\n\r\n______\r\n\r\nNetinternet - ${team}`

/** Replies that the demo sends automatically, in turn. */
export const automaticStaffReplies: readonly (readonly [admin: string, message: string])[] = [
  [
    ayse,
    withSignature(
      'Merhaba,\r\n\r\nSunucunuzda güvenlik duvarı SSH portunu engelliyordu; kuralı düzelttik, şu an bağlanabiliyor olmalısınız. Değişiklik dün 22.43’te bir güncellemeyle gelmiş görünüyor.'
    )
  ],
  [
    cigdem,
    withSignature(
      'Merhaba,\r\n\r\nTalebiniz bize ulaştı, ilgileniyoruz. Şu an için sizden ek bir bilgiye ihtiyacımız yok.'
    )
  ],
  [
    ugur,
    withSignature(
      'Kontrol ettik, işlem tamamlandı. Sorun sürerse bu bilet üzerinden yazmanız yeterli.',
      'Veri Merkezi'
    )
  ]
]
