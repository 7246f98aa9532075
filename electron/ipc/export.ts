import type { EngineTickets, Outcome } from '../sync/types.ts'
import { toJson, toMarkdown, type ExportWords } from '../tickets/thread/export.ts'
import { intlTags, type Locale } from '../tickets/locale.ts'
import { statusName } from '../tickets/list/status-names.ts'
import { refOf, type EpochMs, type TicketRef } from '../tickets/ticket.ts'
import { saveFile } from './save.ts'

const words: Readonly<Record<Locale, Omit<ExportWords, 'when' | 'statusName'>>> = {
  tr: {
    you: 'Siz',
    staff: 'destek ekibi',
    status: 'Durum',
    department: 'Departman',
    service: 'Hizmet',
    attachments: 'Ekler',
    subject: 'Konu',
    tags: 'Etiketler',
    note: 'Notunuz',
    atServer: 'Sunucudaki biçimi'
  },
  en: {
    you: 'You',
    staff: 'staff',
    status: 'Status',
    department: 'Department',
    service: 'Service',
    attachments: 'Attachments',
    subject: 'Subject',
    tags: 'Tags',
    note: 'Your note',
    atServer: 'As the server has it'
  }
}

function wordsFor(locale: Locale): ExportWords {
  const dates = new Intl.DateTimeFormat(intlTags[locale], { dateStyle: 'long', timeStyle: 'short' })
  return {
    ...words[locale],
    statusName: (status) => statusName(status, locale),
    when: (at) => (at === null ? '—' : dates.format(at))
  }
}

/** The date as `2026-11-24`, in this machine's time zone. */
export function localDay(at: EpochMs): string {
  const day = new Date(at)
  const twoDigits = (part: number): string => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`
}

/** Characters formatted (1 to 2 ms) before the next write, which yields to the event loop. */
const sliceLength = 128 * 1024

interface ExportTarget {
  choose(suggestedName: string): Promise<string | null>
  /** Number of tickets written. The last call of every export has `done` = `total`, also if it failed or was cancelled. */
  progress(done: number, total: number): void
  /** Cancels the export; an existing file is not changed. */
  readonly signal: AbortSignal
}

interface ExportRequest {
  readonly tickets: Pick<EngineTickets, 'rows' | 'ticket'>
  /** Null: every ticket. */
  readonly refs: readonly TicketRef[] | null
  readonly format: 'markdown' | 'json'
  readonly locale: Locale
  readonly now: EpochMs
}

/** Writes tickets to a file that the person chooses. Returns their number; null if cancelled. */
export async function exportTickets(
  request: ExportRequest,
  target: ExportTarget
): Promise<Outcome<number | null>> {
  const refs = request.refs ?? request.tickets.rows().map(refOf)
  const isJson = request.format === 'json'
  const exportWords = wordsFor(request.locale)
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
      slice += isJson ? JSON.stringify(toJson(entry), null, 2) : toMarkdown(entry, exportWords)
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
