/** The words of search filters. */
import type { Locale } from '../locale.ts'
import type { Speaker } from '../ticket.ts'
import type { SearchState } from './filters.ts'
import { fold } from '../text/turkish.ts'

export type FilterName =
  | 'is'
  | 'from'
  | 'dept'
  | 'account'
  | 'before'
  | 'after'
  | 'date'
  | 'draft'
  | 'attachment'
  | 'tag'
  | 'note'
  | 'snoozed'
  | 'has'
export type LengthUnit = 'hour' | 'day' | 'week' | 'month' | 'year'

interface FilterWords {
  readonly names: Readonly<Record<FilterName, readonly string[]>>
  readonly states: Readonly<Record<SearchState, readonly string[]>>
  /** Names of a status in the list that no server uses. */
  readonly statuses: Readonly<Record<'customer-reply', readonly string[]>>
  readonly speakers: Readonly<Record<Speaker, readonly string[]>>
  readonly things: Readonly<Record<'draft' | 'attachment' | 'tag' | 'note', readonly string[]>>
  readonly answers: Readonly<Record<'yes' | 'no', readonly string[]>>
  readonly days: Readonly<Record<'today' | 'yesterday', readonly string[]>>
  readonly units: Readonly<Record<LengthUnit, readonly string[]>>
}

/** Filter words of every language and of earlier versions; all are accepted, regardless of the app's language. */
const filterWords: Readonly<Record<Locale, FilterWords>> = {
  tr: {
    names: {
      is: ['durum'],
      from: ['kimden'],
      dept: ['departman'],
      account: ['hesap'],
      before: ['önce'],
      after: ['sonra'],
      date: ['tarih'],
      draft: ['taslak'],
      attachment: ['ek'],
      tag: ['etiket'],
      note: ['not'],
      snoozed: ['ertelendi'],
      has: []
    },
    states: {
      unread: ['okunmamış', 'okunmadı'],
      open: ['açık'],
      closed: ['kapalı'],
      waiting: ['bekleyen', 'sizi bekleyen'],
      done: ['tamam', 'tamamlandı'],
      snoozed: ['ertelendi', 'ertelenen', 'ertelenmiş'],
      pinned: ['sabit', 'sabitlendi', 'başa sabitlendi'],
      'follow-up': ['takip'],
      muted: ['sessiz', 'sessize alındı']
    },
    statuses: { 'customer-reply': ['yanıtladınız'] },
    speakers: { staff: ['destek', 'destek ekibi', 'yetkili'], customer: ['ben'] },
    things: { draft: ['taslak'], attachment: ['ek'], tag: ['etiket'], note: ['not'] },
    answers: { yes: ['var'], no: ['yok'] },
    days: { today: ['bugün'], yesterday: ['dün'] },
    units: {
      hour: ['sa', 'saat'],
      day: ['g', 'gün'],
      week: ['h', 'hafta'],
      month: ['a', 'ay'],
      year: ['y', 'yıl']
    }
  },
  en: {
    names: {
      is: ['is', 'status'],
      from: ['from'],
      dept: ['dept', 'department'],
      account: ['account'],
      before: ['before'],
      after: ['after'],
      date: ['date'],
      draft: ['draft'],
      attachment: ['attachment'],
      tag: ['tag'],
      note: ['note'],
      snoozed: ['snoozed'],
      has: ['has']
    },
    states: {
      unread: ['unread'],
      open: ['open'],
      closed: ['closed'],
      waiting: ['waiting', 'waiting for you'],
      done: ['done'],
      snoozed: ['snoozed'],
      pinned: ['pinned'],
      'follow-up': ['follow-up', 'followup'],
      muted: ['muted']
    },
    statuses: { 'customer-reply': ['replied', 'you replied'] },
    speakers: { staff: ['staff', 'support', 'support staff'], customer: ['me'] },
    things: {
      draft: ['draft'],
      attachment: ['attachment', 'attachments'],
      tag: ['tag', 'tags'],
      note: ['note', 'notes']
    },
    answers: { yes: ['yes'], no: ['no'] },
    days: { today: ['today'], yesterday: ['yesterday'] },
    units: {
      hour: ['h', 'hour', 'hours'],
      day: ['d', 'day', 'days'],
      week: ['w', 'week', 'weeks'],
      month: ['m', 'month', 'months'],
      year: ['y', 'year', 'years']
    }
  }
}

/** Maps folded words to their meaning; where languages differ, that of the later one counts. */
function meaningsByWord<Meaning extends string>(
  locales: readonly Locale[],
  wordsIn: (words: FilterWords) => Readonly<Record<Meaning, readonly string[]>>
): ReadonlyMap<string, Meaning> {
  const byWord = new Map<string, Meaning>()
  for (const locale of locales)
    for (const [meaning, words] of Object.entries(wordsIn(filterWords[locale])) as [Meaning, string[]][])
      for (const word of words) byWord.set(fold(word), meaning)
  return byWord
}

function createLexicon() {
  const either = ['tr', 'en'] as const
  return {
    names: meaningsByWord(either, ({ names }) => names),
    isTurkish: new Set(meaningsByWord(['tr'], ({ names }) => names).keys()),
    states: meaningsByWord(either, ({ states }) => states),
    statuses: meaningsByWord(either, ({ statuses }) => statuses),
    speakers: meaningsByWord(either, ({ speakers }) => speakers),
    things: meaningsByWord(either, ({ things }) => things),
    answers: meaningsByWord(either, ({ answers }) => answers),
    days: meaningsByWord(either, ({ days }) => days),
    // `h` is an hour in English and a week in Turkish; the language of the filter's name decides.
    units: {
      tr: meaningsByWord(['en', 'tr'], ({ units }) => units),
      en: meaningsByWord(['tr', 'en'], ({ units }) => units)
    }
  }
}
export type Lexicon = ReturnType<typeof createLexicon>

/** Created at the first search: it takes a few milliseconds, which would delay the start. */
let created: Lexicon | null = null
export const lexicon = (): Lexicon => (created ??= createLexicon())

const firsts = (words: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.values(words).map(([first = '']) => first)

type ListedFilters = readonly (readonly [name: string, values: readonly string[]])[]

/** How a language asks whether a ticket has a draft, an attachment or a note: one filter for each in Turkish, `has:` in English. */
const presenceFilters: Readonly<Record<Locale, () => ListedFilters>> = {
  tr: () => {
    const { names, answers } = filterWords.tr
    const { draft, attachment, note } = names
    return firsts({ draft, attachment, note }).map((name) => [name, [answers.yes[0] ?? '']] as const)
  },
  en: () => {
    const { names, things } = filterWords.en
    return [[names.has[0] ?? '', firsts(things)]]
  }
}

/** The filters of one language with a fixed set of values, and these values; for the help page and its tests. */
export const listedFilters = (locale: Locale): ListedFilters => {
  const { names, states, speakers } = filterWords[locale]
  return [
    [names.is[0] ?? '', firsts(states)],
    [names.from[0] ?? '', firsts(speakers)],
    ...presenceFilters[locale]()
  ]
}
