import type { EngineTickets, Outcome } from '../sync/types.ts'
import { toJson, toMarkdown, type ExportWords } from '../tickets/thread/export.ts'
import { intlTags, type Locale } from '../tickets/locale.ts'
import { refOf, type EpochMs, type TicketRef } from '../tickets/ticket.ts'
import { saveFile } from './save.ts'

const words: Readonly<Record<Locale, Omit<ExportWords, 'when'>>> = {
  tr: {
    you: 'Siz',
    staff: 'destek ekibi',
    status: 'Durum',
    department: 'Departman',
    service: 'Hizmet',
    attachments: 'Ekler',
    atServer: 'Sunucudaki biçimi'
  },
  en: {
    you: 'You',
    staff: 'staff',
    status: 'Status',
    department: 'Department',
    service: 'Service',
    attachments: 'Attachments',
    atServer: 'As the server has it'
  }
}

function wordsFor(locale: Locale): ExportWords {
  const dates = new Intl.DateTimeFormat(intlTags[locale], { dateStyle: 'long', timeStyle: 'short' })
  return { ...words[locale], when: (at) => (at === null ? '—' : dates.format(at)) }
}

/** As `2026-11-24`, in this machine's zone: the person's day, not Greenwich's. */
function localDay(at: EpochMs): string {
  const day = new Date(at)
  const twoDigits = (part: number): string => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`
}

/** Characters made at a time: a millisecond or two, after which the disk is waited for. */
const sliceLength = 128 * 1024

interface ExportTarget {
  choose(suggestedName: string): Promise<string | null>
  /** Tickets that are written. The last call of every export says that all are, however it ended. */
  progress(done: number, total: number): void
  /** Ends it; the file is as it was before. */
  readonly signal: AbortSignal
}

interface ExportRequest {
  readonly tickets: Pick<EngineTickets, 'rows' | 'ticket'>
  /** Null is every ticket. */
  readonly refs: readonly TicketRef[] | null
  readonly format: 'markdown' | 'json'
  readonly locale: Locale
  readonly now: EpochMs
}

/** Writes tickets to a file the person chose. Answers how many; null when they chose none or ended it. */
export async function exportTickets(
  request: ExportRequest,
  target: ExportTarget
): Promise<Outcome<number | null>> {
  const refs = request.refs ?? request.tickets.rows().map(refOf)
  const isJson = request.format === 'json'
  const inWords = wordsFor(request.locale)
  const number = refs.length === 1 ? `-${refs[0]?.ticketId ?? ''}` : ''
  const path = await target.choose(`bilet${number}-${localDay(request.now)}.${isJson ? 'json' : 'md'}`)
  if (path === null) return { ok: true, value: null }

  let written = 0
  function* pieces(): Generator<string> {
    let slice = isJson ? '[\n' : ''
    for (const [at, ref] of refs.entries()) {
      const entry = request.tickets.ticket(ref)
      if (!entry) continue
      if (written > 0) slice += isJson ? ',\n' : '\n---\n\n'
      slice += isJson ? JSON.stringify(toJson(entry), null, 2) : toMarkdown(entry, inWords)
      written += 1
      if (slice.length < sliceLength) continue
      yield slice
      slice = ''
      target.progress(at + 1, refs.length)
    }
    yield isJson ? `${slice}\n]\n` : slice
  }
  target.progress(0, refs.length)
  const saved = await saveFile(path, pieces(), target.signal)
  target.progress(refs.length, refs.length)
  if (!saved.ok) return saved
  return { ok: true, value: saved.value ? written : null }
}
