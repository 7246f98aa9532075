import type { TicketRow } from '../../electron/tickets/views.ts'
import { day, departments, minute, rowOf } from './builders.ts'

const subjects = [
  'SSH ile bağlanamıyorum',
  'DNS kayıtları güncellenmiyor',
  'Wildcard SSL sertifikamızın süresi doluyor',
  'E-postalarımız bir kısım alıcıya ulaşmıyor',
  'Aylık yedek alanımız %94 doldu',
  'Ekim faturası iki kez tahsil edildi',
  'KVM erişimi rica ediyoruz',
  'PHP sürümünün 8.3’e yükseltilmesi ve opcache ayarlarının gözden geçirilmesi',
  'Gece yarısından sonra disk G/Ç’si yükseliyor'
] as const
const staff = ['Ayşe Öztürk', 'İrem Aksoy', 'Çiğdem Şahin', 'Uğur Güneş', 'Emre Yıldız'] as const
const statuses = [
  { kind: 'answered', text: 'Yanıtlandı' },
  { kind: 'open', text: 'Açık' },
  { kind: 'closed', text: 'Kapalı' },
  { kind: 'in-progress', text: 'İşlemler Sürüyor' },
  { kind: 'closed', text: 'Kapalı' },
  { kind: 'on-hold', text: 'Beklemede' },
  { kind: 'customer-reply', text: 'Müşteri Yanıtı' }
] as const

/** Rows of every kind, newest first. Deterministic. */
export function manyRows(count: number, now = Date.now()): readonly TicketRow[] {
  return Array.from({ length: count }, (_, i): TicketRow => {
    const status = statuses[i % statuses.length] ?? statuses[0]
    const isAnswered = status.kind === 'answered'
    const at = now - (3 * minute + i * i * 11 * minute)
    return rowOf({
      id: 272298 - i * 7,
      subject: subjects[i % subjects.length] ?? subjects[0],
      titleKnown: i % 3 === 0,
      status,
      department: i % 4 === 3 ? null : (departments[i % departments.length]?.name ?? null),
      lastSpeaker: isAnswered || status.kind === 'closed' ? 'staff' : 'customer',
      lastSpeakerName: isAnswered || status.kind === 'closed' ? (staff[i % staff.length] ?? '') : '',
      excerpt:
        i % 2 === 0
          ? 'Güvenlik duvarındaki kuralı düzelttik, şu an bağlanabiliyor olmalısınız.'
          : 'Ekran görüntüsünü ekledim; sabah 10.20’den beri böyle.',
      createdAt: at - day,
      lastActivityAt: at,
      unread: isAnswered && i < 10 ? 1 : 0,
      waitingFor: status.kind === 'closed' ? 'nobody' : isAnswered ? 'you' : 'staff',
      outbox: i === 3 ? 'queued' : null
    })
  })
}
