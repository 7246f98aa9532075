import type { Engine, Outcome } from '../sync/port.ts'
import { toJson, toMarkdown, type ExportEntry, type ExportWords } from '../tickets/export.ts'
import type { EpochMs, TicketRef } from '../tickets/ticket.ts'

interface Way {
  choose(suggestedName: string): Promise<string | null>
  write(path: string, text: string): Promise<void>
  progress(done: number, total: number): void
}

const words = (locale: 'tr' | 'en'): ExportWords => {
  const dates = new Intl.DateTimeFormat(locale === 'tr' ? 'tr-TR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short'
  })
  const when = (at: EpochMs | null): string => (at === null ? '—' : dates.format(at))
  return locale === 'tr'
    ? {
        you: 'Siz',
        staff: 'yetkili',
        status: 'Durum',
        department: 'Departman',
        service: 'Hizmet',
        attachments: 'Ekler',
        when
      }
    : {
        you: 'You',
        staff: 'staff',
        status: 'Status',
        department: 'Department',
        service: 'Service',
        attachments: 'Attachments',
        when
      }
}

/** Tickets per slice, between which other work has its turn. */
const slice = 50

/** Writes tickets to a file the person chose. Answers how many; null when they chose none. */
export async function exportTickets(
  of: {
    readonly engine: Engine
    readonly refs: readonly TicketRef[] | null
    readonly format: 'markdown' | 'json'
    readonly locale: 'tr' | 'en'
    readonly now: EpochMs
  },
  way: Way
): Promise<Outcome<number | null>> {
  const refs = of.refs ?? of.engine.rows().map((row) => ({ accountId: row.accountId, ticketId: row.id }))
  const extension = of.format === 'json' ? 'json' : 'md'
  const day = new Date(of.now).toISOString().slice(0, 10)
  const only = refs.length === 1 ? `-${refs[0]?.ticketId ?? ''}` : ''
  const path = await way.choose(`bilet${only}-${day}.${extension}`)
  if (path === null) return { ok: true, value: null }

  const inWords = words(of.locale)
  const pieces: string[] = []
  for (let at = 0; at < refs.length; at += slice) {
    const entries = refs.slice(at, at + slice).flatMap((ref): ExportEntry[] => {
      const entry = of.engine.ticket(ref)
      return entry ? [entry] : []
    })
    for (const entry of entries)
      pieces.push(of.format === 'json' ? JSON.stringify(toJson(entry), null, 2) : toMarkdown(entry, inWords))
    way.progress(Math.min(at + slice, refs.length), refs.length)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const text = of.format === 'json' ? `[\n${pieces.join(',\n')}\n]\n` : pieces.join('\n---\n\n')
  try {
    await way.write(path, text)
  } catch (error) {
    return { ok: false, error: { kind: writeProblem(error) } }
  }
  return { ok: true, value: pieces.length }
}

function writeProblem(error: unknown): 'storage-full' | 'storage-read-only' | 'storage-failed' {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'storage-full'
  return code === 'EACCES' || code === 'EROFS' || code === 'EPERM' ? 'storage-read-only' : 'storage-failed'
}
