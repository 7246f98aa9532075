/** Placeholders of saved replies and templates, in either language, such as `{ticket}` or `{bilet}`. */

/** What a placeholder can stand for. */
export interface PlaceholderValues {
  readonly date: string
  /** With its `#`; empty where there is no ticket yet. */
  readonly ticket: string
  /** Who of the staff wrote last. */
  readonly name: string
  readonly subject: string
  readonly service: string
  readonly ip: string
  readonly account: string
}

const names: ReadonlyMap<string, keyof PlaceholderValues> = new Map(
  Object.entries({
    date: 'date',
    tarih: 'date',
    ticket: 'ticket',
    bilet: 'ticket',
    name: 'name',
    ad: 'name',
    subject: 'subject',
    konu: 'subject',
    service: 'service',
    hizmet: 'service',
    ip: 'ip',
    account: 'account',
    hesap: 'account'
  } as const)
)
/** Left out with the blank before them if they have no value; the person fills in the others. */
const omissible: ReadonlySet<keyof PlaceholderValues> = new Set(['date', 'ticket', 'name'])
/** Not `${ip}` and `{{ip}}`, which are code. */
const pattern = /([ \t]*)(?<![${])\{([a-z]+)\}(?!\})/gi

/** Turkish İ must not change which name it is. */
const nameOf = (written: string): keyof PlaceholderValues | undefined => names.get(written.toLowerCase())

export const isPlaceholder = (written: string): boolean => nameOf(written) !== undefined

export interface FilledText {
  readonly text: string
  /** Start and end of the first placeholder that the person has to fill in; null if there is none. */
  readonly unfilled: readonly [start: number, end: number] | null
}

export function fillPlaceholders(template: string, values: PlaceholderValues): FilledText {
  let unfilled: FilledText['unfilled'] = null
  let text = ''
  let from = 0
  for (const match of template.matchAll(pattern)) {
    const [whole, blank = '', written = ''] = match
    const name = nameOf(written)
    if (!name) continue
    const value = values[name]
    text += template.slice(from, match.index)
    from = match.index + whole.length
    if (value !== '') text += blank + value
    else if (!omissible.has(name)) {
      text += whole
      unfilled ??= [text.length - whole.length + blank.length, text.length]
    }
  }
  return { text: text + template.slice(from), unfilled }
}
