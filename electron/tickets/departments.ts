import type { ApiVersion } from './ticket.ts'
import type { Department } from './views.ts'

/** The ids differ between versions: 14 is Abuse in v1 and the data centre in v2. */
const departmentsByVersion: Readonly<Record<ApiVersion, readonly Department[]>> = {
  v1: [
    { id: 2, name: 'Muhasebe' },
    { id: 6, name: 'Müşteri Hizmetleri' },
    { id: 14, name: 'Abuse / Şikayet' },
    { id: 18, name: 'Alan Adı İşlemleri' },
    { id: 19, name: 'Hosting Hizmetleri' },
    { id: 20, name: 'Veri Merkezi Hizmetleri' },
    { id: 21, name: 'Bulut Servisler' },
    { id: 29, name: 'Diğer Servisler / Hizmetler' }
  ],
  v2: [
    { id: 3, name: 'Sunucu İşlemleri' },
    { id: 10, name: 'Diğer İşlemler' },
    { id: 14, name: 'Veri Merkezi İşlemleri' },
    { id: 15, name: 'Satış / Pazarlama' },
    { id: 20, name: 'Cari İşlemler' },
    { id: 21, name: 'Kargo İşlemi' },
    { id: 22, name: 'Bilgi Güvenliği - ESB' },
    { id: 23, name: 'Abuse' }
  ]
}

export const departmentsOf = (version: ApiVersion): readonly Department[] => departmentsByVersion[version]

export const departmentName = (version: ApiVersion, id: number): string | null =>
  departmentsByVersion[version].find((department) => department.id === id)?.name ?? null
